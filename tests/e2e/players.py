"""The real clients that judge what we serve."""

import re


def ffmpeg_command(url, transport="tcp", frames=100):
    # explode: a damaged picture is an error, not something to paint over.
    return ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "warning", "-stats",
            "-err_detect", "explode", "-rtsp_transport", transport, "-i", url,
            "-map", "0:v", "-frames:v", str(frames), "-f", "null", "-"]


def gstreamer_command(url, transport="tcp", frames=100):
    return ["gst-launch-1.0", "-m", "rtspsrc", "location=" + url, "protocols=" + transport,
            "latency=100", "!", "rtph264depay", "!", "h264parse", "!", "avdec_h264", "!",
            "identity", "eos-after=" + str(frames), "!", "fakesink", "sync=false"]


def mpv_command(url, frames=100):
    return ["mpv", "--no-config", "--vo=null", "--ao=null", "--rtsp-transport=tcp",
            "--frames=" + str(frames), "--msg-level=all=warn", "--untimed", url]


def ffmpeg_decodes(desktop, url, transport, frames=100):
    """Returns the number of decoded frames; fails on any decoder complaint."""
    done = desktop.run(ffmpeg_command(url, transport, frames))
    complaints = [line for line in done.stderr.replace("\r", "\n").split("\n")
                  if re.search(r"error|corrupt|conceal|missing|non-existing|invalid", line, re.I)]
    assert done.returncode == 0 and not complaints, done.stderr
    return max(int(count) for count in re.findall(r"frame=\s*(\d+)", done.stderr))


def gstreamer_decodes(desktop, url, transport="tcp", frames=100):
    done = desktop.run(gstreamer_command(url, transport, frames))
    output = done.stdout + done.stderr
    assert "ERROR" not in output and done.returncode == 0, output
    assert "eos" in output, output


def mpv_plays(desktop, url, frames=100):
    done = desktop.run(mpv_command(url, frames))
    assert done.returncode == 0 and "rror" not in done.stdout + done.stderr, \
        done.stdout + done.stderr
