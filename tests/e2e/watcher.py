"""A viewer that decodes all that it gets, and what it lost, as its own timestamps and pictures show."""

import collections
import dataclasses
import os
import subprocess

from desktop import end, wait_until

RECENT = 30  # pictures; a still comes again within so many, what moves does not


@dataclasses.dataclass
class Seen:
    """Times are the stream's, in seconds; the gaps are between two that follow each other."""
    pictures: int = 0
    stills: int = 0  # of the pictures: those that came a moment before, too
    picture_gap: float = 0.0
    picture_seconds: float = 0.0  # from the first to the last
    least_step: float = 0.0
    sounds: int = 0
    sound_gap: float = 0.0
    sound_seconds: float = 0.0
    errors: list = dataclasses.field(default_factory=list)

    @property
    def seconds(self):
        return self.picture_seconds or self.sound_seconds

    @property
    def gap(self):
        return max(self.picture_gap, self.sound_gap)

    def missing(self, fps):
        """Pictures of the source that it did not see, as long as it watched."""
        return max(0, round(self.picture_seconds * fps) + 1 - (self.pictures - self.stills))


def steps(times):
    times = times[1:]  # FFmpeg gives the first time twice
    return [after - before for before, after in zip(times, times[1:])] or [0.0]


def count_stills(hashes):
    recent, stills = collections.deque(maxlen=RECENT), 0
    for picture in hashes:
        stills += picture in recent
        recent.append(picture)
    return stills


def read_frames(lines):
    """FFmpeg's framemd5: (time, hash) of every decoded picture, and of every frame of sound."""
    bases, kinds, frames = {}, {}, {"video": [], "audio": []}
    for line in lines:
        words = line.split()
        if line.startswith("#tb"):
            over, under = words[2].split("/")
            bases[words[1].rstrip(":")] = int(over) / int(under)
        elif line.startswith("#media_type"):
            kinds[words[1].rstrip(":")] = words[2]
        elif line[0] != "#" and line.endswith("\n"):
            fields = [field.strip() for field in line.split(",")]
            if fields[0] in kinds and len(fields) == 6:
                frames[kinds[fields[0]]].append((int(fields[2]) * bases[fields[0]], fields[5]))
    return frames["video"], frames["audio"]


class Watcher:
    """FFmpeg, until it is ended or for so many seconds of the stream."""

    def __init__(self, desktop, url, transport="tcp", seconds=None):
        name = os.path.join(desktop.folder, f"watcher-{len(desktop.processes)}")
        self.url, self.transport = url, transport
        self.told, self.complaints = name + ".md5", name + ".err"
        way = ["-rtsp_transport", transport] if url.startswith("rtsp") else []
        limit = ["-t", str(seconds)] if seconds else []
        with open(self.told, "w") as out, open(self.complaints, "w") as err:
            self.process = desktop.spawn(
                ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error", *way, "-i", url, *limit,
                 "-vf", "scale=64:36", "-fps_mode", "passthrough", "-enc_time_base:v", "1:90000",
                 "-f", "framemd5", "-"], stdout=out, stderr=err)

    def wait_until_it_sees(self):
        wait_until(self.url + " shows nothing", lambda: self.bytes() > 3000, 40)

    def bytes(self):
        """Of what it told: more, when it saw more."""
        return os.path.getsize(self.told)

    def errors(self):
        with open(self.complaints) as file:
            return file.read().splitlines()

    def is_there(self):
        return self.process.poll() is None

    def wait(self, seconds=90):
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.url} does not end: {self.seen()}") from None
        return self.process.returncode

    def end(self):
        end(self.process)

    def seen(self):
        with open(self.told) as file:
            pictures, sounds = read_frames(file)
        seen = Seen(pictures=len(pictures), sounds=len(sounds), errors=self.errors())
        seen.stills = count_stills([picture for _, picture in pictures])
        times = [time for time, _ in pictures]
        if times:
            seen.picture_gap, seen.least_step = max(steps(times)), min(steps(times))
            seen.picture_seconds = times[-1] - times[0]
        times = [time for time, _ in sounds]
        if times:
            seen.sound_gap, seen.sound_seconds = max(steps(times)), times[-1] - times[0]
        return seen
