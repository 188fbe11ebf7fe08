"""Publishes an FLV file to an RTMP server, in its own time, with timestamps that begin where they
are told to: FFmpeg's stop at 2^31. Usage: rtmp_publisher.py URL FILE FIRST_TIMESTAMP_MS"""

import os
import signal
import socket
import struct
import sys
import time
import urllib.parse

CHUNK = 4096
EXTENDED = 0xFFFFFF
COMMAND, AUDIO, VIDEO, DATA = 20, 8, 9, 18


def number(value):
    return b"\0" + struct.pack(">d", value)


def text(value):
    return b"\2" + struct.pack(">H", len(value)) + value.encode()


def record(**values):
    """Of texts, and of values that are written already."""
    body = b"".join(text(name)[1:] + (value if isinstance(value, bytes) else text(value))
                    for name, value in values.items())
    return b"\3" + body + b"\0\0\x09"


def message(csid, kind, stream, timestamp, payload):
    """Whole, with a header of its own (fmt 0); the continuations repeat an extended timestamp."""
    timestamp &= 0xFFFFFFFF
    extension = struct.pack(">I", timestamp) if timestamp >= EXTENDED else b""
    head = (bytes([csid]) + min(timestamp, EXTENDED).to_bytes(3, "big")
            + len(payload).to_bytes(3, "big") + bytes([kind]) + struct.pack("<I", stream))
    pieces = [payload[at:at + CHUNK] for at in range(0, len(payload), CHUNK)]
    more = bytes([0xC0 | csid]) + extension
    return head + extension + more.join(pieces)


def tags(file):
    """(type, timestamp, body) of an FLV file, without its metadata."""
    with open(file, "rb") as stream:
        data = stream.read()
    at = 13
    while at + 11 <= len(data):
        kind, size = data[at], int.from_bytes(data[at + 1:at + 4], "big")
        timestamp = int.from_bytes(data[at + 4:at + 7], "big") | data[at + 7] << 24
        if kind in (AUDIO, VIDEO):
            yield kind, timestamp, data[at + 11:at + 11 + size]
        at += 11 + size + 4


class Client:
    """Connected, with one stream to publish on or to play."""

    def __init__(self, url, **says):
        parts = urllib.parse.urlsplit(url)
        app, self.name = parts.path.strip("/").split("/", 1)
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=10)
        self.socket.sendall(b"\3" + bytes(8) + os.urandom(1528))
        self.socket.sendall(self.read(1 + 2 * 1536)[1:1537])
        self.socket.sendall(message(2, 1, 0, 0, struct.pack(">I", CHUNK)))
        base = f"rtmp://{parts.hostname}:{parts.port}/{app}"
        self.ask(0, "connect", 1, record(app=app, tcUrl=base, type="nonprivate", **says))
        self.ask(0, "createStream", 2, b"\5")

    def read(self, count):
        data = b""
        while len(data) < count:
            piece = self.socket.recv(count - len(data))
            if not piece:
                raise ConnectionError("the server closed the connection")
            data += piece
        return data

    def wait_for(self, words):
        said = b""
        while words not in said:
            said += self.read(1)

    def ask(self, stream, name, transaction, arguments):
        self.socket.sendall(message(3, COMMAND, stream, 0, text(name) + number(transaction) + arguments))


class Publisher(Client):
    def __init__(self, url, **says):
        super().__init__(url, **says)
        self.ask(1, "publish", 3, b"\5" + text(self.name) + text("live"))
        self.wait_for(b"NetStream.Publish.Start")

    def send(self, kind, timestamp, body):
        self.socket.sendall(message(6 if kind == VIDEO else 4, kind, 1, timestamp, body))

    def publish(self, timed_tags, first):
        start = time.monotonic()
        for kind, timestamp, body in timed_tags:
            time.sleep(max(0, start + timestamp / 1000 - time.monotonic()))
            self.send(kind, first + timestamp, body)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Publisher(sys.argv[1]).publish(tags(sys.argv[2]), int(sys.argv[3]))
