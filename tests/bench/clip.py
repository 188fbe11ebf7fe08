"""The H.264 that every server sends: 720p30 at 2.5 Mbit/s with a keyframe every two seconds."""

import os
import subprocess

FPS = 30
GOP = 60


def make(folder, seconds):
    file = os.path.join(folder, "720p30.h264")
    # Without scenecut=0 the noise makes every seventh picture a keyframe.
    subprocess.run(
        ["ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-f", "lavfi", "-i",
         f"testsrc2=size=1280x720:rate={FPS},noise=alls=20:allf=t", "-t", str(seconds),
         "-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency",
         "-x264-params", "sliced-threads=0:scenecut=0", "-threads", "1", "-b:v", "2500k",
         "-maxrate", "2500k", "-bufsize", "2500k", "-g", str(GOP), "-bf", "0", file], check=True)
    return file
