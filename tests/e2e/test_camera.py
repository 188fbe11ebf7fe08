"""Cameras on the network of every kind, made by GStreamer's RTSP server: FFmpeg decodes what comes
out of a mount that they feed."""

import unittest

from camera import PASSWORD
from cli_server import Server, free_port
from desktop import Desktop, end, wait_until
from players import ffmpeg_command, ffmpeg_decodes, ffmpeg_frames, ffprobe_decodes
from rtsp_camera import start_camera


class Cameras(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop().__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)

    def camera(self, *arguments, port=None):
        """Returns its port, and the process."""
        port = port or free_port()
        process = start_camera(self.desktop, arguments[0], port, *arguments[1:])
        self.addCleanup(end, process)
        return port, process

    def serve(self, port, more=""):
        server = Server(self.desktop, "--source", f"rtsp:url=rtsp://127.0.0.1:{port}/cam{more}",
                        "--as", "cam", "--stats", "0.5")
        self.addCleanup(end, server.process)
        return server

    def decodes(self, kind, codec, sound=None, more="", pictures="h264"):
        """Returns what the source told about itself."""
        port, camera = self.camera(kind)
        server = self.serve(port, more)
        url = server.url()
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, "tcp"), 100)
        if sound:
            counts = ffprobe_decodes(self.desktop, url)
            self.assertGreaterEqual(min(counts[pictures], counts[sound]), 50)
        state = server.states()[-1]
        story = " ".join(state["sources"][0]["story"])
        self.assertEqual("", server.complaints(), story)
        self.assertIn(codec, state["streams"][0]["codec"])
        end(server.process)
        end(camera)
        return story

    def test_h264_and_aac_pass(self):
        story = self.decodes("h264-aac", "H.264 Constrained Baseline 640x360 + AAC", "aac")
        self.assertIn("It offers H.264 video: it is passed on as it is.", story)
        self.assertIn("It offers AAC sound: it is passed on as it is.", story)

    def test_h264_with_b_pictures_passes(self):
        """Their times go back and forth by a few ms while rtspsrc learns the camera's clock, which
        would be too much for FFmpeg's usual frame counter."""
        port, _ = self.camera("h264-b")
        server = self.serve(port)
        command = ffmpeg_command(server.url())
        command[-3:-3] = ["-vsync", "passthrough", "-enc_time_base", "1:90000"]
        self.assertGreaterEqual(ffmpeg_frames(self.desktop, command), 100)
        self.assertIn("H.264 High 640x360", server.states()[-1]["streams"][0]["codec"])

    def test_other_sound_is_encoded_anew(self):
        for kind in ("h264-pcmu", "h264-opus"):
            with self.subTest(kind):
                story = self.decodes(kind, "H.264 Constrained Baseline 640x360 + AAC", "aac")
                self.assertIn("sound: it is decoded and encoded anew.", story)

    def test_G1_g711_passes_for_whom_asks_for_it(self):
        port, _ = self.camera("h264-pcmu")
        server = self.serve(port)
        counts = ffprobe_decodes(self.desktop, server.url() + "?audio=pcmu")
        self.assertEqual({"h264", "pcm_mulaw"}, set(counts))
        self.assertGreaterEqual(min(counts.values()), 50)
        self.assertIn("AAC / Opus / G.711 µ-law", server.states()[-1]["streams"][0]["codec"])

    def test_other_pictures_are_encoded_anew(self):
        story = self.decodes("mjpeg", "H.264 High 640x360", None)
        self.assertIn("video: it is decoded and encoded anew.", story)

    def test_h265_passes(self):
        story = self.decodes("h265-aac", "H.265 Main 640x360 + AAC", "aac", pictures="hevc")
        self.assertIn("It offers H.265 video: it is passed on as it is.", story)

    def test_h264_is_encoded_anew_when_it_is_asked_for(self):
        self.decodes("h264", "H.264 High 320x180", more=",reencode=true,size=320x180")

    def test_one_transport_is_enough(self):
        for kind, transport in (("h264-tcp", "TCP"), ("h264-udp", "UDP")):
            with self.subTest(kind):
                self.assertIn(f"Data came over {transport}",
                              self.decodes(kind, "H.264 Constrained Baseline 640x360"))

    def test_logins_of_any_characters_are_accepted_and_told_nowhere(self):
        password = PASSWORD.replace("\\", "\\\\").replace(",", "\\,")
        for scheme in ("basic", "digest"):
            with self.subTest(scheme):
                port, _ = self.camera("h264", scheme)
                server = self.serve(port, f",user=ann,password={password}")
                self.assertGreaterEqual(ffmpeg_decodes(self.desktop, server.url(), "tcp"), 100)
                told = " ".join(server.lines()) + server.complaints()
                self.assertNotIn("w/o?r#d", told)
                self.assertIn("It accepts the user “ann”.", told)
                end(server.process)

    def test_a_wrong_password_is_said_so(self):
        port, _ = self.camera("h264", "digest")
        server = self.serve(port, ",user=ann,password=hunter2")
        wait_until("it is not said", lambda: "does not accept this user name and password"
                   in server.complaints())
        self.assertNotIn("hunter2", " ".join(server.lines()) + server.complaints())

    def test_a_camera_that_went_away_comes_back(self):
        port, camera = self.camera("h264-aac")
        server = self.serve(port)
        url = server.url()
        end(camera)
        server.wait_for_state("the loss is not seen",
                              lambda state: state["sources"][0]["health"]["state"] == "retrying")
        self.camera("h264-aac", port=port)
        server.wait_for_state("it does not come back",
                              lambda state: state["sources"][0]["health"]["state"] == "ok", 40)
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, "tcp"), 100)


if __name__ == "__main__":
    unittest.main(verbosity=2)
