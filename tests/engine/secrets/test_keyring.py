"""The desktop's keyring for real: gnome-keyring on a session bus of its own, asked by one process
after the other; and what happens where there is none, where it is locked and where it hangs."""

import os
import signal
import subprocess
import sys
import time
import unittest

from desktop import Session

PROBE = os.path.abspath(sys.argv.pop(1))
KEY = "user cam viewer"


class Keyring(unittest.TestCase):
    def setUp(self):
        self.session = Session().__enter__()
        self.addCleanup(self.session.__exit__)

    def ask(self, *words):
        start = time.monotonic()
        done = self.session.run([PROBE, *words])
        self.took = time.monotonic() - start
        self.assertEqual("", done.stderr)
        return done.stdout.strip()

    def lock(self):
        self.session.ask_bus("org.freedesktop.secrets", "org.freedesktop.Secret.Service.Lock",
                             "['/org/freedesktop/secrets/aliases/default']")

    def file(self):
        return os.path.join(self.session.env["XDG_DATA_HOME"], "heliograph", "secrets.toml")

    def test_what_is_kept_is_found_by_another_process_and_forgotten(self):
        self.session.start_keyring()
        self.assertEqual("keyring", self.ask("place"))
        self.assertEqual("nothing", self.ask("find", KEY))
        self.session.env["PROBE_SECRET"] = "säsame"
        self.assertEqual("done", self.ask("keep", KEY))
        self.assertEqual("säsame", self.ask("find", KEY))
        self.assertEqual("nothing", self.ask("find", KEY + "s"))
        self.session.env["PROBE_SECRET"] = "another"
        self.assertEqual("done", self.ask("keep", KEY))
        self.assertEqual("another", self.ask("find", KEY))
        self.assertEqual("done", self.ask("forget", KEY))
        self.assertEqual("nothing", self.ask("find", KEY))
        self.assertEqual("done", self.ask("forget", KEY))
        self.assertFalse(os.path.exists(self.file()))

    def test_without_a_bus_the_file_is_used(self):
        for address in (None, "unix:path=/nonexistent/bus"):
            self.session.env.pop("DBUS_SESSION_BUS_ADDRESS")
            if address:
                self.session.env["DBUS_SESSION_BUS_ADDRESS"] = address
            self.assertEqual(self.file(), self.ask("place"))
            self.session.env["DBUS_SESSION_BUS_ADDRESS"] = ""

    def test_a_locked_keyring_asks_nobody_and_the_file_is_used(self):
        self.session.start_keyring()
        self.lock()
        self.assertEqual(self.file(), self.ask("place"))

    def test_one_that_is_locked_meanwhile_says_so(self):
        self.session.start_keyring()
        probe = self.session.spawn([PROBE, "wait", KEY], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE)
        self.assertEqual("open", probe.stdout.readline().strip())
        self.lock()
        said, _ = probe.communicate("\n", timeout=30)
        self.assertEqual(1, probe.returncode)
        self.assertIn("keyring", said)
        self.assertIn("locked", said)

    def test_one_that_hangs_is_not_waited_for(self):
        keyring = self.session.start_keyring()
        keyring.send_signal(signal.SIGSTOP)
        # GLib's proxy of a service that never answers forgets three words of memory.
        self.session.env["LSAN_OPTIONS"] = "detect_leaks=0"
        try:
            self.assertEqual(self.file(), self.ask("place"))
            print(f"a keyring that hangs costs {self.took:.1f} s", flush=True)
        finally:
            keyring.send_signal(signal.SIGCONT)


if __name__ == "__main__":
    unittest.main(verbosity=2)
