"""Starts the servers one at a time and puts a load of viewers on them."""

import json
import os
import socket
import subprocess
import time

import clip

OURS, LIMIT, GST = "heliograph", "limit", "gst-rtsp-server"
TWO_LOOPS = "heliograph, 2 loops"
PROGRAMS = {OURS: ["bench_server"], TWO_LOOPS: ["bench_server", "2"], LIMIT: ["limit_server"],
            GST: ["gst_server"]}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, binaries, name, file):
        port = free_port()
        self.process = subprocess.Popen(
            [os.path.join(binaries, PROGRAMS[name][0]), file, str(clip.FPS), str(port),
             *PROGRAMS[name][1:]])
        self.url = f"rtsp://127.0.0.1:{port}/bench"
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        time.sleep(1)  # the first pictures

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def load(options, url, process, viewers, transport="TCP", stalled=0):
    """What the load generator saw, or None: it has then said why."""
    command = [os.path.join(options.bin, "load_generator"), url, "--viewers", str(viewers),
               "--stalled", str(stalled), "--seconds", str(options.seconds),
               "--warmup", str(options.warmup), "--server-pid", str(process.pid)]
    if transport == "UDP":
        command.append("--udp")
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(f"  {viewers} viewers over {transport}: {done.stderr.strip()}", flush=True)
        return None
    return json.loads(done.stdout)


def measure(options, file, name, viewers, transport="TCP", stalled=0):
    with Server(options.bin, name, file) as server:
        row = load(options, server.url, server.process, viewers, transport, stalled)
    return row and {"server": name, "over": transport, "stalled": stalled, **row}
