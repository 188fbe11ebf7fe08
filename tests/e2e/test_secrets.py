"""Secrets by every way in, and out of none: each has a word of its own, which is then looked for in
all that heliograph-cli says and writes, while it logs as much as it can."""

import base64
import os
import re
import socket
import sys
import time
import unittest
import urllib.parse

import rtmp_publisher
from desktop import Desktop, end, wait_until
from players import ffmpeg_decodes
from cli_server import CLI, Server, free_port, keep_in_keyring

CAMERA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "camera.py")
WAYS_IN = ["environment", "keyring", "url", "basic", "digest", "token", "session", "project",
           "unknown-mount", "user-agent", "setting", "option", "oversized", "stream-key",
           "pulled-url", "rtmp-login", "rtmp-key", "rtmp-agent", "launch-line", "camera",
           "camera-url"]
# Letters that no other word has, and a number: the longest that TOML refuses by quoting it.
SECRETS = {way: f"zq{i:02}xjkwv{i:02}" for i, way in enumerate(WAYS_IN)}
NUMBER = "91827364554637281909182736455463"


def forms(secret):
    """As it is, and as the protocols carry it."""
    yield secret
    yield secret.upper()
    yield secret[4:]
    for user in ("ann:", "viewer:", ""):
        yield base64.b64encode((user + secret).encode()).decode()


class Client:
    """Speaks RTSP by hand; what comes back is the peer's own affair."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.cseq = 0

    def ask(self, method, url, *headers):
        self.cseq += 1
        lines = [f"{method} {url} RTSP/1.0", f"CSeq: {self.cseq}", *headers, "", ""]
        return self.send("\r\n".join(lines))

    def send(self, text):
        try:
            self.socket.sendall(text.encode())
            return self.read()
        except OSError:
            return ""

    def read(self):
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = self.socket.recv(65536)
            if not piece:
                break
            answer += piece
        return answer.decode(errors="replace")


class Secrets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desktop = Desktop().__enter__()
        cls.addClassCleanup(cls.desktop.__exit__)
        cls.said = {}  # what was said, by what said it

    def note(self, what, text):
        self.said.setdefault(what, "")
        self.said[what] += text + "\n"

    def run_cli(self, *words, rtmp=0):
        done = self.desktop.run([CLI, "--verbose", "--rtmp", str(rtmp), *words])
        self.note("the output", done.stdout + done.stderr)
        return done

    def leaks(self):
        found = []
        for what, text in self.said.items():
            for way, secret in [*SECRETS.items(), ("number", NUMBER)]:
                found += [f"{way} in {what}: {line}" for line in text.splitlines()
                          if any(form in line for form in forms(secret))]
        return found

    def nothing_leaked(self):
        leaks = self.leaks()
        self.said.clear()
        self.assertEqual("", "\n".join(leaks))

    def serve(self, *words, env=None, rtmp=0):
        server = Server(self.desktop, "--verbose", "--stats", "0.2", *words, env=env, rtmp=rtmp)
        self.addCleanup(end, server.process)
        return server

    def close(self, server):
        time.sleep(0.6)  # two more snapshots
        end(server.process)
        self.note("standard output", "\n".join(server.lines()))
        self.note("standard error", server.complaints())
        return "\n".join(server.lines()), server.complaints()

    def test_1_what_clients_send(self):
        server = self.serve("--source", "pattern:size=320x240", "--as", "cam", "--user", "ann",
                            "--source", "pattern:size=320x240", "--as", "front/door",
                            env={"HELIOGRAPH_PASSWORD": SECRETS["environment"]})
        wait_until("not ready", lambda: len(server.ready_urls()) >= 2)
        port = server.port
        login = f"rtsp://ann:{SECRETS['environment']}@127.0.0.1:{port}/cam"
        ffmpeg_decodes(self.desktop, login, "tcp", 10)
        self.requests_of_every_kind(port)
        self.a_viewer_with_a_talkative_name(login)
        out, err = self.close(server)
        self.assertIn("DESCRIBE", err)  # the log is there
        self.assertIn("wrong user name or password", out)  # and the notices
        self.assertIn("…@camera.local/x", out)  # and the table of viewers
        self.nothing_leaked()

    def requests_of_every_kind(self, port):
        host = f"127.0.0.1:{port}"
        basic = base64.b64encode(f"ann:{SECRETS['basic']}".encode()).decode()
        for method in ("OPTIONS", "DESCRIBE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "RECORD",
                       "GET_PARAMETER", "ANNOUNCE", "NONSENSE"):
            client = Client(port)
            client.ask(method, f"rtsp://ann:{SECRETS['url']}@{host}/cam")
            client.ask(method, f"rtsp://ann:1/{SECRETS['url']}@{host}/cam")  # a slash in it
            client.ask(method, f"rtsp://{host}/cam?token={SECRETS['token']}")
            client.ask(method, f"/cam/trackID=0?token={SECRETS['token']}")
            client.ask(method, f"rtsp://{host}/cam", f"Session: {SECRETS['session']}")
            client.ask(method, f"rtsp://x:{SECRETS['unknown-mount']}@{host}/nothing")
            client.ask(method, f"rtsp://{host}/{SECRETS['unknown-mount']}")
            client.ask(method, f"rtsp://{host}/cam/{SECRETS['unknown-mount']}")
            client.ask(method, SECRETS["unknown-mount"])
            client.ask(method, f"rtsp://{host}/cam", f"Require: {SECRETS['session']}")
        for authorization in (
                f"Basic {basic}", f"Basic {SECRETS['basic']}", f"Bearer {SECRETS['basic']}",
                self.digest(user=SECRETS["digest"]), self.digest(uri=SECRETS["digest"]),
                self.digest(uri=f"rtsp://ann:{SECRETS['digest']}@{host}/cam"),
                self.digest(nonce=SECRETS["digest"], response=SECRETS["digest"])):
            Client(port).ask("DESCRIBE", f"rtsp://{host}/cam", f"Authorization: {authorization}")
        self.a_real_digest_of_a_wrong_password(port)
        self.requests_that_are_none(port)

    @staticmethod
    def digest(**fields):
        values = {"user": "ann", "uri": "/cam", "nonce": "n", "response": "r", **fields}
        return (f'Digest username="{values["user"]}", realm="Heliograph", nonce="{values["nonce"]}"'
                f', uri="{values["uri"]}", response="{values["response"]}"')

    def a_real_digest_of_a_wrong_password(self, port):
        client = Client(port)
        challenge = client.ask("DESCRIBE", "/cam")
        nonce = re.search(r'nonce="([^"]+)"', challenge).group(1)
        for user in ("ann", SECRETS["digest"]):
            client.ask("DESCRIBE", "/cam",
                       "Authorization: " + self.digest(user=user, nonce=nonce, response="0" * 32))

    def requests_that_are_none(self, port):
        secret = SECRETS["oversized"]
        for text in (f"DESCRIBE /cam RTSP/1.0\r\nCSeq: 1\r\nX-Key: {secret * 20000}\r\n\r\n",
                     f"{secret * 20000}",
                     f"{secret}\r\n\r\n",
                     f"DESCRIBE /cam HTTP/1.1\r\nAuthorization: {secret}\r\n\r\n",
                     f"DESCRIBE /cam RTSP/1.0\r\n{secret}\r\nCSeq: 2\r\n\r\n",
                     f"DESCRIBE /cam RTSP/1.0\r\nCSeq: {secret}\r\n\r\n",
                     f"DESCRIBE /cam RTSP/1.0\r\nCSeq: 3\r\nContent-Length: {secret}\r\n\r\n",
                     f"DESCRIBE /cam\x01{secret} RTSP/1.0\r\nCSeq: 4\r\n\r\n",
                     "DESCRIBE /cam RTSP/1.0\r\n" + f"X: {secret}\r\n" * 500 + "\r\n"):
            Client(port).send(text)

    def a_viewer_with_a_talkative_name(self, login):
        name = f"Player (rtsp://bob:{SECRETS['user-agent']}@camera.local/x?key={SECRETS['user-agent']})"
        player = self.desktop.spawn(
            ["ffmpeg", "-nostdin", "-user_agent", name, "-rtsp_transport", "tcp", "-i",
             login + "?token=" + SECRETS["token"], "-f", "null", "-"])
        time.sleep(5)
        end(player)

    def test_2_what_is_kept(self):
        keep_in_keyring(self.desktop, "user cam eve", SECRETS["keyring"])
        file = self.project('name = "Bars"\ntype = "pattern"\nmount = "cam"\npublished = true\n'
                            'audience = "my-network-with-password"\nusers = [{ name = "eve" }]\n'
                            'settings = { size = "320x240" }\n')
        server = self.serve("--project", file)
        login = server.url().replace("rtsp://", f"rtsp://eve:{SECRETS['keyring']}@")
        ffmpeg_decodes(self.desktop, login, "tcp", 10)
        self.close(server)
        with open(file) as stream:
            self.note("the project", stream.read())
        self.nothing_leaked()

    def project(self, text):
        path = os.path.join(self.desktop.folder, "project.toml")
        with open(path, "w") as file:
            file.write("version = 1\n[[source]]\n" + text)
        return path

    def test_3_broken_projects(self):
        secret = SECRETS["project"]
        for text in (f"password = {secret}\n", f'password = "{secret}\n', f"{secret}\n",
                     f'password = "{secret}"\n', f"password = {NUMBER}\n",
                     f"password = 0x{secret}\n", f"password = 1979-05-27{secret}\n",
                     f"password = true{secret}\n", f'password = "\\{secret}"\n',
                     f'users = [{{ name = "x", password = "{secret}" }}]\n',
                     f'users = [{{ name = "x", password = {secret} }}]\n',
                     f'users = "{secret}"\n', f'mount = "{secret} {secret}"\n',
                     f'audience = "{secret}"\n', f'published = "{secret}"\n',
                     f'type = "pattern"\nsettings = {{ size = "{secret}" }}\n',
                     f'type = "pattern"\nsettings = {{ size = "rtsp://x:{secret}@h" }}\n',
                     f'[[output]]\ntype = "rtsp"\nsettings = {{ address = "rtsp://x:{secret}@h" }}\n'):
            done = self.run_cli("--project", self.project(text), "--rtsp", "0", "--duration", "1")
            self.assertEqual(1, done.returncode, text)
            self.assertTrue(done.stderr.strip(), text)
        self.nothing_leaked()

    def test_4_command_lines(self):
        secret = SECRETS["option"]
        for words in (["--password", secret], [f"--password={secret}"], [f"-p{secret}"], [secret],
                      ["--rtsp", secret], [f"--stats={secret}"], ["--duration", secret],
                      ["--source", f"rtsp://ann:{secret}@host/", "--as", "x"],
                      ["--source", "pattern", "--as", f"ann:{secret}@x"],
                      ["--source", "pattern", "--as", "x", "--user", f"ann:{secret}"],
                      ["--source", "pattern", "--as", "x", "--bind", f"rtsp://ann:{secret}@host/"],
                      ["--project", f"rtsp://ann:{secret}@host/p.toml"]):
            done = self.run_cli(*words)
            self.assertEqual(1, done.returncode, words)
            self.assertTrue(done.stderr.strip(), words)
        self.nothing_leaked()

    def test_5_a_source_whose_setting_is_a_url_with_a_login(self):
        url = f"http://ann:{SECRETS['setting']}@camera.local/?key={SECRETS['setting']}"
        for words in (["--source", f"webcam:device={url}", "--as", "x"],
                      ["--source", f"pattern:size={url}", "--as", "x"],
                      ["--source", f"pattern:{url}", "--as", "x"],
                      ["--source", f"pattern:tone=1,{url}", "--as", "x"]):
            self.run_cli(*words, "--rtsp", "0", "--stats", "0.2", "--duration", "5")
        self.nothing_leaked()

    def test_5_launch_lines(self):
        secret = SECRETS["launch-line"]
        login = f"location=rtsp://ann:{secret}@127.0.0.1:1/{secret} user-pw={secret}"
        for line in (f"rtspsrc {login} ! decodebin", f"rtspsrc {login} nosuch={secret}",
                     f"rtspsrc {login} latency={secret}", f"rtspsrc {login} ! ! {secret}"):
            done = self.run_cli("--source", "launch:line=" + line, "--as", "x", "--rtsp", "0",
                                "--stats", "0.2", "--duration", "5")
            self.assertIn("launch line", done.stderr)
        self.nothing_leaked()

    def test_6_stream_keys_and_what_is_pulled(self):
        key, url = SECRETS["stream-key"], SECRETS["pulled-url"]
        pulled = f"rtmp://ann:{url}@127.0.0.1:1/live/{url}?token={url}"
        for words in (["--source", f"rtmp:key={key}", "--as", "obs",
                       "--source", f"rtmp:key={key}", "--as", "again"],  # taken
                      ["--source", f"rtmp:url={pulled}", "--as", "x"],
                      ["--source", f"rtmp:url={url}", "--as", "x"],
                      ["--source", f"rtmp:keys={key}", "--as", "x"],
                      ["--source", f"rtmp:key={key},grace={key}", "--as", "x"]):
            self.run_cli(*words, "--rtsp", "0", "--stats", "0.2", "--duration", "5", rtmp=free_port())
        keep_in_keyring(self.desktop, "setting obs key", key)
        file = self.project('name = "OBS"\ntype = "rtmp"\nmount = "obs"\npublished = true\n')
        done = self.run_cli("--project", file, "--rtsp", "0", "--stats", "0.2",
                            "--duration", "5")
        self.assertIn('"health"', done.stdout)
        self.assertNotIn("stream key is empty", done.stdout + done.stderr)
        self.nothing_leaked()

    def test_6_logins_of_cameras(self):
        password, url = SECRETS["camera"], SECRETS["camera-url"]
        port = free_port()
        out = os.path.join(self.desktop.folder, "camera.out")
        with open(out, "w") as file:
            self.desktop.spawn(["/usr/bin/python3", CAMERA, "h264", str(port), "digest"],
                               stdout=file)
        wait_until("no camera is up", lambda: "up" in open(out).read())
        for address in (f"rtsp://127.0.0.1:{port}/cam", "rtsp://127.0.0.1:1/cam"):
            with_login = address.replace("rtsp://", f"rtsp://ann:{url}@") + f"?token={url}"
            for setting in (f"url={address},user=ann,password={password}", f"url={with_login}",
                            f"url={with_login},password={password}"):
                done = self.run_cli("--source", "rtsp:" + setting, "--as", "x", "--rtsp", "0",
                                    "--stats", "0.2", "--duration", "5")
                self.assertIn("Calling rtsp://", done.stdout)
        self.nothing_leaked()

    def test_7_what_rtmp_clients_send(self):
        server = self.serve("--source", "pattern:size=320x240", "--as", "cam", "--user", "ann",
                            "--source", f"rtmp:key={SECRETS['rtmp-key']}", "--as", "pub",
                            env={"HELIOGRAPH_PASSWORD": SECRETS["environment"]}, rtmp=free_port())
        url = server.url("rtmp")
        host = url.rsplit("/", 1)[0]
        login = SECRETS["rtmp-login"]
        ffmpeg_decodes(self.desktop, f"{url}?user=ann&pass={SECRETS['environment']}", None, 10)
        for address in (f"{url}?user=ann&pass={login}", f"{url}?token={login}", f"{host}/{login}",
                        f"{host}/live/{login}", url.replace("rtmp://", f"rtmp://ann:{login}@")):
            self.desktop.run(["ffmpeg", "-nostdin", "-i", address, "-t", "1", "-f", "null", "-"])
        self.desktop.run(["rtmpdump", "-v", "-q", "-r", host + "/live/cam", "-f",
                          f"rtmp://bob:{SECRETS['rtmp-agent']}@camera.local/x", "-o", "/dev/null"])
        for key in (SECRETS["rtmp-key"], login):  # one that is known, one that is none
            self.desktop.run(["ffmpeg", "-nostdin", "-re", "-f", "lavfi", "-i",
                              "testsrc=size=320x240", "-t", "2", "-c:v", "libx264", "-f", "flv",
                              f"{host}/live/{key}"])
        self.rtmp_commands_that_are_none(host, login)
        out, err = self.close(server)
        self.assertIn("wrong user name or password", out)
        for line in ("connect ", "play cam", "publish pub", "publish ", "an unknown command",
                     "is answered NetStream.Play.StreamNotFound",
                     "is answered NetStream.Publish.BadName"):  # the log is there
            self.assertRegex(err, rf"(?m) rtmp [0-9.]+:\d+ {line}$")
        self.nothing_leaked()

    @staticmethod
    def rtmp_commands_that_are_none(host, secret):
        client = rtmp_publisher.Client(f"{host}/live/{secret}")
        client.ask(1, secret, 3, rtmp_publisher.text(secret))
        client.ask(0, "_checkbw", 4, b"\5")
        client.wait_for(b"_result" + rtmp_publisher.number(4))  # all was heard
        client.socket.close()

    def test_8_the_seeds_can_be_found(self):
        self.assertGreaterEqual(len(SECRETS), 12)
        for secret in SECRETS.values():
            self.said = {"control": f"ann:{urllib.parse.quote(secret)}@"}
            self.assertEqual(1, len(self.leaks()))


if __name__ == "__main__":
    unittest.main(verbosity=2)
