"""A camera of some kind as a process of its own: a gst-rtsp-server with a test picture and a tone.
Usage: camera.py KIND PORT [basic|digest]. The stream is rtsp://127.0.0.1:PORT/cam, the login ann and
PASSWORD. A line "up" says that it serves. SIGUSR1: it hangs up on everybody; SIGUSR2: its pictures
are smaller from now on, until it ends. A kind with -blind announces pictures and sends none."""

import re
import signal
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

# Whatever a password may hold.
PASSWORD = "p@ss:w/o?r#d %41é\"\\,="

SIZE = "video/x-raw,format=I420,width=640,height=360,framerate=25/1"
SMALLER = SIZE.replace("640", "320").replace("360", "180")
PICTURES = "videotestsrc is-live=true pattern=ball ! capsfilter name=size caps=" + SIZE
H264 = PICTURES + (" ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=50 bitrate=1000"
                   " ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1")
TONE = "audiotestsrc is-live=true wave=sine ! audioconvert ! audioresample ! "
AAC = TONE + "audio/x-raw,rate=48000,channels=2 ! avenc_aac ! aacparse ! rtpmp4gpay name=pay1 pt=97"

KINDS = {
    "h264": H264,
    "h264-aac": H264 + " " + AAC,
    "h264-pcmu": H264 + " " + TONE + "audio/x-raw,rate=8000,channels=1 ! mulawenc"
                 " ! rtppcmupay name=pay1 pt=0",
    "h264-opus": H264 + " " + TONE + "audio/x-raw,rate=48000,channels=2 ! opusenc"
                 " ! rtpopuspay name=pay1 pt=98",
    "h264-b": PICTURES + " ! x264enc bframes=2 b-adapt=false speed-preset=superfast key-int-max=50"
              " bitrate=1000 rc-lookahead=5 sync-lookahead=0 ! video/x-h264,profile=high ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1",
    "h265-aac": PICTURES + " ! x265enc tune=zerolatency speed-preset=ultrafast key-int-max=50"
                " bitrate=1000 ! h265parse ! rtph265pay name=pay0 pt=96 config-interval=-1 " + AAC,
    "mjpeg-bars": PICTURES.replace("pattern=ball", "pattern=smpte75")
                  + " ! jpegenc ! rtpjpegpay name=pay0 pt=26",
    "mjpeg": PICTURES + " ! jpegenc ! rtpjpegpay name=pay0 pt=26",
}


def protect(server, factory, scheme):
    auth = GstRtspServer.RTSPAuth.new()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "ann")
    if scheme == "basic":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic("ann", PASSWORD), token)
    else:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest("ann", PASSWORD, token)
    permissions = GstRtspServer.RTSPPermissions.new()
    permissions.add_permission_for_role("ann", "media.factory.access", True)
    permissions.add_permission_for_role("ann", "media.factory.construct", True)
    factory.set_permissions(permissions)
    server.set_auth(auth)


def on_signals(server, factory):
    """What can befall it while it serves."""
    sizes = []
    factory.connect("media-configure", lambda _, media: sizes.append(
        media.get_element().get_by_name("size")))

    def hang_up():
        server.client_filter(lambda _, client: client.close()
                             or GstRtspServer.RTSPFilterResult.REMOVE)
        return GLib.SOURCE_CONTINUE

    def shrink():
        sizes[-1].set_property("caps", Gst.Caps.from_string(SMALLER))
        return GLib.SOURCE_CONTINUE
    GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGUSR1, hang_up)
    GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGUSR2, shrink)


def blind(_, media):
    """Once the media is prepared: that takes a picture."""
    pad = media.get_element().get_by_name("pay0").get_static_pad("src")
    media.connect("prepared", lambda _: pad.add_probe(
        Gst.PadProbeType.BUFFER | Gst.PadProbeType.BUFFER_LIST, lambda *_: Gst.PadProbeReturn.DROP))


def main(kind, port, scheme=""):
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( {KINDS[re.sub('-(tcp|udp|blind)$', '', kind)]} )")
    factory.set_shared(True)
    if kind.endswith("-blind"):
        factory.connect("media-configure", blind)
    if kind.endswith("-tcp"):
        factory.set_protocols(GstRtsp.RTSPLowerTrans.TCP)
    if kind.endswith("-udp"):
        factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)
    if scheme:
        protect(server, factory, scheme)
    on_signals(server, factory)
    server.get_mount_points().add_factory("/cam", factory)
    server.attach(None)
    print("up", flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main(*sys.argv[1:])
