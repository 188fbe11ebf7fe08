"""A picture outlives the camera that it came from: whoever scales or encodes it at that moment reads
on."""

import subprocess
import unittest

from cli_server import CLI as KEEPER
from desktop import Camera, Desktop, end


class Unplug(unittest.TestCase):
    def test_a_picture_can_be_read_when_its_camera_is_gone(self):
        with Desktop() as desktop:
            camera = Camera(desktop).plug()
            keeper = desktop.spawn([KEEPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.addCleanup(keeper.stdout.close)
            self.addCleanup(end, keeper)
            self.assertEqual("kept\n", keeper.stdout.readline())
            camera.unplug()
            keeper.stdin.write("\n")
            keeper.stdin.close()
            self.assertEqual("same\n", keeper.stdout.readline())
            self.assertEqual(0, keeper.wait(10))


if __name__ == "__main__":
    unittest.main(verbosity=2)
