"""heliograph-cli as an operator uses it: real pictures, real players, real signals."""

import json
import os
import pathlib
import re
import signal
import subprocess
import time
import unittest

from cli_server import CLI, Server, keep_in_keyring
from desktop import Camera, Desktop, end, wait_until
from players import (ffmpeg_command, ffmpeg_decodes, gstreamer_command, gstreamer_decodes,
                     mpv_command, mpv_plays, refused)


def speaks_to_the_bus(process):
    threads = pathlib.Path(f"/proc/{process.pid}/task").glob("*/comm")
    try:
        return any(thread.read_text() == "gdbus\n" for thread in threads)
    except OSError:  # one has just ended
        return False


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop().__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)

    def serve(self, *arguments, env=None):
        server = Server(self.desktop, *arguments, env=env)
        self.addCleanup(end, server.process)
        return server

    def test_real_players_decode_the_pattern_over_tcp_and_udp(self):
        server = self.serve("--source", "pattern:size=640x360,tone=440", "--as", "cam")
        url = server.url()
        self.assertEqual(f"rtsp://127.0.0.1:{server.port}/cam", url)
        for transport in ("tcp", "udp"):
            self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, transport), 100)
            gstreamer_decodes(self.desktop, url, transport)
        mpv_plays(self.desktop, url)

    def test_the_tone_is_heard_at_its_frequency(self):
        server = self.serve("--source", "pattern:size=320x240,tone=1000", "--as", "cam")
        done = self.desktop.run(
            ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error", "-rtsp_transport", "tcp",
             "-i", server.url(), "-map", "0:a", "-t", "3", "-f", "f32le", "-ac", "1", "-"],
            text=False)
        samples = memoryview(done.stdout).cast("f")
        crossings = sum(1 for a, b in zip(samples[4800:], samples[4801:]) if a < 0 <= b)
        self.assertAlmostEqual(1000, crossings / ((len(samples) - 4800) / 48000), delta=10)

    def test_a_camera_comes_and_goes_while_a_viewer_watches(self):
        camera = Camera(self.desktop).plug()
        listed = self.desktop.run([CLI, "--list-devices"]).stdout
        self.assertIn("Test Camera", listed)
        device = re.search(r"webcam:device=(\S+)", listed).group(1)
        server = self.serve("--source", f"webcam:device={device}", "--as", "cam", "--stats", "0.2")
        url = server.url()
        viewer = self.desktop.spawn(ffmpeg_command(url, "tcp", 200), stderr=subprocess.PIPE)
        server.wait_for_state("no viewer", lambda s: s["viewers"] and s["viewers"][0]["framesSent"] > 10)
        camera.unplug()
        lost = server.wait_for_state("the loss is not told",
                                     lambda s: s["sources"][0]["health"]["state"] == "retrying")
        self.assertIn("not plugged in", lost["sources"][0]["health"]["error"])
        self.assertEqual([], lost["devices"])
        self.assertEqual(1, len(lost["viewers"]))
        camera.plug()
        server.wait_for_state("the camera does not come back",
                              lambda s: s["sources"][0]["health"]["state"] == "ok")
        _, report = viewer.communicate(timeout=60)
        self.assertEqual(0, viewer.returncode, report)  # it got its 200 pictures in one session
        camera.unplug()

    def test_the_encoder_rests_while_nobody_watches(self):
        server = self.serve("--source", "pattern:size=320x240", "--as", "cam", "--stats", "0.2")
        url = server.url()
        server.wait_for_state("it does not rest", lambda s: s["streams"][0]["resting"], 30)
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, "tcp"), 100)
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, "udp"), 100)
        server.wait_for_state("it does not rest again", lambda s: s["streams"][0]["resting"], 30)
        self.assertGreater(server.states()[-1]["sources"][0]["fps"], 20)  # captured all the time

    def test_encoders_are_listed_and_one_that_does_not_work_is_replaced(self):
        listed = json.loads(self.desktop.run([CLI, "--list-encoders=json"]).stdout)["encoders"]
        self.assertEqual(["software", "nvenc", "qsv", "vaapi", "v4l2m2m"], [e["id"] for e in listed])
        self.assertTrue(listed[0]["available"])
        text = self.desktop.run([CLI, "--list-encoders"]).stdout
        broken = [encoder for encoder in listed if not encoder["available"]]
        for encoder in broken:
            self.assertIn(encoder["reason"], text)
        if not broken:
            self.skipTest("every encoder works on this computer")
        server = self.serve("--source", f"pattern:size=640x360,encoder={broken[0]['id']}", "--as", "cam")
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, server.url(), "tcp"), 100)

    def test_a_file_is_passed_on_without_a_seam(self):
        clip = os.path.join(self.desktop.folder, "a clip, 4 s.mp4")
        self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i",
                          "testsrc2=size=640x360:rate=30", "-f", "lavfi", "-i", "sine=sample_rate=48000",
                          "-t", "4", "-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "60",
                          "-c:a", "aac", clip])
        server = self.serve("--source", "file:path=" + clip.replace(",", "\\,"), "--as", "f")
        url = server.url()
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, "tcp", 300), 300)
        copied = self.desktop.run(
            ["ffprobe", "-v", "error", "-rtsp_transport", "tcp", "-read_intervals", "%+8", "-show_entries",
             "packet=stream_index,pts_time", "-of", "csv=p=0", url]).stdout.split()
        times = {"0": [], "1": []}
        for line in copied:
            stream, time_ = line.split(",")[:2]
            if time_ != "N/A":  # of the first picture, before ffprobe knows the reordering
                times[stream].append(float(time_))
        self.assertGreater(len(times["0"]), 150)
        self.assertEqual(sorted(times["1"]), times["1"])
        shown = sorted(times["0"])
        steps = [b - a for a, b in zip(shown, shown[1:-4])]  # the last ones wait for a B-frame
        # At the seam the sound, which is some 40 ms longer than the pictures, is waited for.
        self.assertLess(max(steps), 0.1)
        self.assertGreater(min(steps), 0.03)
        self.assertEqual("", server.complaints())

    def test_a_file_that_is_none_is_told_and_waited_for(self):
        clip = os.path.join(self.desktop.folder, "late.mp4")
        server = self.serve("--source", "file:path=" + clip + ",loop=no", "--as", "f", "--stats", "0.2")
        lost = server.wait_for_state("no health",
                                     lambda s: s["sources"][0]["health"]["state"] == "retrying")
        self.assertIn("late.mp4", lost["sources"][0]["health"]["error"])
        self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i",
                          "testsrc2=size=640x360:rate=30", "-t", "2", "-c:v", "libx264",
                          "-f", "mp4", clip + ".part"])
        os.rename(clip + ".part", clip)
        ended = server.wait_for_state("it does not end",
                                      lambda s: s["sources"][0]["health"]["state"] == "failed", 30)
        self.assertIn("come to its end", ended["sources"][0]["health"]["error"])
        self.assertEqual(60, ended["sources"][0]["frames"])

    def test_with_a_password_every_player_gets_in_and_with_a_wrong_one_none(self):
        server = self.serve("--source", "pattern:size=640x360,tone=440", "--as", "cam",
                            "--user", "ann", "--stats", "0.2",
                            env={"HELIOGRAPH_PASSWORD": "p@ss: wörd"})
        url = server.url()
        self.assertNotIn("@", url)
        right = url.replace("rtsp://", "rtsp://ann:p%40ss%3A%20w%C3%B6rd@")
        wrong = url.replace("rtsp://", "rtsp://ann:sesame@")
        for transport in ("tcp", "udp"):
            self.assertGreaterEqual(ffmpeg_decodes(self.desktop, right, transport), 100)
        gstreamer_decodes(self.desktop, right)
        mpv_plays(self.desktop, right)
        viewer = self.desktop.spawn(ffmpeg_command(right, "tcp", 100000))
        server.wait_for_state("no user", lambda s: [v["user"] for v in s["viewers"]] == ["ann"])
        end(viewer)
        for command in (ffmpeg_command(wrong), gstreamer_command(wrong), mpv_command(wrong),
                        ffmpeg_command(url)):
            refused(self.desktop, command)
        wait_until("the wrong password is not told",
                   lambda: "wrong user name or password" in server.complaints())

    def test_the_password_comes_from_where_the_studio_keeps_it(self):
        words = ["--source", "pattern:size=320x240", "--as", "cam", "--user", "ann"]
        without = self.desktop.run([CLI, "--rtsp", "0", *words])
        self.assertEqual(1, without.returncode)
        self.assertIn("HELIOGRAPH_PASSWORD", without.stderr)
        self.assertIn("the desktop's keyring", without.stderr)
        keep_in_keyring(self.desktop, "user cam ann", "sesame")
        server = self.serve(*words)
        ffmpeg_decodes(self.desktop, server.url().replace("rtsp://", "rtsp://ann:sesame@"), "tcp", 10)
        refused(self.desktop, ffmpeg_command(server.url()))

    def test_a_project_with_a_password_stays_locked_whatever_it_is_bound_to(self):
        file = os.path.join(self.desktop.folder, "locked.toml")
        with open(file, "w") as stream:
            stream.write('version = 1\nbanned = ["192.0.2.7"]\n[[source]]\nname = "Bars"\n'
                         'type = "pattern"\nmount = "bars"\npublished = true\n'
                         'audience = "my-network-with-password"\nusers = [{ name = "eve" }]\n'
                         'settings = { size = "320x240" }\n')
        self.assertEqual(1, self.desktop.run([CLI, "--project", file]).returncode)
        keep_in_keyring(self.desktop, "user bars eve", "apple")
        server = self.serve("--project", file, "--bind", "0.0.0.0", "--stats", "0.2")
        url = server.url()
        refused(self.desktop, ffmpeg_command(url))
        ffmpeg_decodes(self.desktop, url.replace("rtsp://", "rtsp://eve:apple@"), "tcp", 10)
        server.wait_for_state("no ban", lambda s: s["banned"] == ["192.0.2.7"])

    def test_a_keyring_that_hangs_does_not_keep_it(self):
        self.desktop.keyring.send_signal(signal.SIGSTOP)
        self.addCleanup(self.desktop.keyring.send_signal, signal.SIGCONT)
        server = self.serve("--source", "pattern:size=320x240", "--as", "cam", "--user", "bob")
        wait_until("it asks no keyring", lambda: speaks_to_the_bus(server.process))
        server.process.send_signal(signal.SIGINT)
        self.assertEqual(0, server.process.wait(20))  # 1 where it waited, and knows no password
        self.assertEqual("", server.complaints())

    def test_whoever_is_banned_in_the_project_is_not_heard(self):
        file = os.path.join(self.desktop.folder, "banned.toml")
        with open(file, "w") as stream:
            stream.write('version = 1\nbanned = ["127.0.0.1"]\n[[source]]\nname = "Bars"\n'
                         'type = "pattern"\nmount = "bars"\npublished = true\n'
                         'settings = { size = "320x240" }\n')
        server = self.serve("--project", file)
        self.assertNotEqual(0, self.desktop.run(ffmpeg_command(server.url())).returncode)

    def test_all_addresses_are_named_by_real_ones(self):
        server = self.serve("--bind", "0.0.0.0", "--source", "pattern:size=320x240", "--as", "cam")
        server.url()
        for url in server.ready_urls():
            self.assertNotIn("0.0.0.0", url)
            ffmpeg_decodes(self.desktop, url, "tcp", 10)

    def test_ffmpeg_decodes_what_is_sent_to_a_multicast_group(self):
        file = os.path.join(self.desktop.folder, "multicast.toml")
        group = f"239.255.{os.getpid() % 256}.1"  # of this run: others may listen to theirs
        with open(file, "w") as stream:
            stream.write('version = 1\n[[source]]\nname = "Bars"\ntype = "pattern"\nmount = "bars"\n'
                         'published = true\naudience = "my-network"\nmulticast = true\n'
                         'settings = { size = "640x360" }\n[[output]]\ntype = "rtsp"\n'
                         f'settings = {{ multicast_group = "{group}" }}\n')
        server = self.serve("--project", file)
        url = server.url()
        if "://127." in url:
            self.skipTest("this computer has no network interface, and loopback alone does not "
                          "carry FFmpeg's multicast")
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, url, "udp_multicast"), 100)

    def test_a_signal_ends_it_and_every_viewer_is_told(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            server = self.serve("--source", "pattern:size=320x240", "--as", "cam", "--stats", "0.2")
            viewer = self.desktop.spawn(ffmpeg_command(server.url(), "tcp", 100000))
            server.wait_for_state("no viewer", lambda s: s["viewers"])
            start = time.monotonic()
            server.process.send_signal(number)
            self.assertEqual(0, server.process.wait(10))
            print(f"{number.name}: ended after {time.monotonic() - start:.2f} s", flush=True)
            viewer.wait(10)  # told, not left waiting for a time-out

    def test_a_source_that_hangs_does_not_keep_it(self):
        pipe = os.path.join(self.desktop.folder, "pipe")
        os.mkfifo(pipe)
        for line in (f"filesrc location={pipe} ! decodebin",
                     "videotestsrc is-live=true ! identity sleep-time=60000000"):
            server = self.serve("--source", "launch:line=" + line, "--as", "stuck",
                                "--source", "pattern:size=320x240", "--as", "cam")
            server.url()
            server.process.send_signal(signal.SIGINT)
            self.assertEqual(0, server.process.wait(20), line)

    def test_the_clock_in_the_pattern_knows_every_rate(self):
        for fps in (12.5, 23.976, 29.97, 119.88):
            server = self.serve("--source", f"pattern:size=320x240,fps={fps}", "--as", "cam")
            self.assertGreaterEqual(ffmpeg_decodes(self.desktop, server.url(), "tcp", 20), 20)
            end(server.process)
            self.assertEqual("", server.complaints(), fps)

    def test_a_duration_ends_it(self):
        server = self.serve("--source", "pattern:size=320x240", "--as", "cam", "--duration", "1")
        self.assertEqual(0, server.process.wait(15))

    def test_a_taken_port_names_its_holder_and_exits_with_2(self):
        first = self.serve("--source", "pattern:size=320x240", "--as", "cam")
        first.url()
        second = self.desktop.run([CLI, "--rtsp", str(first.port), "--source", "pattern", "--as", "a"])
        self.assertEqual(2, second.returncode)
        self.assertIn("heliograph-cli", second.stderr)
        self.assertIn(str(first.process.pid), second.stderr)
        self.assertIn(f"port: {first.port}, held by", second.stderr)

    def test_a_project_file_is_served_and_a_broken_one_is_told_with_its_place(self):
        file = os.path.join(self.desktop.folder, "my project.toml")
        with open(file, "w") as stream:
            stream.write('version = 1\n[[source]]\nname = "Bars"\ntype = "pattern"\nmount = "bars"\n'
                         'published = true\nsettings = { size = "320x240" }\n')
        server = self.serve("--project", file)
        self.assertTrue(server.url().endswith("/bars"))
        with open(file, "a") as stream:
            stream.write("fps = \n")
        refused = self.desktop.run([CLI, "--project", file])
        self.assertEqual(1, refused.returncode)
        self.assertRegex(refused.stderr, r"line 8, column \d+")
        with open(file, "w") as stream:
            stream.write('version = 1\n[[source]]\nname = "Bars"\ntype = "pattern"\nmount = "bars"\n'
                         'published = true\nsettings = { fps = 100000 }\n')
        refused = self.desktop.run([CLI, "--project", file])
        self.assertEqual(1, refused.returncode)
        self.assertIn(f"{file} › line 7, column 20: “Bars”: fps must be between 1 and 120 fps",
                      refused.stderr)

    def test_a_camera_that_is_not_there_is_told_and_waited_for(self):
        server = self.serve("--source", "webcam:device=camera:latecam", "--as", "cam", "--stats", "0.2")
        server.wait_for_state("no health",
                              lambda s: s["sources"][0]["health"]["state"] == "retrying")
        camera = Camera(self.desktop, "latecam", "Late Camera").plug()
        ffmpeg_decodes(self.desktop, server.url(), "tcp", 20)
        camera.unplug()


if __name__ == "__main__":
    unittest.main(verbosity=2)
