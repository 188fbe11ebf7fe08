"""Fifty times another source or another size under one mount, with real players watching: they stay,
and decode what comes."""

import os
import subprocess
import unittest

from cli_server import CLI as SWAPPER
from cli_server import free_port
from desktop import Desktop, end, wait_until
from players import gstreamer_command, vlc_command

SWAPS = 50


class Swap(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop().__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)

    def clip(self):
        """1080p with sound of the form that the pattern's is encoded in."""
        file = os.path.join(self.desktop.folder, "clip.mp4")
        self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i",
                          "testsrc2=size=1920x1080:rate=25", "-f", "lavfi", "-i",
                          "sine=sample_rate=48000", "-t", "6", "-c:v", "libx264", "-preset",
                          "ultrafast", "-bf", "2", "-g", "12", "-pix_fmt", "yuv420p", "-c:a", "aac",
                          "-ac", "2", file])
        return file

    def log(self, name):
        return os.path.join(self.desktop.folder, name + ".log")

    def spawn(self, name, command):
        with open(self.log(name), "w") as log:
            process = self.desktop.spawn(command, stdout=log, stderr=subprocess.STDOUT)
        self.addCleanup(end, process)
        return process

    def test_viewers_stay_through_fifty_swaps(self):
        rtsp, rtmp = free_port(), free_port()
        swapper = self.desktop.spawn([SWAPPER, str(rtsp), str(rtmp), self.clip(), str(SWAPS)],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(end, swapper)
        self.assertEqual("ready\n", swapper.stdout.readline())
        url = f"rtsp://127.0.0.1:{rtsp}/show"
        viewers = {
            "ffmpeg": ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error", "-rtsp_transport",
                       "tcp", "-i", url, "-map", "0:v", "-fps_mode", "passthrough",
                       "-enc_time_base:v", "1:90000", "-vf", "scale=64:36", "-f", "framemd5", "-"],
            "rtmp": ["ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error",
                     "-i", f"rtmp://127.0.0.1:{rtmp}/show", "-map", "0:v", "-fps_mode", "passthrough",
                     "-enc_time_base:v", "1:90000", "-vf", "scale=64:36", "-f", "framemd5", "-"],
            "gstreamer": gstreamer_command(url, "tcp", 10 ** 6),
            "vlc": vlc_command(f"rtmp://127.0.0.1:{rtmp}/show", 10 ** 6),
            "mpv": ["mpv", "--no-config", "--vo=null", "--ao=null", "--rtsp-transport=tcp",
                    "--msg-level=all=warn,statusline=status", "--term-status-msg=pictures ${estimated-frame-number}",
                    url],
        }
        processes = {name: self.spawn(name, command) for name, command in viewers.items()}
        wait_until("FFmpeg sees nothing", lambda: os.path.getsize(self.log("ffmpeg")) > 3000)
        wait_until("GStreamer sees nothing", lambda: "pictures" in self.end_of("gstreamer"))
        wait_until("VLC sees nothing", lambda: "pictures" in self.end_of("vlc"))
        swapper.stdin.write("\n")
        swapper.stdin.flush()
        self.assertEqual("swapped\n", swapper.stdout.readline())
        for name, process in processes.items():
            self.assertIsNone(process.poll(), name + " left: " + self.end_of(name))
            before = os.path.getsize(self.log(name))
            wait_until(name + " sees nothing any more: " + self.end_of(name),
                       lambda: os.path.getsize(self.log(name)) > before)
        swapper.stdin.close()
        for name in ("ffmpeg", "rtmp"):
            processes[name].wait(20)
            self.judge(name)

    def end_of(self, name):
        with open(self.log(name)) as log:
            return log.read()[-800:]

    def judge(self, name):
        """FFmpeg decodes all the way, its times rise, and nothing lasts that it complains of."""
        times, complaints = [], []
        with open(self.log(name)) as log:
            for line in log:
                fields = line.split(",")
                if len(fields) == 6 and fields[0] == "0":
                    times.append(int(fields[2]) / 90000)
                elif line[0] != "#":
                    complaints.append(line)
        steps = [after - before for before, after in zip(times[1:], times[2:])]
        self.assertGreater(min(steps), 0)
        self.assertLess(max(steps), 12, name)
        self.assertGreater(len(times), SWAPS * 2, name)
        self.assertEqual([], complaints, name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
