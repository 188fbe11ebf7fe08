"""Enhanced RTMP without a library: a publisher of what is in a Matroska file, and a player of all
FourCCs. Usage of the publisher: enhanced_rtmp.py URL FILE"""

import signal
import struct
import sys

from matroska import Matroska
from rtmp_publisher import AUDIO, DATA, VIDEO, Client, Publisher, number, record, text

FOUR_CC = {"V_MPEGH/ISO/HEVC": b"hvc1", "V_AV1": b"av01", "V_VP9": b"vp09", "A_OPUS": b"Opus",
           "A_FLAC": b"fLaC", "A_AC3": b"ac-3", "A_EAC3": b"ec-3"}
WITH_COMPOSITION_TIME = b"hvc1"
VPCC = bytes([1, 0, 0, 0, 0, 31, 0x82, 2, 2, 2, 0, 0])  # VP9's, which Matroska does without
SEQUENCE_START, CODED_FRAMES, CODED_FRAMES_X = 0, 1, 3


def everything():
    """As the value of fourCcList."""
    return b"\x0a" + struct.pack(">I", 1) + text("*")


def video(four_cc, packet_type, keyframe, body):
    return bytes([0x80 | (1 if keyframe else 2) << 4 | packet_type]) + four_cc + body


def audio(four_cc, packet_type, body):
    return bytes([9 << 4 | packet_type]) + four_cc + body


def headers(file):
    """(type, body) of the tags that come first."""
    for track, codec in file.codecs.items():
        header, four_cc = file.headers[track], FOUR_CC[codec]
        if codec == "V_VP9":
            header = VPCC
        if codec.startswith("V_"):
            yield VIDEO, video(four_cc, SEQUENCE_START, True, header)
        elif header:
            yield AUDIO, audio(four_cc, SEQUENCE_START, header)


def tags(file):
    """(type, timestamp, body) of the frames. Those of HEVC that are shown when they are decoded
    have no composition time, which has a packet type of its own; some encoders write it anyway."""
    for count, frame in enumerate(file.frames):
        four_cc = FOUR_CC[file.codecs[frame.track]]
        if not file.codecs[frame.track].startswith("V_"):
            yield AUDIO, frame.time, audio(four_cc, CODED_FRAMES, frame.data)
        elif four_cc != WITH_COMPOSITION_TIME:
            yield VIDEO, frame.time, video(four_cc, CODED_FRAMES, frame.keyframe, frame.data)
        elif count % 2:
            yield VIDEO, frame.time, video(four_cc, CODED_FRAMES_X, frame.keyframe, frame.data)
        else:
            yield VIDEO, frame.time, video(four_cc, CODED_FRAMES, frame.keyframe,
                                           bytes(3) + frame.data)


class Player(Client):
    def __init__(self, url):
        super().__init__(url, fourCcList=everything())
        self.chunk, self.open, self.heads = 128, {}, {}
        self.ask(1, "play", 3, b"\5" + text(self.name))

    def next(self):
        """(type, payload) of the next message."""
        while True:
            first = self.read(1)[0]
            csid, form = first & 0x3F, first >> 6
            _, length, kind, extended = self.heads.get(csid, (0, 0, 0, False))
            if form < 3:
                head = self.read((11, 7, 3)[form])
                if form < 2:
                    length, kind = int.from_bytes(head[3:6], "big"), head[6]
                extended = head[:3] == b"\xff\xff\xff"
            if extended:
                self.read(4)
            self.heads[csid] = 0, length, kind, extended
            data = self.open.pop(csid, b"")
            data += self.read(min(self.chunk, length - len(data)))
            if len(data) < length:
                self.open[csid] = data
            elif kind == 1:
                self.chunk = int.from_bytes(data, "big")
            else:
                return kind, data

    def frames(self, count):
        """({type: header's tag}, {type: the bodies of as many frames}), of pictures and sound."""
        found_headers, frames = {}, {VIDEO: [], AUDIO: []}
        while min(map(len, frames.values())) < count:
            kind, data = self.next()
            if kind not in frames:
                continue
            packet = data[0] & 0x0F
            if packet == SEQUENCE_START:
                found_headers[kind] = data
            elif data[1:5] == WITH_COMPOSITION_TIME and packet == CODED_FRAMES:
                frames[kind].append(data[8:])
            else:
                frames[kind].append(data[5:])
        return found_headers, frames


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    publisher, clip = Publisher(sys.argv[1]), Matroska(sys.argv[2])
    facts = record(width=number(320), height=number(180), audiosamplerate=number(48000))
    publisher.send(DATA, 0, text("@setDataFrame") + text("onMetaData") + facts)
    for kind_, body_ in headers(clip):
        publisher.send(kind_, 0, body_)
    publisher.publish(tags(clip), 0)
