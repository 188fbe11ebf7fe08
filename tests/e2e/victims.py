"""What the soak test does harm to: sources under their mounts, and guests among the viewers. Each has
faults, which begin and end."""

import dataclasses
import os
import shutil
import signal
import subprocess

from cli_server import free_port
from desktop import Camera, Microphone, end
from rtsp_camera import start_camera
from watcher import Watcher


@dataclasses.dataclass
class Fault:
    what: str
    begin: object
    end: object = lambda: None


class Unplugged:
    """A device of PipeWire's."""
    fps = 25

    def __init__(self, mount, spec, device):
        self.mount, self.spec, self.device = mount, spec, device
        device.plug()
        self.faults = [Fault("is unplugged", device.unplug, device.plug)]


class Door:
    """A camera on the network."""
    mount, fps = "door", 25

    def __init__(self, desktop):
        self.desktop, self.port = desktop, free_port()
        self.spec = f"rtsp:url=rtsp://127.0.0.1:{self.port}/cam"
        self.start()
        self.faults = [Fault("is killed", self.kill, self.start),
                       Fault("stalls", lambda: self.send(signal.SIGSTOP),
                             lambda: self.send(signal.SIGCONT)),
                       Fault("hangs up", lambda: self.send(signal.SIGUSR1)),
                       Fault("gets another size", lambda: self.send(signal.SIGUSR2), self.restart),
                       Fault("comes back with sound only", lambda: self.restart("h264-aac-blind"),
                             self.restart)]

    def start(self, kind="h264-aac"):
        self.process = start_camera(self.desktop, kind, self.port)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def restart(self, kind="h264-aac"):
        self.kill()
        self.start(kind)

    def send(self, number):
        self.process.send_signal(number)


class Clip:
    """A file over and over."""
    mount, fps = "clip", 25

    def __init__(self, desktop):
        self.desktop = desktop
        self.file, self.whole, self.other, self.half = (
            os.path.join(desktop.folder, name + ".mkv") for name in ("clip", "whole", "other", "half"))
        self.make(self.whole, "640x360")
        self.make(self.other, "320x240")
        with open(self.whole, "rb") as whole, open(self.half, "wb") as half:
            half.write(whole.read(os.path.getsize(self.whole) // 2))
        self.put(self.whole)
        self.spec = f"file:path={self.file}"
        self.faults = [Fault("vanishes", lambda: os.remove(self.file), lambda: self.put(self.whole)),
                       Fault("is cut off", lambda: self.put(self.half), lambda: self.put(self.whole)),
                       Fault("is another one", lambda: self.put(self.other),
                             lambda: self.put(self.whole))]

    def put(self, file):
        shutil.copy(file, self.file + ".new")
        os.replace(self.file + ".new", self.file)

    def make(self, file, size):
        self.desktop.run(
            ["ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25",
             "-f", "lavfi", "-i", "sine=sample_rate=48000", "-t", "2", "-c:v", "libx264", "-preset",
             "ultrafast", "-bf", "2", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "2",
             file], check=True)


class Guests:
    """Viewers that come and go, stall and dawdle. What they lose is their own affair; that nobody
    else loses anything by it is what they are for."""

    def __init__(self, desktop, urls, chance):
        self.desktop, self.urls, self.chance = desktop, urls, chance
        self.guest = self.come()
        self.slow = None
        self.mount = "guest"
        self.faults = [Fault("is killed", self.kill, self.replace),
                       Fault("stalls", lambda: self.guest.process.send_signal(signal.SIGSTOP),
                             self.replace),
                       Fault("is slow", self.dawdle, lambda: end(self.slow))]

    def come(self):
        return Watcher(self.desktop, *self.chance.choice(self.urls))

    def kill(self):
        self.guest.process.kill()

    def replace(self):
        self.kill()
        self.guest.process.wait()
        self.guest = self.come()

    def dawdle(self):
        """Reads half of what comes: more and more waits for it."""
        url, _ = self.chance.choice([way for way in self.urls if way[1] == "tcp"])
        way = ["-rtsp_transport", "tcp"] if url.startswith("rtsp") else []
        self.slow = self.desktop.spawn(["ffmpeg", "-nostdin", "-v", "quiet", "-readrate", "0.5", *way,
                                        "-i", url, "-c", "copy", "-f", "null", "-"],
                                       stderr=subprocess.DEVNULL)

    def leave(self):
        self.kill()
        if self.slow:
            end(self.slow)


def sources(desktop):
    """Four of them."""
    return [Unplugged("cam", "webcam:size=640x360", Camera(desktop)),
            Unplugged("mic", "microphone", Microphone(desktop)), Door(desktop), Clip(desktop)]
