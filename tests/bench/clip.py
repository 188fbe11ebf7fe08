"""The H.264 that every server sends: 720p30 at 2.5 Mbit/s with a keyframe every two seconds; and what
a camera sends: 1080p30 at 4 Mbit/s."""

import os
import subprocess

FPS = 30
GOP = 60


def make_camera(folder, seconds):
    return make(folder, seconds, "1920x1080", "4000k")


def make(folder, seconds, size="1280x720", bitrate="2500k"):
    file = os.path.join(folder, size + ".h264")
    # Without scenecut=0 the noise makes every seventh picture a keyframe.
    subprocess.run(
        ["ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-f", "lavfi", "-i",
         f"testsrc2=size={size}:rate={FPS},noise=alls=20:allf=t", "-t", str(seconds),
         "-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency",
         "-x264-params", "sliced-threads=0:scenecut=0", "-threads", "1", "-b:v", bitrate,
         "-maxrate", bitrate, "-bufsize", bitrate, "-g", str(GOP), "-bf", "0", file], check=True)
    return file
