"""Files of many kinds over the wire: what passes comes out as it is in the file, what is encoded
comes out whole."""

import os
import re
import threading
import unittest

from cli_server import Server
from desktop import Desktop, end, wait_until
from players import ffmpeg_decodes, gstreamer_decodes, mpv_plays

HEVC = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "bframes=2:keyint=25:log-level=none"]
SECONDS = 3


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop().__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)

    def make(self, name, *codecs, pictures=True, sound=True):
        clip = os.path.join(self.desktop.folder, name)
        inputs = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25"] if pictures else []
        inputs += ["-f", "lavfi", "-i", "sine=frequency=1000:sample_rate=48000"] if sound else []
        self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *inputs, "-t", str(SECONDS), *codecs,
                          clip], check=True)
        return clip

    def serve(self, *clips):
        server = Server(self.desktop, "--source", "file:path=" + "\n".join(clips), "--as", "f",
                        "--stats", "0.5", remote=True)
        self.addCleanup(end, server.process)
        return server

    def codec(self, server):
        return server.wait_for_state("no codec", lambda s: s["streams"][0]["codec"])["streams"][0]["codec"]

    def hash_of(self, *url):
        """Of each decoded picture, in order."""
        done = self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", *url, "-map", "0:v", "-frames:v", "75",
                                 "-vsync", "passthrough", "-f", "framemd5", "-"])
        return [line.split(",")[-1].strip() for line in done.stdout.splitlines() if line[:1] != "#"]

    def sound_is_heard(self, url, frequency=1000):
        done = self.desktop.run(
            ["ffmpeg", "-v", "error", "-nostdin", "-rtsp_transport", "tcp", "-i", url, "-map", "0:a", "-t",
             "5", "-f", "f32le", "-ac", "1", "-ar", "48000", "-"], text=False)
        samples = memoryview(done.stdout).cast("f")[4800:]
        self.assertGreater(len(samples), 4 * 48000)
        crossings = sum(1 for a, b in zip(samples, samples[1:]) if a < 0 <= b)
        self.assertAlmostEqual(frequency, crossings / (len(samples) / 48000), delta=25)  # the seams

    def test_h265_and_opus_pass_as_they_are(self):
        clip = self.make("h265.mkv", *HEVC, "-c:a", "libopus", "-ac", "2")
        server = self.serve(clip)
        url = server.url()
        self.assertEqual("H.265 Main 320x180 + Opus", self.codec(server))
        for transport in ("tcp", "udp"):
            self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, transport, 200), 200)
        gstreamer_decodes(self.desktop, url)
        mpv_plays(self.desktop, url)
        self.sound_is_heard(url)
        sent = self.hash_of("-i", clip)
        seen = self.hash_of("-rtsp_transport", "tcp", "-i", url)
        start = sent.index(seen[10])
        self.assertEqual((sent * 2)[start:start + 60], seen[10:70])

    def test_other_codecs_are_encoded(self):
        for name, codecs in {"vp9.webm": ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8",
                                          "-c:a", "libopus", "-ac", "2"],
                             "mpeg2.mpg": ["-c:v", "mpeg2video", "-bf", "2", "-c:a", "ac3"],
                             "mpeg4.avi": ["-c:v", "mpeg4", "-bf", "2", "-c:a", "libmp3lame"]}.items():
            server = self.serve(self.make(name, *codecs))
            url = server.url()
            sound = "Opus" if name == "vp9.webm" else "AAC / Opus"
            self.assertEqual(f"H.264 High 320x180 + {sound}", self.codec(server))
            self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, "tcp", 200), 200, name)
            self.sound_is_heard(url)
            self.assertEqual("", server.complaints())
            end(server.process)

    def test_a_playlist_over_its_seams_with_a_pause_and_a_seek(self):
        """Pictures that pass, of two sizes, and such that are encoded."""
        h264 = ["-c:v", "libx264", "-bf", "2", "-g", "25"]
        passing = self.make("one.mp4", *h264), self.make("two.mkv", *h264, "-s", "160x90")
        encoded = passing[0], self.make("three.avi", "-c:v", "mpeg4", "-c:a", "libmp3lame")
        for clips, pictures in (passing, 250), (encoded, 200):
            server = self.serve(*clips)
            url = server.url()
            commands = {1.5: "seek f 2.1", 5: "pause f", 6: "play f", 8: "seek f 0.5"}
            timers = [threading.Timer(after, server.say, [what]) for after, what in commands.items()]
            for timer in timers:
                timer.start()
                self.addCleanup(timer.cancel)
            self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, "tcp", pictures), pictures)
            for timer in timers:
                timer.join()
            self.assertEqual("", server.complaints())
            server.say("pause f")
            stands = server.wait_for_state("no pause", lambda s: s["sources"][0]["playback"]["paused"])
            self.assertAlmostEqual(SECONDS * 1000, stands["sources"][0]["playback"]["durationMs"], delta=200)
            server.say("seek f 99999999")
            wait_until("no answer", lambda: "A command is one of" in server.complaints())
            end(server.process)

    def test_a_file_of_a_list_that_is_gone_is_passed_over(self):
        clip = self.make("there.mp4", "-c:v", "libx264", "-c:a", "aac")
        server = self.serve(os.path.join(self.desktop.folder, "gone.mp4"), clip)
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, server.url(), "tcp", 100), 100)
        state = server.wait_for_state("no story", lambda s: s["sources"][0]["story"])
        self.assertRegex(state["sources"][0]["story"][0], "passed over.*gone.mp4")
        self.assertEqual("ok", state["sources"][0]["health"]["state"])

    def test_sound_alone_is_a_stream(self):
        for name, codec in {"s.mp3": "libmp3lame", "s.m4a": "aac", "s.ogg": "libopus"}.items():
            server = self.serve(self.make(name, "-c:a", codec, "-ac", "2", pictures=False))
            url = server.url()
            self.sound_is_heard(url)
            self.assertEqual("", server.complaints())
            end(server.process)

    def test_variable_rate_keeps_its_times_through_the_encoder(self):
        clip = self.make("vfr.webm", "-vf", "setpts='(N+floor(N/3)*2)*0.04/TB'", "-vsync", "vfr", "-c:v",
                         "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", sound=False)
        url = self.serve(clip).url()
        told = self.desktop.run(["ffprobe", "-v", "error", "-rtsp_transport", "tcp", "-read_intervals", "%+4",
                                 "-show_entries", "packet=pts_time", "-of", "csv=p=0", url]).stdout
        times = [float(time) for time in re.findall(r"[\d.]+", told)]
        steps = [round((b - a) / 0.04) for a, b in zip(times[2:], times[3:])]
        self.assertGreater(len(steps), 20)
        self.assertIn([1, 1, 3, 1, 1, 3], [steps[i:i + 6] for i in range(6)])


if __name__ == "__main__":
    unittest.main(verbosity=2)
