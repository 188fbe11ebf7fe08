"""A camera on the network as a process of its own: camera.py, and the wait until it serves."""

import os

from desktop import wait_until

CAMERA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "camera.py")


def start_camera(desktop, kind, port, *more):
    out = os.path.join(desktop.folder, f"camera-{port}.out")
    with open(out, "w") as file:
        process = desktop.spawn(["/usr/bin/python3", CAMERA, kind, str(port), *more], stdout=file)

    def is_up():
        with open(out) as file:
            return "up" in file.read()
    wait_until("no camera is up", is_up)
    return process
