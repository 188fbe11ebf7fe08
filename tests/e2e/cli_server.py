"""A running heliograph-cli, and a keyring to keep its passwords in. The program's path is the
first argument of the test."""

import itertools
import json
import os
import socket
import subprocess
import sys
import time

from desktop import wait_until

CLI = os.path.abspath(sys.argv.pop(1))


KEEP = """
import sys, gi
gi.require_version("Secret", "1")
from gi.repository import Secret
schema = Secret.Schema.new("org.heliograph.Secret", Secret.SchemaFlags.NONE,
                           {"key": Secret.SchemaAttributeType.STRING})
Secret.password_store_sync(schema, {"key": sys.argv[1]}, Secret.COLLECTION_DEFAULT, "test",
                           sys.argv[2], None)
"""


NEWEST = 2 ** 18  # bytes of what a server printed, in which its newest state is whole

PORTS = itertools.count(61 * os.getpid())


def free_port():
    """Of those that the system gives to nobody by itself; each test's process asks for others."""
    for number in PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", 12000 + number % 8000))
            except OSError:
                continue
            return probe.getsockname()[1]


class Server:
    """A running heliograph-cli whose lines are collected in files. Over RTMP, too, where a port for
    it is given: the usual one is another program's, perhaps, or another test's."""

    def __init__(self, desktop, *arguments, env=None, rtmp=0, remote=False):
        self.out = os.path.join(desktop.folder, f"cli-{time.monotonic_ns()}.out")
        self.err = self.out.replace(".out", ".err")
        self.port, self.rtmp = free_port(), rtmp
        with open(self.out, "w") as out, open(self.err, "w") as err:
            self.process = desktop.spawn([CLI, "--rtsp", str(self.port), "--rtmp", str(rtmp),
                                          *(["--remote"] if remote else []), *arguments],
                                         stdout=out, stderr=err, more_env=env,
                                         stdin=subprocess.PIPE if remote else None)

    def say(self, command):
        """To one that is remote."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()

    def lines(self):
        """Those that are whole: the last one may be on its way."""
        with open(self.out) as file:
            return file.read().rpartition("\n")[0].splitlines()

    def complaints(self):
        with open(self.err) as file:
            return file.read()

    def ready_urls(self):
        return [line[len("ready "):] for line in self.lines() if line.startswith("ready ")]

    def wait_until_it_listens(self, desktop):
        """Over RTMP, where nothing may be ready yet."""
        def listens():
            return desktop.run(["/bin/sh", "-c", f"ss -ltn | grep :{self.rtmp}"]).stdout
        wait_until("it does not listen: " + self.complaints(), listens)

    def url(self, scheme="rtsp"):
        """The first that is ready: of one mount, unless there are several."""
        def ready():
            return [url for url in self.ready_urls() if url.startswith(scheme + "://")]
        return wait_until(f"no {scheme} is ready: " + self.complaints(), ready)[0]

    def states(self):
        return [json.loads(line) for line in self.lines() if line.startswith("{")]

    def state(self):
        """The newest one, however many there were; nothing as long as there is none."""
        start = max(0, os.path.getsize(self.out) - NEWEST)
        with open(self.out, "rb") as file:
            file.seek(start)
            lines = file.read().rpartition(b"\n")[0].split(b"\n")
        states = [line for line in lines[start > 0:] if line.startswith(b"{")]
        return json.loads(states[-1]) if states else None

    def wait_for_state(self, what, pleases, seconds=15.0):
        def newest():
            state = self.state()
            return state if state and state["sources"] and pleases(state) else None
        return wait_until(what, newest, seconds)


def keep_in_keyring(desktop, key, password):
    """As libsecret does, from another program."""
    desktop.run(["/usr/bin/python3", "-c", KEEP, key, password], check=True)
