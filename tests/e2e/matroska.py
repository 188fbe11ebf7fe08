"""Reads the tracks and frames of a Matroska file, as far as FFmpeg's need it: what a codec's
container gives beside its frames is the same there as in Enhanced RTMP."""

from collections import namedtuple

MASTERS = {0x18538067, 0x1F43B675, 0xA0, 0x1654AE6B, 0xAE}  # Segment, Cluster, BlockGroup, Tracks, …
TRACK_ENTRY, NUMBER, CODEC, PRIVATE = 0xAE, 0xD7, 0x86, 0x63A2
CLUSTER_TIME, SIMPLE_BLOCK, BLOCK, BLOCK_GROUP, REFERENCE = 0xE7, 0xA3, 0xA1, 0xA0, 0xFB

Frame = namedtuple("Frame", "track time keyframe data")  # time: ms


def varint(data, at, keep_marker):
    length = 1
    while not data[at] & (0x80 >> (length - 1)):
        length += 1
    value = data[at] if keep_marker else data[at] & (0xFF >> length)
    for byte in data[at + 1:at + length]:
        value = value << 8 | byte
    return value, at + length


def elements(data, at, end):
    """(id, first byte, end) of every element, children behind their parents."""
    while at < end:
        kind, at = varint(data, at, True)
        size, at = varint(data, at, False)
        yield kind, at, at + size
        if kind in MASTERS:
            yield from elements(data, at, at + size)
        at += size


class Matroska:
    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        self.codecs, self.headers, self.frames = {}, {}, []
        number, cluster = None, 0
        for kind, at, end in elements(data, 0, len(data)):
            value = data[at:end]
            if kind == NUMBER:
                number = int.from_bytes(value, "big")
                self.headers[number] = b""
            elif kind == CODEC:
                self.codecs[number] = value.decode()
            elif kind == PRIVATE:
                self.headers[number] = value
            elif kind == CLUSTER_TIME:
                cluster = int.from_bytes(value, "big")
            elif kind in (SIMPLE_BLOCK, BLOCK):
                track, head = varint(value, 0, False)
                time = cluster + int.from_bytes(value[head:head + 2], "big", signed=True)
                keyframe = bool(value[head + 2] & 0x80) if kind == SIMPLE_BLOCK else True
                self.frames.append(Frame(track, time, keyframe, value[head + 3:]))
            elif kind == REFERENCE:  # of the block before it
                self.frames[-1] = self.frames[-1]._replace(keyframe=False)
