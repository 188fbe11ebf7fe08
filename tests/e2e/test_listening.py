"""What a person hears who listens to a source in the studio: recorded at the monitor of a loudspeaker
that is none, in a private PipeWire that Qt reaches over its PulseAudio side."""

import array
import math
import os
import sys
import unittest

from desktop import Desktop, Loudspeaker, end, wait_until

STUDIO = os.path.abspath(sys.argv.pop(1))
RATE = 48000
TONE = 440  # Hz

PROJECT = f"""version = 1
[[source]]
name = "Tone"
type = "pattern"
mount = "tone"
settings = {{ size = "320x240", tone = {TONE} }}
[[output]]
type = "rtsp"
settings = {{ port = 0 }}
"""


class Listening(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop(screen="1440x900").__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)
        cls.desktop.start_pulse()
        os.environ.update(cls.desktop.env)
        from screen_reader import ScreenReader
        cls.reader = ScreenReader("studio")
        cls.speaker = Loudspeaker(cls.desktop).plug()

    def setUp(self):
        folder = os.path.join(self.desktop.env["XDG_CONFIG_HOME"], "heliograph")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "project.toml"), "w") as file:
            file.write(PROJECT)
        self.studio = self.desktop.spawn([STUDIO])
        self.addCleanup(end, self.studio)

    def record(self, seconds=1.0):
        """What the loudspeaker plays, as samples of one channel. A recorder is given silence first."""
        done = self.desktop.run(["ffmpeg", "-v", "error", "-nostdin", "-f", "pulse", "-i",
                                 self.speaker.name + ".monitor", "-ss", "0.5", "-t", str(seconds), "-ac", "1",
                                 "-ar", str(RATE), "-f", "f32le", "-"], text=False)
        self.assertEqual(0, done.returncode, done.stderr)
        return array.array("f", done.stdout)

    def heard(self):
        """The frequency, in Hz, and the peak."""
        sound = self.record()
        rises = sum(1 for a, b in zip(sound, sound[1:]) if a < 0 <= b)
        return rises * RATE / max(1, len(sound)), max(map(abs, sound), default=0)

    def report_clicks(self, seconds=5):
        """Steps that no sine of this height has: where samples are missing, or were too late."""
        sound = self.record(seconds)
        steepest = max(map(abs, sound)) * 2 * math.pi * TONE / RATE
        steps = [abs(b - a) for a, b in zip(sound, sound[1:])]
        clicks = sum(1 for step in steps if step > 1.2 * steepest)
        print(f"{clicks} clicks in {seconds} s", flush=True)

    def hears_the_tone(self):
        frequency, peak = self.heard()
        return abs(frequency - TONE) < 5 and peak > 0.01

    def is_silent(self):
        return self.heard()[1] == 0

    def test_a_source_is_heard_only_while_somebody_listens(self):
        self.reader.find("frame", "Preview of Tone")
        self.assertTrue(self.is_silent())
        self.reader.click("check box", "Listen")
        wait_until("the tone is not heard", self.hears_the_tone)
        print("heard: %.1f Hz, peak %.3f" % self.heard(), flush=True)
        self.report_clicks()
        self.speaker.unplug()
        wait_until("no word of the missing output",
                   lambda: "no sound output" in self.reader.everything())
        self.speaker.plug()
        wait_until("the tone does not come back", self.hears_the_tone)
        wait_until("the sentence stays",
                   lambda: "no sound output" not in self.reader.everything())
        self.reader.click("check box", "Listen")
        wait_until("it goes on after the end", self.is_silent)

    def test_nobody_listens_when_the_studio_starts_again(self):
        self.reader.find("frame", "Preview of Tone")
        self.reader.click("check box", "Listen")
        wait_until("the tone is not heard", self.hears_the_tone)
        end(self.studio)
        self.setUp()
        self.reader.find("frame", "Preview of Tone")
        self.assertTrue(self.is_silent())


if __name__ == "__main__":
    unittest.main(verbosity=2)
