"""The real clients that judge what we serve."""

import os
import re

FOLDER = os.path.dirname(os.path.abspath(__file__))
GST_PLAYER = os.path.join(FOLDER, "gst_player.py")
VLC_PLAYER = os.path.join(FOLDER, "vlc_player.py")


def ffmpeg_command(url, transport="tcp", frames=100):
    # explode: a damaged picture is an error, not something to paint over.
    way = ["-rtsp_transport", transport] if url.startswith("rtsp") else []
    return ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "warning", "-stats",
            "-err_detect", "explode", *way, "-i", url,
            "-map", "0:v", "-frames:v", str(frames), "-f", "null", "-"]


def gstreamer_command(url, transport="tcp", frames=100):
    return ["/usr/bin/python3", GST_PLAYER, url, transport, str(frames)]


def vlc_command(url, frames=100, sounds=0):
    return ["/usr/bin/python3", VLC_PLAYER, url, str(frames), str(sounds)]


def mpv_command(url, frames=100):
    return ["mpv", "--no-config", "--vo=null", "--ao=null", "--rtsp-transport=tcp",
            "--frames=" + str(frames), "--msg-level=all=warn", "--untimed", url]


def gstreamer_rtmp_command(url, frames=100, sounds=0):
    """Every buffer that comes out of a decoder is told of in a line. A track is asked for only
    where it is wanted: the pipeline would wait for one that is not there."""
    sink = "fakesink silent=false sync=false num-buffers="
    command = f"rtmp2src location={url} ! flvdemux name=d"
    if frames:
        command += f" d.video ! queue ! h264parse ! avdec_h264 ! {sink}{frames} name=pictures"
    if sounds:
        command += f" d.audio ! queue ! aacparse ! avdec_aac ! {sink}{sounds} name=sounds"
    return ["gst-launch-1.0", "-v", *command.split()]


def rtmpdump_command(url, frames=100):
    return ["/bin/sh", "-c", f"rtmpdump -q -v -r '{url}' -o - | ffmpeg -hide_banner -nostdin"
            f" -loglevel warning -stats -err_detect explode -i - -map 0:v -frames:v {frames}"
            " -f null -"]


def ffprobe_command(url, packets=300):
    return ["ffprobe", "-v", "error", "-count_frames", "-read_intervals", f"%+#{packets}",
            "-show_entries", "stream=codec_name,nb_read_frames", "-of", "csv=p=0", url]


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
    return ffmpeg_frames(desktop, ffmpeg_command(url, transport, frames))


def ffmpeg_frames(desktop, command):
    done = judged(desktop, command, lambda done: done.returncode == 0 and not complaints(done))
    return max((int(count) for count in re.findall(r"frame=\s*(\d+)", done.stderr)), default=0)


def rtmpdump_passes_on(desktop, url, frames=100):
    """rtmpdump plays, FFmpeg decodes what it wrote. Returns as ffmpeg_decodes()."""
    return ffmpeg_frames(desktop, rtmpdump_command(url, frames))


def ffprobe_decodes(desktop, url):
    """Frames of each codec, by its name."""
    done = judged(desktop, ffprobe_command(url), lambda done: done.returncode == 0
                  and not done.stderr)
    return {codec: int(count) for codec, count in re.findall(r"(\w+),(\d+)", done.stdout)}


def gstreamer_decodes_rtmp(desktop, url, frames=100, sounds=0):
    """As many of each at least. With two tracks, gst-launch tells some of one's buffers as the
    other's, or not at all (98 and 102 of 100): so it is asked for more."""
    spare = 20

    def whole(done):
        told = re.findall(r"FakeSink:(\w+): last-message = chain", done.stdout)
        return done.returncode == 0 and "ERROR" not in done.stderr \
            and told.count("pictures") >= frames and told.count("sounds") >= sounds
    judged(desktop, gstreamer_rtmp_command(url, frames and frames + spare,
                                           sounds and sounds + spare), whole)


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


def vlc_plays(desktop, url, frames=100, sounds=0):
    judged(desktop, vlc_command(url, frames, sounds), lambda done: done.returncode == 0)
