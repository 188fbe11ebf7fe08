"""The real clients that judge what we serve."""

import os
import re

GST_PLAYER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "gst_player.py")


def ffmpeg_command(url, transport="tcp", frames=100):
    # explode: a damaged picture is an error, not something to paint over.
    return ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "warning", "-stats",
            "-err_detect", "explode", "-rtsp_transport", transport, "-i", url,
            "-map", "0:v", "-frames:v", str(frames), "-f", "null", "-"]


def gstreamer_command(url, transport="tcp", frames=100):
    return ["/usr/bin/python3", GST_PLAYER, url, transport, str(frames)]


def mpv_command(url, frames=100):
    return ["mpv", "--no-config", "--vo=null", "--ao=null", "--rtsp-transport=tcp",
            "--frames=" + str(frames), "--msg-level=all=warn", "--untimed", url]


def end_of(text, lines=15):
    """What a failing player said last: enough to tell why, short enough to be read."""
    return "\n".join(text.replace("\r", "\n").split("\n")[-lines:])


def overflows():
    """Datagrams that this machine threw away because a player did not read its socket in time."""
    with open("/proc/net/snmp") as file:
        names, values = [line.split() for line in file if line.startswith("Udp:")]
    return int(values[names.index("RcvbufErrors")])


def judged(desktop, command, is_good, attempts=3):
    """Runs a player until the machine did not throw away datagrams under it; it must please then."""
    for attempt in range(attempts):
        before = overflows()
        done = desktop.run(command)
        if is_good(done):
            return done
        if overflows() == before:
            break
        print(f"{command[0]}: its socket overflowed, once more", flush=True)
    raise AssertionError(f"{' '.join(command)}\nexit code {done.returncode}\n"
                         + end_of(done.stdout) + end_of(done.stderr))


def complaints(done):
    return [line for line in done.stderr.replace("\r", "\n").split("\n")
            if re.search(r"error|corrupt|conceal|missing|non-existing|invalid", line, re.I)]


def ffmpeg_decodes(desktop, url, transport, frames=100):
    """Returns the number of decoded frames; fails on any decoder complaint."""
    done = judged(desktop, ffmpeg_command(url, transport, frames),
                  lambda done: done.returncode == 0 and not complaints(done))
    return max(int(count) for count in re.findall(r"frame=\s*(\d+)", done.stderr))


def gstreamer_decodes(desktop, url, transport="tcp", frames=100):
    judged(desktop, gstreamer_command(url, transport, frames),
           lambda done: done.returncode == 0)


def refused(desktop, command):
    """Fails unless the player gave up for the password, and said so."""
    done = desktop.run(command)
    said = done.stdout + done.stderr
    assert done.returncode != 0 and re.search(r"401|[Uu]nauthori[sz]ed|[Aa]uthori[sz]", said), \
        f"{' '.join(command)}\nexit code {done.returncode}\n{end_of(said)}"


def mpv_plays(desktop, url, frames=100):
    judged(desktop, mpv_command(url, frames),
           lambda done: done.returncode == 0 and "rror" not in done.stdout + done.stderr)
