"""Codecs of Enhanced RTMP, passed through: what was published comes out at players that can, and
those that cannot are told so."""

import os
import re
import subprocess
import sys
import time
import unittest

import enhanced_rtmp
from cli_server import Server, free_port
from desktop import Desktop, end
from matroska import Matroska
from players import (FOLDER, end_of, ffmpeg_command, ffmpeg_decodes, gstreamer_decodes, mpv_plays)
from rtmp_publisher import AUDIO, VIDEO

KEY = "k-91bc"
SECONDS = 60
PICTURES = {
    "H.265": ["libx265", "-x265-params", "bframes=0:log-level=none", "-preset", "ultrafast"],
    "AV1": ["libaom-av1", "-usage", "realtime", "-cpu-used", "8"],
    "VP9": ["libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"],
}


class Enhanced(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop().__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)

    def publish(self, pictures, sound):
        """Returns the server and the file that is sent to it."""
        clip = os.path.join(self.desktop.folder, f"{pictures}-{sound}.mkv")
        self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i",
                          "testsrc2=size=320x180:rate=25", "-f", "lavfi", "-i",
                          "sine=sample_rate=48000", "-t", str(SECONDS), "-g", "25", "-b:v", "300k",
                          "-c:v", *PICTURES[pictures], "-c:a", sound, "-ac", "2", clip], check=True)
        server = Server(self.desktop, "--source", "rtmp:key=" + KEY, "--as", "pub", "--stats", "1",
                        rtmp=free_port())
        self.addCleanup(end, server.process)
        server.wait_until_it_listens(self.desktop)
        log = open(clip + ".log", "w+")
        self.addCleanup(log.close)
        publisher = self.desktop.spawn(
            [sys.executable, os.path.join(FOLDER, "enhanced_rtmp.py"),
             f"rtmp://127.0.0.1:{server.rtmp}/live/{KEY}", clip], stdout=log, stderr=subprocess.STDOUT)
        self.addCleanup(end, publisher)
        return server, Matroska(clip)

    def plays_what_was_sent(self, server, file):
        sent = {kind: [] for kind in (VIDEO, AUDIO)}
        for frame in file.frames:
            sent[VIDEO if file.codecs[frame.track].startswith("V_") else AUDIO].append(frame.data)
        url = server.url("rtmp")
        player = enhanced_rtmp.Player(url.rsplit("/", 1)[0] + "/live/pub")
        headers, frames = player.frames(100)
        player.socket.close()
        for kind, received in frames.items():
            start = sent[kind].index(received[0])
            self.assertGreaterEqual(len(received), 100)
            self.assertEqual(sent[kind][start:start + len(received)], received)
        for kind, tag in enhanced_rtmp.headers(file):
            if b"hvc1" not in tag:  # written anew, tested elsewhere
                self.assertEqual(tag, headers[kind])

    def test_X3_X4_hevc_and_opus_over_both(self):
        server, file = self.publish("H.265", "libopus")
        self.plays_what_was_sent(server, file)
        url = server.url("rtsp")
        for transport in ("tcp", "udp"):
            self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, transport), 100)
        told = self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-rtsp_transport", "tcp",
                                 "-i", url, "-map", "0:a", "-frames:a", "100", "-f", "null", "-"])
        self.assertEqual((0, ""), (told.returncode, told.stderr))
        gstreamer_decodes(self.desktop, url)
        mpv_plays(self.desktop, url)
        self.is_refused_in_words(server.url("rtmp"), "H.265")

    def test_X3_X4_av1_and_flac(self):
        server, file = self.publish("AV1", "flac")
        self.plays_what_was_sent(server, file)
        self.is_refused_in_words(server.url("rtmp"), "AV1")
        state = server.wait_for_state("no codec", lambda s: s["streams"][0]["codec"])
        self.assertEqual("AV1 320x180 + FLAC", state["streams"][0]["codec"])

    def test_X3_X4_vp9_and_ac3(self):
        server, file = self.publish("VP9", "ac3")
        self.plays_what_was_sent(server, file)
        told = self.desktop.run(ffmpeg_command(server.url("rtsp")))
        self.assertNotEqual(0, told.returncode)  # nothing in it that RTSP carries
        self.assertIn("4XX", told.stderr)

    def is_refused_in_words(self, url, codec):
        """Debian's FFmpeg does not know of FourCCs, and does not say that it does."""
        told = self.desktop.run(ffmpeg_command(url))
        self.assertNotEqual(0, told.returncode)
        self.assertRegex(told.stderr, f"The pictures of this stream are {re.escape(codec)}.*, which",
                         end_of(told.stderr))


if __name__ == "__main__":
    unittest.main(verbosity=2)
