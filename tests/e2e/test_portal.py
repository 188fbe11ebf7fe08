"""A screen of Wayland, as the desktop's portal hands it out. The portal is a fake, since there is no
compositor; the bus, PipeWire and its node are real."""

import json
import os
import re
import signal
import sys
import unittest

from cli_server import CLI, Server
from desktop import Camera, Desktop, end, wait_until
from players import ffmpeg_decodes

FAKE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fake_portal.py")


class Portal(unittest.TestCase):
    def setUp(self):
        self.desktop = Desktop().__enter__()
        self.addCleanup(self.desktop.__exit__)
        self.desktop.env["WAYLAND_DISPLAY"] = "wayland-0"
        self.screen = Camera(self.desktop, "screen").plug()
        self.calls_file = os.path.join(self.desktop.folder, "calls")
        open(self.calls_file, "w").close()

    def start_portal(self):
        nodes = self.desktop.run(["pw-cli", "ls", "Node"]).stdout
        node = next(re.match(r"\s*(\d+)", part).group(1) for part in nodes.split("\tid ")
                    if 'node.name = "screen"' in part)
        fake = self.desktop.spawn([sys.executable, FAKE, node, self.calls_file])
        wait_until("no portal", lambda: "true" in self.desktop.ask_bus(
            "org.freedesktop.DBus", "org.freedesktop.DBus.NameHasOwner",
            "org.freedesktop.portal.Desktop"))
        return fake

    def calls(self, method):
        with open(self.calls_file) as file:
            return [call[1:] for call in map(json.loads, file) if call[0] == method]

    def serve(self, settings=""):
        server = Server(self.desktop, "--source", "screen" + settings, "--as", "s", "--stats", "0.2")
        self.addCleanup(end, server.process)
        return server

    def test_the_screen_comes_and_its_token_is_used_again(self):
        fake = self.start_portal()
        server = self.serve(":pointer=no,token=of-last-time")
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, server.url(), "tcp", 50), 50)
        asked = self.calls("SelectSources")[0][1]
        self.assertEqual(("of-last-time", 1, 2, 3), (asked["restore_token"], asked["cursor_mode"],
                                                     asked["persist_mode"], asked["types"]))
        self.screen.unplug()  # the pictures end, so it opens anew, with what it was given
        self.screen.plug()
        end(fake)
        self.start_portal()
        wait_until("it does not ask again", lambda: len(self.calls("Start")) > 1, 30)
        self.assertEqual("token-1", self.calls("SelectSources")[-1][1]["restore_token"])
        server.wait_for_state("it does not come back",
                              lambda s: s["sources"][0]["health"]["state"] == "ok", 30)

    def test_who_is_stopped_or_refused_does_not_ask_again(self):
        fake = self.start_portal()
        server = self.serve()
        server.url()
        self.assertNotIn("restore_token", self.calls("SelectSources")[0][1])
        fake.send_signal(signal.SIGUSR1)
        stopped = server.wait_for_state("the stop is not told",
                                        lambda s: s["sources"][0]["health"]["state"] == "failed")
        self.assertIn("does not show its screen", stopped["sources"][0]["health"]["error"])
        fake.send_signal(signal.SIGUSR2)
        refused = self.serve()
        refused.wait_for_state("the refusal is not told",
                               lambda s: s["sources"][0]["health"]["state"] == "failed")
        starts = len(self.calls("Start"))
        frames = len(refused.states())
        wait_until("no time passes", lambda: len(refused.states()) > frames + 15)  # three seconds
        self.assertEqual(2, starts)
        self.assertEqual(starts, len(self.calls("Start")))

    def test_without_a_portal_it_is_told_and_waited_for(self):
        server = self.serve()
        lost = server.wait_for_state("no health",
                                     lambda s: s["sources"][0]["health"]["state"] == "retrying")
        self.assertIn("screen is not there", lost["sources"][0]["health"]["error"])
        self.start_portal()
        server.wait_for_state("it does not come",
                              lambda s: s["sources"][0]["health"]["state"] == "ok")

    def test_it_is_listed(self):
        listed = json.loads(self.desktop.run([CLI, "--list-devices=json"]).stdout)["devices"]
        self.assertIn(("portal", "screen:device=portal"),
                      [(device["id"], device["source"]) for device in listed])


if __name__ == "__main__":
    unittest.main(verbosity=2)
