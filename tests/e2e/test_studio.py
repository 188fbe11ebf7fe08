"""The whole main job in the real studio: a camera, a click, players with a password, the table of
viewers. Each step leaves a screenshot in the folder named by the second argument."""

import os
import re
import signal
import subprocess
import sys
import time
import unittest

from desktop import Camera, Desktop, end, wait_until
from players import (ffmpeg_command, ffmpeg_decodes, gstreamer_command, gstreamer_decodes,
                     mpv_command, mpv_plays, refused)

STUDIO = os.path.abspath(sys.argv.pop(1))
SHOTS = os.path.abspath(sys.argv.pop(1))

SESSION_TIMEOUT = 8  # seconds; so that a killed UDP player goes while we watch


class Studio(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.makedirs(SHOTS, exist_ok=True)
        cls.desktop = Desktop(screen="1440x900").__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)
        os.environ.update(cls.desktop.env)
        from screen_reader import ScreenReader
        cls.reader = ScreenReader("studio")
        folder = os.path.join(cls.desktop.env["XDG_CONFIG_HOME"], "heliograph")
        os.makedirs(folder)
        cls.project = os.path.join(folder, "project.toml")
        with open(cls.project, "w") as file:
            file.write('version = 1\n[[output]]\ntype = "rtsp"\n'
                       f'settings = {{ port = 0, session_timeout = {SESSION_TIMEOUT} }}\n'
                       '[[output]]\ntype = "rtmp"\nsettings = { port = 0 }\n')
        cls.camera = Camera(cls.desktop).plug()

    def setUp(self):
        self.log = open(os.path.join(self.desktop.folder, "studio.log"), "a")
        self.addCleanup(self.log.close)
        self.studio = self.desktop.spawn([STUDIO], stderr=self.log)
        self.addCleanup(end, self.studio)

    def shot(self, name):
        time.sleep(0.5)  # what has just changed is being painted
        self.desktop.screenshot(os.path.join(SHOTS, name + ".png"))

    def viewers(self):
        return self.reader.rows("Viewers")

    def watch(self, command):
        player = self.desktop.spawn(command)
        self.addCleanup(end, player)
        return player

    def wait_for_viewers(self, count, seconds=15):
        start = time.monotonic()
        wait_until(f"not {count} viewers", lambda: len(self.viewers()) == count, seconds)
        return time.monotonic() - start

    def cpu_seconds(self):
        with open(f"/proc/{self.studio.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def test_1_the_main_job(self):
        self.reader.find("push button", "Test Camera")
        print(f"start to first window: {self.cpu_seconds():.2f} s of CPU", flush=True)
        self.shot("1-first-start")
        self.reader.click("push button", "Test Camera")
        self.report_idle_cost()
        self.reader.click("push button", "Publish")
        self.reader.find("push button", "Stop publishing")
        url = wait_until("no address", lambda: self.reader.text_of("text", "Stream address"))
        self.assertRegex(url, r"^rtsp://[^@/]+:\d+/test-camera$")
        self.shot("2-published")
        refused(self.desktop, ffmpeg_command(url))
        login = self.copied("Copy address with password")
        self.assertEqual(url, self.copied("Copy address"))
        password = re.fullmatch(r"rtsp://viewer:([a-z-]{17})@" + re.escape(url[7:]), login).group(1)
        self.every_player_plays(login)
        self.the_password_is_kept_and_written_nowhere(password)
        url = login
        self.the_table_shows_each_player(url)
        self.a_killed_udp_player_goes_at_the_time_out(url)
        self.an_unplugged_camera_comes_back_under_its_viewers(url)

    def copied(self, button):
        """What the clipboard has after a click; before it, another program holds nothing there."""
        self.desktop.spawn(["xclip", "-selection", "clipboard", "-quiet", "-in", "/dev/null"])
        wait_until("the clipboard is not empty", lambda: not self.clipboard())
        self.reader.click("push button", button)
        return wait_until(f"nothing was copied by {button}", self.clipboard)

    def clipboard(self):
        return self.desktop.run(["xclip", "-selection", "clipboard", "-out"]).stdout

    def the_password_is_kept_and_written_nowhere(self, password):
        wait_until("the project is not saved", lambda: "test-camera" in self.read(self.project))
        self.assertIn("viewer", self.read(self.project))
        holders = []
        for folder, _, names in os.walk(self.desktop.folder):
            holders += [name for name in names
                        if password.encode() in self.read_bytes(os.path.join(folder, name))]
        self.assertEqual([], holders)  # the keyring's own file is encrypted
        self.assertNotIn(password, self.reader.everything())

    @staticmethod
    def read_bytes(path):
        try:
            with open(path, "rb") as file:
                return file.read()
        except OSError:  # a socket, or gone meanwhile
            return b""

    def read(self, path):
        return self.read_bytes(path).decode()

    def report_idle_cost(self):
        self.reader.find("frame", "Preview of Test Camera")
        time.sleep(1)
        before = self.cpu_seconds()
        time.sleep(4)
        print(f"one preview, nothing published: {(self.cpu_seconds() - before) / 4:.2f} of a core"
              " (painted in software under Xvfb)", flush=True)

    def every_player_plays(self, url):
        for transport in ("tcp", "udp"):
            self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, transport), 100)
        gstreamer_decodes(self.desktop, url)
        mpv_plays(self.desktop, url)
        self.wait_for_viewers(0)

    def the_table_shows_each_player(self, url):
        endless = 1000000
        players = [self.watch(ffmpeg_command(url, "tcp", endless)),
                   self.watch(ffmpeg_command(url, "udp", endless)),
                   self.watch(gstreamer_command(url, "tcp", endless)),
                   self.watch(mpv_command(url, endless))]
        self.wait_for_viewers(len(players))

        def all_flow():
            rows = self.viewers()
            return rows if len(rows) == 4 and all(
                row["Bitrate"] not in ("—", "0 bit/s") for row in rows) else None
        rows = wait_until("a viewer without a bitrate", all_flow)
        self.assertEqual(["TCP", "TCP", "TCP", "UDP"], sorted(row["Transport"] for row in rows))
        self.assertEqual({"test-camera"}, {row["Mount"] for row in rows})
        self.assertEqual({"viewer"}, {row["User"] for row in rows})
        self.assertTrue(any("GStreamer" in row["Player"] for row in rows), rows)
        self.assertTrue(any("Lavf" in row["Player"] for row in rows), rows)
        time.sleep(6)  # a receiver report from each, for the picture
        self.shot("3-viewers")
        for player in players:
            player.send_signal(signal.SIGINT)  # they say TEARDOWN
        for player in players:
            player.wait(10)
        took = self.wait_for_viewers(0)
        print(f"the table is empty {took:.2f} s after the players left", flush=True)

    def a_killed_udp_player_goes_at_the_time_out(self, url):
        player = self.watch(ffmpeg_command(url, "udp", 1000000))
        self.wait_for_viewers(1)
        player.kill()
        player.wait()
        took = self.wait_for_viewers(0, seconds=SESSION_TIMEOUT + 15)
        print(f"a killed UDP player is gone after {took:.1f} s", flush=True)

    def an_unplugged_camera_comes_back_under_its_viewers(self, url):
        viewer = self.watch(ffmpeg_command(url, "tcp", 400))
        self.wait_for_viewers(1)
        self.camera.unplug()
        wait_until("no word of the camera",
                   lambda: any("unplugged" in text for text in self.notices()))
        self.shot("4-unplugged")
        self.assertEqual(1, len(self.viewers()))
        self.camera.plug()
        self.shot("5-plugged-in-again")
        self.assertEqual(0, viewer.wait(60))  # 400 pictures in one session, across the gap

    def notices(self):
        items = self.reader.find("list", "Notices")
        return [items.getChildAtIndex(i).name for i in range(items.childCount)]

    def test_2_a_password_comes_back_from_the_keyring(self):
        self.reader.find("push button", "Stop publishing")
        wait_until("no address", lambda: self.reader.text_of("text", "Stream address"))
        login = self.copied("Copy address with password")
        self.assertIn("viewer:", login)
        ffmpeg_decodes(self.desktop, login, "tcp", 30)
        self.server_settings_fold_their_limits_away()

    def server_settings_fold_their_limits_away(self):
        self.reader.click("push button", "Server settings")
        self.reader.find("dialog", "Server settings")
        self.assertFalse(self.reader.is_there("spin button", "Viewers at most"))
        self.shot("6-server-settings")
        self.reader.click("check box", "Advanced", inside=("dialog", "Server settings"))
        self.reader.find("spin button", "Viewers at most")
        self.shot("7-server-limits")

    def test_3_without_its_password_a_stream_waits(self):
        with open(self.project, "w") as file:
            file.write('version = 1\n[[source]]\nname = "Bars"\ntype = "pattern"\nmount = "bars"\n'
                       'audience = "my-network-with-password"\nusers = [{ name = "ann" }]\n'
                       'published = true\nsettings = { size = "320x240" }\n'
                       '[[output]]\ntype = "rtsp"\nsettings = { port = 0 }\n')
        self.start_again()
        self.reader.find("password text", "Password")
        self.assertTrue(self.reader.is_there("push button", "Publish"))
        self.shot("8-password-not-found")

    def start_again(self):
        end(self.studio)
        self.studio = self.desktop.spawn([STUDIO], stderr=self.log)
        self.addCleanup(end, self.studio)

    def test_4_sources_come_back_published(self):
        with open(self.project, "w") as file:
            file.write('version = 1\n[[source]]\nname = "Bars"\ntype = "pattern"\nmount = "bars"\n'
                       'published = true\nsettings = { size = "320x240" }\n'
                       '[[output]]\ntype = "rtsp"\nsettings = { port = 0 }\n')
        self.start_again()
        self.reader.find("push button", "Stop publishing")
        url = wait_until("no address", lambda: self.reader.text_of("text", "Stream address"))
        ffmpeg_decodes(self.desktop, url, "tcp", 30)


if __name__ == "__main__":
    unittest.main(verbosity=2)
