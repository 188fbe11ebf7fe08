"""What each kind of camera on the network may do while people watch it, and what they lose by it: they
stay, nothing is damaged, and the table of their losses is printed."""

import dataclasses
import signal
import time
import unittest

from camera import PASSWORD
from cli_server import Server, free_port
from desktop import Desktop, end, wait_until
from rtsp_camera import start_camera
from watcher import Watcher

FPS = 25
WATCHED = 32  # s of the stream
AWAY = 8  # s
LOGIN = ",user=ann,password=" + PASSWORD.replace("\\", "\\\\").replace(",", "\\,")
# s of the stream without a picture: two until silence is a loss, and the making of the still.
LONGEST_GAP = 10
LONGEST_LOSS = 20  # s until it is back


@dataclasses.dataclass
class Case:
    """A camera, and what becomes of it."""
    mount: str
    kind: str
    fault: str
    scheme: str = ""
    sound: bool = False


CASES = (
    Case("h265", "h265-aac", "killed", sound=True),
    Case("mjpeg", "mjpeg", "killed"),
    Case("pcmu", "h264-pcmu", "killed", scheme="basic", sound=True),
    Case("digest", "h264-aac", "hangs up", scheme="digest", sound=True),
    Case("stalls", "h264-aac", "stalls", sound=True),
    Case("tcp", "h264-aac-tcp", "hangs up", sound=True),
    Case("blind", "h264-aac", "returns blind", sound=True),
    Case("sizes", "h264-aac", "shrinks", sound=True),
)


class Camera:
    """With its source, and a viewer of it."""

    def __init__(self, desktop, case):
        self.desktop, self.case, self.port = desktop, case, free_port()
        self.start(case.kind)

    def start(self, kind):
        scheme = [self.case.scheme] if self.case.scheme else []
        self.process = start_camera(self.desktop, kind, self.port, *scheme)

    def source(self):
        login = LOGIN if self.case.scheme else ""
        return f"rtsp:url=rtsp://127.0.0.1:{self.port}/cam{login}"

    def harm(self):
        send = self.process.send_signal
        {"killed": self.process.kill, "hangs up": lambda: send(signal.SIGUSR1),
         "stalls": lambda: send(signal.SIGSTOP), "shrinks": lambda: send(signal.SIGUSR2),
         "returns blind": lambda: self.become(self.case.kind + "-blind")}[self.case.fault]()

    def mend(self):
        {"killed": lambda: self.become(self.case.kind), "hangs up": lambda: None,
         "stalls": lambda: self.process.send_signal(signal.SIGCONT), "shrinks": lambda: None,
         "returns blind": lambda: self.become(self.case.kind)}[self.case.fault]()

    def become(self, kind):
        self.process.kill()
        self.process.wait()
        self.start(kind)


class Faults(unittest.TestCase):
    def setUp(self):
        self.desktop = Desktop().__enter__()
        self.addCleanup(self.desktop.__exit__)

    def serve(self, cameras):
        arguments = [word for camera in cameras
                     for word in ("--source", camera.source(), "--as", camera.case.mount)]
        server = Server(self.desktop, *arguments, "--stats", "0.5")
        self.addCleanup(end, server.process)
        wait_until("not every camera is there: " + server.complaints(),
                   lambda: len(server.ready_urls()) == len(cameras), 40)
        return server

    def test_viewers_stay_whatever_a_camera_does(self):
        cameras = [Camera(self.desktop, case) for case in CASES]
        server = self.serve(cameras)
        viewers = [Watcher(self.desktop, f"rtsp://127.0.0.1:{server.port}/{case.mount}", "tcp", WATCHED)
                   for case in CASES]
        for viewer in viewers:
            viewer.wait_until_it_sees()
        for camera in cameras:
            camera.harm()
        time.sleep(AWAY)
        for camera in cameras:
            camera.mend()
        ends = [viewer.wait() for viewer in viewers]
        losses = [viewer.seen() for viewer in viewers]
        self.show(losses)
        for case, seen, code in zip(CASES, losses, ends):
            with self.subTest(case.mount):
                self.judge(case, seen, code)

    def show(self, losses):
        print("\n| camera | what it does | longest gap s | pictures missing | stills instead |"
              " gap in the sound s | errors |\n" + "|---" * 7 + "|")
        for case, seen in zip(CASES, losses):
            sound = f"{seen.sound_gap:.2f}" if case.sound else "–"
            print(f"| {case.kind} {case.scheme} | {case.fault} | {seen.picture_gap:.2f} |"
                  f" {seen.missing(FPS)} | {seen.stills} | {sound} | {len(seen.errors)} |", flush=True)

    def judge(self, case, seen, code):
        self.assertEqual([], seen.errors)
        self.assertEqual(0, code)
        self.assertGreater(seen.picture_seconds, WATCHED - 2)
        self.assertGreater(seen.least_step, 0)
        self.assertLess(seen.picture_gap, LONGEST_GAP)
        self.assertLess(seen.missing(FPS), LONGEST_LOSS * FPS)  # it came back
        if case.fault in ("killed", "stalls"):
            self.assertGreater(seen.stills, 0)
        if case.sound:
            self.assertGreater(seen.sounds, 0)
            self.assertLess(seen.sound_gap, LONGEST_GAP)


if __name__ == "__main__":
    unittest.main(verbosity=2)
