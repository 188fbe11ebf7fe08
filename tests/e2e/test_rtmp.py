"""RTMP judged by real players: what they decode at both addresses of a mount, with and without
sound, and over TLS."""

import os
import unittest

from cli_server import Server, free_port
from desktop import Desktop, end
from players import (ffmpeg_decodes, ffprobe_decodes, gstreamer_decodes_rtmp, mpv_plays,
                     rtmpdump_passes_on, vlc_plays)


class Rtmp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop().__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)

    def serve(self, *arguments, env=None):
        server = Server(self.desktop, *arguments, env=env, rtmp=free_port())
        self.addCleanup(end, server.process)
        return server

    @staticmethod
    def live(url):
        """The same mount as encoders and old players write it."""
        return url.rsplit("/", 1)[0] + "/live/" + url.rsplit("/", 1)[1]

    def clip(self):
        file = os.path.join(self.desktop.folder, "clip.mp4")
        self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i",
                          "testsrc2=size=640x360:rate=30", "-f", "lavfi", "-i",
                          "sine=sample_rate=48000", "-t", "6", "-c:v", "libx264", "-preset",
                          "veryfast", "-bf", "2", "-g", "60", "-c:a", "aac", file], check=True)
        return file

    def test_real_players_decode_the_pattern_at_both_addresses(self):
        server = self.serve("--source", "pattern:size=640x360", "--as", "cam")
        url = server.url("rtmp")
        for address in (url, self.live(url)):
            self.assertGreaterEqual(ffmpeg_decodes(self.desktop, address, None), 100)
            self.assertGreaterEqual(ffprobe_decodes(self.desktop, address)["h264"], 100)
            mpv_plays(self.desktop, address)
            vlc_plays(self.desktop, address)
        # GStreamer takes no address without an application, not even to ask; rtmpdump none without
        # a stream.
        for address in (url + "/", self.live(url)):
            gstreamer_decodes_rtmp(self.desktop, address)
        self.assertGreaterEqual(rtmpdump_passes_on(self.desktop, self.live(url)), 100)
        self.assertEqual("", server.complaints())

    def test_pictures_and_sound_of_a_file_are_passed_on(self):
        server = self.serve("--source", "file:path=" + self.clip(), "--as", "f")
        url = self.live(server.url("rtmp"))
        counts = ffprobe_decodes(self.desktop, url)
        self.assertGreaterEqual(min(counts["h264"], counts["aac"]), 100)
        # Across the seam, where the file begins again.
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, None, 300), 300)
        self.assertGreaterEqual(rtmpdump_passes_on(self.desktop, url, 300), 300)
        gstreamer_decodes_rtmp(self.desktop, url, 100, 100)
        vlc_plays(self.desktop, url, 100, 100)
        mpv_plays(self.desktop, url)

    def test_real_players_decode_over_tls(self):
        server = self.serve("--source", "pattern:size=640x360,tone=440", "--as", "cam",
                            "--rtmps", "0")
        url = server.url("rtmps")
        for address in (url, self.live(url)):
            self.assertGreaterEqual(ffmpeg_decodes(self.desktop, address, None), 100)
        counts = ffprobe_decodes(self.desktop, url)
        self.assertGreaterEqual(min(counts["h264"], counts["aac"]), 100)

    def test_with_a_password_only_who_knows_it_plays(self):
        server = self.serve("--source", "pattern:size=320x240", "--as", "cam", "--user", "ann",
                            env={"HELIOGRAPH_PASSWORD": "sesame"})
        url = server.url("rtmp")
        self.assertNotIn("sesame", url)
        self.assertGreaterEqual(
            ffmpeg_decodes(self.desktop, url + "?user=ann&pass=sesame", None, 20), 20)
        for address in (url, url + "?user=ann&pass=wrong"):
            with self.assertRaises(AssertionError):
                ffmpeg_decodes(self.desktop, address, None, 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
