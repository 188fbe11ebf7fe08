"""What viewers see while a source is lost: they stay, and a still keeps their streams going until it
is back."""

import os
import signal
import unittest

from cli_server import Server, free_port
from desktop import Camera, Desktop, Microphone, end, wait_until
from rtsp_camera import start_camera
from watcher import Watcher

# s: two until silence is a loss, and the making of the still on a machine that is busy.
LONGEST_GAP = 10


class Loss(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop().__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)

    def serve(self, source, *more):
        server = Server(self.desktop, "--source", source, "--as", "door", "--stats", "0.2", *more)
        self.addCleanup(end, server.process)
        return server

    def watch(self, url, seconds):
        """A viewer that decodes for so long."""
        return Watcher(self.desktop, url, "tcp", seconds)

    def assert_went_on(self, viewer, seconds, sound=False):
        """It decoded pictures (and sound) all the time, in one connection and without an error."""
        self.assertEqual(0, viewer.wait())
        seen = viewer.seen()
        self.assertEqual([], seen.errors)
        self.assertGreater(seen.least_step, 0)
        self.assertLess(seen.picture_gap, LONGEST_GAP)
        self.assertGreater(seen.picture_seconds, seconds - 2)
        if sound:  # a frame lasts 1,024 samples
            self.assertGreater(seen.sounds * 1024 / 48000, seconds - 8)  # s that may be missing

    def picture(self, url):
        """What a newcomer sees, as grey bytes of 64x36."""
        done = self.desktop.run(
            ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error", "-rtsp_transport", "tcp",
             "-i", url, "-frames:v", "1", "-vf", "scale=64:36", "-pix_fmt", "gray", "-f",
             "rawvideo", "-"], text=False)
        self.assertEqual(b"", done.stderr)
        return done.stdout

    def sees_still(self, url):
        """The ground of the one with the name is dark and even."""
        rows = self.picture(url)[:64 * 8]
        return max(rows) < 60 and max(rows) - min(rows) < 4

    def health(self, server, state):
        server.wait_for_state(f"it is never {state}",
                              lambda now: now["sources"][0]["health"]["state"] == state, 40)

    def codec(self, server, pleases):
        server.wait_for_state("its tracks do not change", lambda now: (
            now["sources"][0]["health"]["state"] == "ok" and pleases(now["streams"][0]["codec"])))

    def has_viewer(self, server):
        server.wait_for_state(
            "no viewer", lambda now: now["viewers"] and now["viewers"][0]["framesSent"] > 10)

    def camera(self, kind, port):
        process = start_camera(self.desktop, kind, port)
        self.addCleanup(end, process)
        return process

    def test_a_camera_that_is_unplugged(self):
        camera = Camera(self.desktop).plug()
        server = self.serve("webcam")
        viewer = self.watch(server.url(), 14)
        self.has_viewer(server)
        camera.unplug()
        self.health(server, "retrying")
        wait_until("there is no still", lambda: self.sees_still(server.url()))
        camera.plug()
        self.health(server, "ok")
        wait_until("the still stays", lambda: not self.sees_still(server.url()))
        self.assert_went_on(viewer, 14)
        camera.unplug()

    def test_a_camera_whose_microphone_is_unplugged(self):
        body = "device.vendor.id=0x1234 device.product.id=0x5678"
        camera = Camera(self.desktop, body=body).plug()
        microphone = Microphone(self.desktop, body=body).plug()
        server = self.serve("webcam:microphone=own,size=640x360")
        viewer = self.watch(server.url(), 10)
        self.has_viewer(server)
        microphone.unplug()
        self.codec(server, lambda codec: "AAC" not in codec)
        microphone.plug()
        self.codec(server, lambda codec: "AAC" in codec)
        self.assert_went_on(viewer, 10)
        print("without sound for", round(viewer.seen().sound_gap, 2), "s", flush=True)
        self.assertGreater(viewer.seen().sound_seconds, 8)
        microphone.unplug()
        camera.unplug()

    def test_a_network_camera_whose_pictures_and_sound_pass(self):
        port = free_port()
        camera = self.camera("h264-aac", port)
        server = self.serve(f"rtsp:url=rtsp://127.0.0.1:{port}/cam")
        viewer = self.watch(server.url(), 20)
        self.has_viewer(server)
        end(camera)
        self.health(server, "retrying")
        wait_until("there is no still", lambda: self.sees_still(server.url()))
        self.camera("h264-aac", port)
        self.health(server, "ok")
        self.assert_went_on(viewer, 20, sound=True)

    def encoder(self, rtmp):
        process = self.desktop.spawn(
            ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error", "-re", "-f", "lavfi",
             "-i", "testsrc2=size=640x360:rate=25", "-f", "lavfi", "-i", "sine=sample_rate=48000",
             "-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "0", "-pix_fmt",
             "yuv420p", "-c:a", "aac", "-f", "flv", f"rtmp://127.0.0.1:{rtmp}/live/k"])
        self.addCleanup(end, process)
        return process

    def serve_encoder(self, rtmp):
        server = Server(self.desktop, "--source", "rtmp:key=k,grace=60", "--as", "door", "--stats", "0.2",
                        rtmp=rtmp)
        self.addCleanup(end, server.process)
        server.wait_until_it_listens(self.desktop)
        return server

    def test_an_encoder_that_stalls(self):
        rtmp = free_port()
        server = self.serve_encoder(rtmp)
        encoder = self.encoder(rtmp)
        viewer = self.watch(server.url(), 12)
        self.has_viewer(server)
        encoder.send_signal(signal.SIGSTOP)
        wait_until("there is no still", lambda: self.sees_still(server.url()))
        encoder.send_signal(signal.SIGCONT)
        wait_until("the still stays", lambda: not self.sees_still(server.url()))
        self.assert_went_on(viewer, 12, sound=True)

    def test_an_encoder_that_is_killed_and_comes_back(self):
        rtmp = free_port()
        server = self.serve_encoder(rtmp)
        encoder = self.encoder(rtmp)
        url = server.url()
        viewer = self.watch(url, 16)
        self.has_viewer(server)
        encoder.kill()
        wait_until("there is no still", lambda: self.sees_still(url))
        self.encoder(rtmp)
        wait_until("the still stays", lambda: not self.sees_still(url))
        self.assert_went_on(viewer, 16, sound=True)

    def test_the_last_picture_may_stay(self):
        port = free_port()
        camera = self.camera("mjpeg-bars", port)
        server = self.serve(f"rtsp:url=rtsp://127.0.0.1:{port}/cam", "--while-lost", "last")
        before = self.picture(server.url())
        end(camera)
        self.health(server, "retrying")
        wait_until("there is no still", lambda: self.picture(server.url()))
        after = self.picture(server.url())
        self.assertLess(max(abs(a - b) for a, b in zip(before, after)), 12)

    def test_a_picture_of_ones_own(self):
        image = os.path.join(self.desktop.folder, "soon.png")
        self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i",
                          "color=white:size=320x180", "-frames:v", "1", "-y", image])
        camera = Camera(self.desktop).plug()
        server = self.serve("webcam", "--while-lost", image)
        url = server.url()
        camera.unplug()
        self.health(server, "retrying")
        wait_until("there is no still", lambda: min(self.picture(url)) > 200)


if __name__ == "__main__":
    unittest.main(verbosity=2)
