"""Real encoders publish over RTMP: what comes out equals what went in, and whoever watches stays
when they go and come back."""

import glob
import os
import subprocess
import sys
import time
import unittest

import obs_profile
from cli_server import Server, free_port
from desktop import Desktop, end, wait_until
from players import FOLDER, end_of, ffmpeg_command, vlc_command

KEY = "k-7f3a"
CLIP_SECONDS = 40
WRAPS = {"24 bits": 0xFFFFFF, "32 bits": 2**32}


def slices(annex_b):
    """The coded slices of an Annex B stream, in their order."""
    found = []
    for nal in annex_b.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1"):
        if nal and nal[0] & 0x1F in (1, 5):
            found.append(nal.rstrip(b"\0"))
    return found


class Publish(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop(screen="1280x800").__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)
        cls.clip = cls.file("clip.mp4")
        cls.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i",
                         "testsrc2=size=640x360:rate=30", "-f", "lavfi", "-i",
                         "sine=sample_rate=48000", "-t", str(CLIP_SECONDS), "-c:v", "libx264",
                         "-preset", "veryfast", "-bf", "2", "-g", "30", "-c:a", "aac", cls.clip],
                        check=True)
        cls.sent_slices = slices(cls.copied(cls.clip, "-map", "0:v", "-f", "h264"))
        cls.sent_sounds = cls.sounds(cls.clip)

    @classmethod
    def file(cls, name):
        return os.path.join(cls.desktop.folder, name)

    @classmethod
    def copied(cls, url, *arguments):
        done = cls.desktop.run(["ffmpeg", "-v", "error", "-nostdin", *cls.transport(url), "-i", url,
                                "-c", "copy", *arguments, "-"], text=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    @staticmethod
    def transport(url):
        return ["-rtsp_transport", "tcp"] if url.startswith("rtsp") else []

    @classmethod
    def sounds(cls, url, *limit):
        """A digest of each frame of sound."""
        told = cls.copied(url, "-map", "0:a", *limit, "-f", "framemd5").decode()
        return [line.split(",")[5].strip() for line in told.splitlines() if line[:1].isdigit()]

    def setUp(self):
        self.server = Server(self.desktop, "--source", "rtmp:key=" + KEY, "--as", "pub",
                             rtmp=free_port())
        self.addCleanup(end, self.server.process)
        port = self.server.rtmp
        self.address = f"rtmp://127.0.0.1:{port}/live/{KEY}"
        self.server.wait_until_it_listens(self.desktop)

    def start(self, command):
        log = open(self.file(f"{self.id()}.{time.monotonic_ns()}.log"), "w+")
        self.addCleanup(log.close)
        process = self.desktop.spawn(command, stdout=log, stderr=subprocess.STDOUT)
        process.log = log.name
        self.addCleanup(end, process)
        return process

    def ffmpeg_publishes(self):
        return self.start(["ffmpeg", "-nostdin", "-v", "warning", "-re", "-i", self.clip,
                           "-c", "copy", "-f", "flv", self.address])

    def gstreamer_publishes(self):
        return self.start(
            ["gst-launch-1.0", *(
                f"filesrc location={self.clip} ! qtdemux name=d flvmux name=m streamable=true"
                f" ! rtmp2sink location={self.address}"
                " d.video_0 ! queue ! h264parse ! identity sync=true ! m.video"
                " d.audio_0 ! queue ! aacparse ! identity sync=true ! m.audio").split()])

    def assert_part_of(self, sent, received, at_least):
        """One run of what was sent, with nothing missing and nothing else."""
        self.assertGreaterEqual(len(received), at_least)
        self.assertGreater(len(set(received)), at_least // 2)  # neither black nor silent
        start = sent.index(received[0])
        self.assertEqual(len(received), next(
            (i for i, (a, b) in enumerate(zip(sent[start:], received)) if a != b), len(received)),
            "another follows there")

    def obs_publishes(self):
        """Returns the folder with its record."""
        records = self.file("records")
        os.makedirs(records)
        server, key = self.address.rsplit("/", 1)
        obs_profile.write(self.desktop.env["XDG_CONFIG_HOME"], records, self.clip, server, key)
        self.obs = self.start(obs_profile.COMMAND)
        return records

    def comes_out_as_it_went_in(self):
        for scheme in ("rtsp", "rtmp"):
            url = self.server.url(scheme)
            video = self.copied(url, "-map", "0:v", "-frames:v", "100", "-f", "h264")
            self.assert_part_of(self.sent_slices, slices(video), 100)
            self.assert_part_of(self.sent_sounds, self.sounds(url, "-frames:a", "100"), 100)

    def test_what_ffmpeg_publishes_comes_out_as_it_went_in(self):
        self.ffmpeg_publishes()
        self.comes_out_as_it_went_in()

    def test_what_gstreamer_publishes_comes_out_as_it_went_in(self):
        self.gstreamer_publishes()
        self.comes_out_as_it_went_in()

    def test_what_obs_publishes_comes_out_as_its_encoder_made_it(self):
        records = self.obs_publishes()
        wait_until("OBS does not publish", lambda: len(self.server.ready_urls()) == 2, 60)
        got = {scheme: (slices(self.copied(self.server.url(scheme), "-map", "0:v", "-frames:v",
                                           "100", "-f", "h264")),
                        self.sounds(self.server.url(scheme), "-frames:a", "100"))
               for scheme in ("rtsp", "rtmp")}
        time.sleep(2)  # the record is written in blocks
        end(self.obs)
        record, = glob.glob(os.path.join(records, "*.mkv"))
        sent = slices(self.copied(record, "-map", "0:v", "-f", "h264")), self.sounds(record)
        for scheme in got:
            for made, received in zip(sent, got[scheme]):
                self.assert_part_of(made, received, 100)

    def test_viewers_stay_while_the_publisher_is_gone_for_five_seconds(self):
        first = self.ffmpeg_publishes()
        watching = [self.start(ffmpeg_command(self.server.url("rtsp"), frames=300)),
                    self.start(ffmpeg_command(self.server.url("rtmp"), frames=300)),
                    # Debian's has no RTSP. It counts nearly two for each picture.
                    self.start(vlc_command(self.server.url("rtmp"), 500))]
        time.sleep(5)
        first.kill()
        first.wait()
        time.sleep(5)
        self.assertEqual([None] * 3, [player.poll() for player in watching])
        self.ffmpeg_publishes()
        for player in watching:
            self.assertEqual(0, player.wait(40), self.said(player))

    def said(self, process):
        with open(process.log) as file:
            return " ".join(process.args) + "\n" + end_of(file.read())

    def test_timestamps_that_wrap_play_on(self):
        flv = self.file("clip.flv")
        self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", self.clip, "-c", "copy",
                          flv], check=True)
        for what, end_of_numbers in WRAPS.items():
            with self.subTest(what):
                publisher = self.start([sys.executable, os.path.join(FOLDER, "rtmp_publisher.py"),
                                        self.address, flv, str(end_of_numbers - 5000)])
                self.plays_without_a_jump(self.server.url("rtmp"), 20)
                self.assertIsNone(publisher.poll(), self.said(publisher))
                end(publisher)
                time.sleep(1)

    def plays_without_a_jump(self, url, seconds):
        told = self.desktop.run(
            ["ffprobe", "-v", "error", *self.transport(url), "-read_intervals", f"%+{seconds}",
             "-show_entries", "packet=stream_index,dts_time", "-of", "csv=p=0", url]).stdout.split()
        times = {"0": [], "1": []}
        for line in told:
            stream, time_ = line.split(",")[:2]
            times[stream].append(float(time_))
        for stream in times.values():
            self.assertGreater(stream[-1] - stream[0], seconds - 2)
            steps = [b - a for a, b in zip(stream, stream[1:])]
            self.assertLess(max(steps), 0.1)
            self.assertGreaterEqual(min(steps), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
