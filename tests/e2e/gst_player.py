"""Plays an RTSP stream with GStreamer's rtspsrc until so many pictures are decoded. Every track is
linked, sound to nowhere: an unlinked pad can end the whole pipeline, depending on which track's
packet comes first. Exits with 0 when the pictures were there; prints what went wrong otherwise."""

import signal
import sys

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gio, GLib, Gst  # noqa: E402

SINK = "fakesink name=pictures sync=false signal-handoffs=true"
VIDEO = {"H264": "rtph264depay ! h264parse ! avdec_h264 ! " + SINK,
         "H265": "rtph265depay ! h265parse ! avdec_h265 ! " + SINK}
OTHER = "fakesink sync=false async=false"


class Player:
    def __init__(self, url, transport, frames):
        self.wanted = frames
        self.decoded = 0
        self.failure = None
        self.loop = GLib.MainLoop()
        self.pipeline = Gst.Pipeline()
        source = Gst.ElementFactory.make("rtspsrc")
        source.set_property("location", url)
        source.set_property("latency", 100)
        if url.startswith("rtsps:"):  # any certificate: the self-signed one is nobody's
            source.set_property("tls-validation-flags", Gio.TlsCertificateFlags(0))
        Gst.util_set_object_arg(source, "protocols", transport)
        source.connect("pad-added", self.link)
        self.pipeline.add(source)
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", self.on_error)
        bus.connect("message::eos", lambda *_: self.stop("the stream ended"))

    def link(self, _, pad):
        caps = pad.get_current_caps().get_structure(0)
        is_video = caps.get_string("media") == "video"
        branch = Gst.parse_bin_from_description(
            VIDEO[caps.get_string("encoding-name")] if is_video else OTHER, True)
        if is_video:
            branch.get_by_name("pictures").connect("handoff", self.count)
        self.pipeline.add(branch)
        branch.sync_state_with_parent()
        pad.link(branch.get_static_pad("sink"))

    def count(self, *_):
        self.decoded += 1
        if self.decoded % 25 == 0:
            print(self.decoded, "pictures", flush=True)
        if self.decoded == self.wanted:
            GLib.idle_add(self.loop.quit)

    def on_error(self, _, message):
        error, detail = message.parse_error()
        self.stop(f"{message.src.get_name()}: {error.message} ({detail})")

    def stop(self, failure):
        self.failure = failure
        self.loop.quit()

    def run(self):
        GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGINT, self.loop.quit)
        self.pipeline.set_state(Gst.State.PLAYING)
        self.loop.run()
        self.pipeline.set_state(Gst.State.NULL)  # says TEARDOWN
        print(f"decoded {self.decoded} pictures; {self.failure or 'no error'}")
        return 1 if self.failure else 0


if __name__ == "__main__":
    Gst.init(None)
    sys.exit(Player(sys.argv[1], sys.argv[2], int(sys.argv[3])).run())
