"""RTSPS judged by real players: what they decode over TLS, and what a stranger at that port gets."""

import os
import re
import socket
import ssl
import subprocess
import sys
import unittest

from desktop import Desktop, end, wait_until
from players import ffmpeg_decodes, gstreamer_decodes

CLI = os.path.abspath(sys.argv.pop(1))


class Rtsps(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop().__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)

    def serve(self, *arguments):
        """Returns the fingerprint, the plain URL and the one over TLS."""
        out = os.path.join(self.desktop.folder, self.id() + ".out")
        with open(out, "w") as file:
            process = self.desktop.spawn(
                [CLI, "--rtsp", "0", "--rtsps", "0", "--rtmp", "0",
                 "--source", "pattern:size=640x360,tone=440", "--as", "cam", *arguments], stdout=file, stderr=subprocess.STDOUT)
        self.addCleanup(end, process)

        def told():
            with open(out) as file:
                return re.search(r"^fingerprint SHA256 ([0-9A-F:]{95})\nready (rtsp://\S+)\n"
                                 r"ready (rtsps://\S+)\n", file.read(), re.M)
        return wait_until("nothing is ready", told).groups()

    def port_of(self, url):
        return int(re.search(r":(\d+)/", url).group(1))

    def test_real_players_decode_over_tls_and_beside_it(self):
        _, plain, secure = self.serve()
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, secure, "tcp"), 100)
        gstreamer_decodes(self.desktop, secure, "tcp")
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, plain, "udp"), 100)

    def test_the_certificate_is_the_one_of_the_fingerprint_and_stays(self):
        first, _, secure = self.serve()
        context = ssl.create_default_context()
        context.load_verify_locations(os.path.join(self.desktop.env["XDG_DATA_HOME"],
                                                   "heliograph", "tls-certificate.pem"))
        with socket.create_connection(("127.0.0.1", self.port_of(secure))) as raw:
            # The name is checked, too: it was made for this computer's addresses.
            with context.wrap_socket(raw, server_hostname="127.0.0.1") as connection:
                self.assertEqual("TLSv1.3", connection.version())
                connection.sendall(b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n")
                self.assertTrue(connection.recv(4096).startswith(b"RTSP/1.0 200 OK"))
        again, _, _ = self.serve()
        self.assertEqual(first, again)

    def test_a_certificate_of_ones_own_is_shown(self):
        folder = self.desktop.folder
        key, certificate = os.path.join(folder, "own.key"), os.path.join(folder, "own.pem")
        self.desktop.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                          "-subj", "/CN=own", "-keyout", key, "-out", certificate], check=True)
        shown = self.desktop.run(["openssl", "x509", "-in", certificate, "-noout", "-fingerprint",
                                  "-sha256"], check=True).stdout
        fingerprint, _, secure = self.serve("--certificate", certificate, "--certificate-key", key)
        self.assertIn(fingerprint, shown)
        self.assertGreaterEqual(ffmpeg_decodes(self.desktop, secure, "tcp", 20), 20)

    def test_a_key_that_does_not_belong_is_told(self):
        folder = self.desktop.folder
        for name in ("a", "b"):
            self.desktop.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj",
                              "/CN=" + name, "-keyout", f"{folder}/{name}.key",
                              "-out", f"{folder}/{name}.pem"], check=True)
        refused = self.desktop.run(
            [CLI, "--rtsp", "0", "--rtsps", "0", "--rtmp", "0", "--certificate", f"{folder}/a.pem",
             "--certificate-key", f"{folder}/b.key", "--source", "pattern", "--as", "cam"])
        self.assertEqual(1, refused.returncode)
        self.assertIn("does not belong", refused.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
