"""What is measured: servers beside each other, stalled viewers, a source that nobody watches, and
the whole way with our encoder in it. Each section gives rows."""

import os
import subprocess
import time

from servers import (FFMPEG, GST, LIMIT, NGINX, OURS, PUBLISHED, TWO_LOOPS, Relay, Running, Server,
                     free_port, load, measure)

RTSP = {"TCP": (OURS, LIMIT, GST), "UDP": (OURS, LIMIT, GST)}  # each transport's servers
RTMP = {"RTMP": (OURS, LIMIT, PUBLISHED, NGINX)}
RELAYS = (OURS, 0), (OURS, 1), (GST, 1), (FFMPEG, 1)  # of a camera, each for so many viewers
MOST_OVER_UDP = 300
STALLED_AMONG = 200
UNTIL_REST = 12  # s


def compared(options, file, families, show):
    """One server after the other with the same load, so that what else the machine does meanwhile
    meets them all."""
    rows = []
    for transport, servers in families.items():
        for viewers in options.viewers:
            if transport == "UDP" and viewers > MOST_OVER_UDP:
                continue
            for name in servers:
                row = measure(options, file, name, viewers, transport)
                if row:
                    rows.append(row)
                    show(row)
    return rows


def stalled(options, file, families, show):
    """Each tenth viewer plays over TCP and never reads; and the same without them."""
    rows = []
    transport, (ours, *_, other) = next(iter(families.items()))
    for name in (ours,) if options.smoke else (ours, other):
        for count in (0, options.stalled_among // 10 or 1):
            row = measure(options, file, name, options.stalled_among - count, transport, count)
            if row:
                rows.append(row)
                show(row)
    return rows


def loops(options, file, show):
    """One loop against two, the viewers from a hundred addresses."""
    for name in (OURS, TWO_LOOPS):
        if row := measure(options, file, name, max(options.viewers)):
            show(row)


def unwatched(options, file, show):
    rows = []
    for name in (OURS, LIMIT):
        row = measure(options, file, name, 0)
        if row:
            rows.append(row)
            show(row)
    return rows


def camera(options, file, show):
    """A camera in, over either transport, and one viewer out, or none: others relay for viewers only,
    and FFmpeg does not know whether there is one."""
    rows = []
    with Server(options.bin, GST, file) as source:
        for transport in ("TCP",) if options.smoke else ("TCP", "UDP"):
            for name, viewers in ((OURS, 1), (FFMPEG, 1)) if options.smoke else RELAYS:
                with Relay(options.bin, name, source.url, transport) as relay:
                    row = load(options, relay.url, relay.process, 0 if name == FFMPEG else viewers)
                if row:
                    rows.append({"latencyP50Ms": None, "latencyP99Ms": None, **row, "server": name,
                                 "over": transport, "viewers": viewers})
                    show(rows[-1])
    return rows


class Pattern(Running):
    """The test pattern, encoded here."""

    def __init__(self, options, settings, *arguments):
        port = free_port()
        self.url = f"rtsp://127.0.0.1:{port}/bench"
        self.process = subprocess.Popen(
            [os.path.join(options.bin, "heliograph-cli"), "--rtsp", str(port), "--rtmp", "0", "--source",
             "pattern:size=1280x720,fps=30," + settings, "--as", "bench", *arguments],
            stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()  # ready


def encoded(options, show):
    """Captured (the test pattern), encoded, sent, received."""
    with Pattern(options, "latency_sei=true") as source:
        row = load(options, source.url, source.process, 1)
    if row:
        show(row)
    return row


def resting(options, show):
    """Nobody watches: the encoder goes on, or rests. The overlay is drawn either way, by the source."""
    for what, settings, arguments in (("encodes on", "overlay=false", ["--no-rest"]),
                                      ("rests", "overlay=false", []),
                                      ("encodes on, clock burnt in", "overlay=true", ["--no-rest"]),
                                      ("rests, clock burnt in", "overlay=true", [])):
        with Pattern(options, settings, *arguments) as source:
            time.sleep(UNTIL_REST)
            row = load(options, source.url, source.process, 0)
        if row:
            show({**row, "what": what})
