"""The screen and windows of a real X server, as players see them."""

import json
import subprocess
import unittest

from cli_server import CLI, Server
from desktop import Desktop, end, wait_until

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


class Screen(unittest.TestCase):
    def setUp(self):
        self.desktop = Desktop(screen="800x600").__enter__()
        self.addCleanup(self.desktop.__exit__)
        wait_until("no window manager", lambda: "window id" in self.desktop.run(
            ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]).stdout)

    def serve(self, *arguments, **options):
        server = Server(self.desktop, *arguments, **options)
        self.addCleanup(end, server.process)
        return server

    def show(self, title, color, geometry):
        """A window that is nothing but its colour, when it is there."""
        window = self.desktop.spawn(["xmessage", "-title", title, "-geometry", geometry, "-buttons", "",
                                     "-bg", color, "-fg", color, "-bd", color, "x"])
        wait_until(f"{title} did not open", lambda: self.number_of(title))
        return window

    def number_of(self, title):
        return self.desktop.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"]).stdout.strip()

    def picture(self, url):
        """Width, height and the colour in the middle of a picture of now."""
        frame = self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-rtsp_transport", "tcp", "-i", url,
                                  "-frames:v", "1", "-f", "image2pipe", "-c:v", "ppm", "-"], text=False).stdout
        if not frame:
            return None
        _, size, _, pixels = frame.split(b"\n", 3)
        width, height = map(int, size.split())
        at = (height // 2 * width + width // 2) * 3
        return width, height, tuple(pixels[at:at + 3])

    def shows(self, url, color, size=None):
        def like():
            got = self.picture(url)
            return (got and all(abs(a - b) < 40 for a, b in zip(got[2], color))
                    and (size is None or got[:2] == size))
        wait_until(f"not {color} in {size}: {self.picture(url)}", like, 20)

    def devices(self):
        return json.loads(self.desktop.run([CLI, "--list-devices=json"]).stdout)["devices"]

    def test_a_window_is_shown_also_covered_resized_and_opened_again(self):
        window = self.show("Red box", "red", "300x200+100+100")
        server = self.serve("--source", "screen:pointer=no,device=window:Red box", "--as", "w",
                            "--stats", "0.2")
        url = server.url()
        self.shows(url, RED, (300, 200))
        self.show("Blue box", "blue", "400x400+50+50")
        self.shows(url, RED)
        self.desktop.run(["xdotool", "windowsize", "--sync", self.number_of("Red box"), "200", "120"])
        self.shows(url, RED, (200, 120))
        end(window)
        lost = server.wait_for_state("the loss is not told",
                                     lambda s: s["sources"][0]["health"]["state"] == "retrying")
        self.assertIn("The window is closed", lost["sources"][0]["health"]["error"])
        self.assertIn("Red box", lost["sources"][0]["health"]["error"])
        self.show("Red box", "green", "300x200+100+100")
        server.wait_for_state("it does not come back",
                              lambda s: s["sources"][0]["health"]["state"] == "ok")
        self.shows(url, GREEN)

    def test_a_minimised_window_is_told_and_comes_back(self):
        self.show("Red box", "red", "300x200+100+100")
        server = self.serve("--source", "screen:device=window:Red box", "--as", "w", "--stats", "0.2")
        self.shows(server.url(), RED)
        number = self.number_of("Red box")
        self.desktop.run(["xdotool", "windowminimize", number])
        server.wait_for_state("it is not told",
                              lambda s: s["sources"][0]["health"]["state"] == "retrying")
        self.desktop.run(["xdotool", "windowmap", number])
        server.wait_for_state("it does not come back",
                              lambda s: s["sources"][0]["health"]["state"] == "ok")
        self.shows(server.url(), RED)

    def test_the_whole_screen_is_shown_and_its_server_may_die(self):
        server = self.serve("--source", "screen:pointer=no", "--as", "s",
                            "--source", "pattern:size=320x240", "--as", "p", "--stats", "0.2")
        url = wait_until("no screen", lambda: [u for u in server.ready_urls() if u.endswith("/s")])[0]
        self.show("Blue box", "blue", "800x600+0+0")
        self.shows(url, BLUE, (800, 600))
        screen = next(p for p in self.desktop.processes if p.args[0] == "Xvfb")
        end(screen)
        lost = server.wait_for_state("the loss is not told",
                                     lambda s: s["sources"][0]["health"]["state"] == "retrying")
        self.assertIn("screen is not there", lost["sources"][0]["health"]["error"])
        self.desktop.spawn(["Xvfb", self.desktop.env["DISPLAY"], "-screen", "0", "800x600x24",
                            "-nolisten", "tcp", "-noreset"])
        server.wait_for_state("it does not come back",
                              lambda s: s["sources"][0]["health"]["state"] == "ok")
        frames = server.states()[-1]["sources"][1]["frames"]
        server.wait_for_state("the pattern stopped", lambda s: s["sources"][1]["frames"] > frames + 10)
        end(server.process)
        self.assertEqual(0, server.process.returncode)

    def test_screens_and_windows_are_listed_as_they_come_and_go(self):
        self.show("Red, box", "red", "300x200+100+100")
        found = {device["id"]: device for device in self.devices()}
        self.assertEqual([{"width": 800, "height": 600, "maximumFps": None, "format": "BGRx"}],
                         found["screen"]["modes"])
        window = found["window:Xmessage/Red, box"]
        self.assertEqual(("window", "Red, box", []), (window["kind"], window["name"], window["modes"]))
        server = self.serve("--source", window["source"], "--as", "w", "--stats", "0.2")
        self.shows(server.url(), RED)
        blue = self.show("Blue box", "blue", "100x100+0+0")
        server.wait_for_state("a new window is not found",
                              lambda s: "Blue box" in [device["name"] for device in s["devices"]])
        end(blue)
        server.wait_for_state("a closed window stays",
                              lambda s: "Blue box" not in [device["name"] for device in s["devices"]])
        self.assertEqual("", server.complaints())  # windows are not plugged in and out


if __name__ == "__main__":
    unittest.main(verbosity=2)
