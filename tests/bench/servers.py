"""Starts the servers one at a time and puts a load of viewers on them."""

import json
import os
import socket
import subprocess
import tempfile
import time

import clip

OURS, LIMIT, GST, NGINX = "heliograph", "limit", "gst-rtsp-server", "nginx"
FFMPEG = "ffmpeg -c copy"
PUBLISHED = "heliograph, published to"
TWO_LOOPS = "heliograph, 2 loops"
# {}: rtsp or rtmp
PROGRAMS = {OURS: ["bench_server", "{}"], TWO_LOOPS: ["bench_server", "{}", "2"],
            LIMIT: ["limit_server", "{}"], GST: ["gst_server"]}
STREAM_KEY = "bench-key"
FIRST_GOP = 2.5  # s; what a stream keeps when nobody watches is not memory of a viewer

# As its documentation has it; a viewer starts at a keyframe, and so sees whole pictures only.
NGINX_CONFIG = """
load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 8192; }}
rtmp {{
    access_log off;
    server {{
        listen 127.0.0.1:{port};
        application live {{ live on; wait_key on; }}
    }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def stop(process):
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Running:
    """With a process and its url."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        stop(self.process)


class Server(Running):
    """One of PROGRAMS, which feeds itself."""

    def __init__(self, binaries, name, file, scheme="rtsp"):
        port = free_port()
        program, *more = (word.format(scheme) for word in PROGRAMS[name])
        self.process = subprocess.Popen(
            [os.path.join(binaries, program), file, str(clip.FPS), str(port), *more])
        self.url = f"rtsp://127.0.0.1:{port}/bench"
        if scheme == "rtmp":
            self.url = f"rtmp://127.0.0.1:{port}/live/bench"
        wait_for(port)
        time.sleep(FIRST_GOP)


class Relay(Running):
    """One that takes a camera in and gives it to viewers. FFmpeg sends RTP, read or not, to one."""

    def __init__(self, binaries, name, camera, transport):
        port = free_port()
        self.url = f"rtsp://127.0.0.1:{port}/bench"
        self.process = subprocess.Popen(
            {OURS: [os.path.join(binaries, "heliograph-cli"), "--rtsp", str(port), "--rtmp", "0",
                    "--source", f"rtsp:url={camera},transport={transport.lower()}", "--as", "bench"],
             GST: [os.path.join(binaries, "gst_server"), camera, transport.lower(), str(port)],
             FFMPEG: ["ffmpeg", "-v", "error", "-nostdin", "-rtsp_transport", transport.lower(), "-i",
                      camera, "-c", "copy", "-f", "rtp", f"rtp://127.0.0.1:{port}"]}[name],
            stdout=subprocess.PIPE if name == OURS else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        if name == OURS:
            self.process.stdout.readline()  # ready
        elif name == GST:
            wait_for(port)
        time.sleep(FIRST_GOP)


def feed(binaries, file, url):
    """A publisher, a program of its own; what it costs is not the server's."""
    return subprocess.Popen([os.path.join(binaries, "rtmp_feeder"), file, str(clip.FPS), url])


class Fed(Running):
    """With a feeder, too."""

    def __exit__(self, *_):
        stop(self.feeder)
        super().__exit__()


class Published(Fed):
    """Ours, with the same publisher as nginx."""

    def __init__(self, binaries, file):
        port = free_port()
        self.process = subprocess.Popen(
            [os.path.join(binaries, "bench_server"), STREAM_KEY, "0", str(port), "rtmp"])
        self.url = f"rtmp://127.0.0.1:{port}/live/bench"
        wait_for(port)
        self.feeder = feed(binaries, file, f"rtmp://127.0.0.1:{port}/live/{STREAM_KEY}")
        time.sleep(FIRST_GOP)


class Nginx(Fed):
    def __init__(self, binaries, file):
        self.folder = tempfile.TemporaryDirectory()
        port = free_port()
        config = os.path.join(self.folder.name, "nginx.conf")
        with open(config, "w", encoding="utf-8") as out:
            out.write(NGINX_CONFIG.format(folder=self.folder.name, port=port))
        self.process = subprocess.Popen(
            ["/usr/sbin/nginx", "-c", config, "-p", self.folder.name,
             "-e", os.path.join(self.folder.name, "error.log")])
        self.url = f"rtmp://127.0.0.1:{port}/live/bench"
        wait_for(port)
        self.feeder = feed(binaries, file, self.url)
        time.sleep(FIRST_GOP)

    def __exit__(self, *_):
        super().__exit__()
        self.folder.cleanup()


def start(binaries, name, file, transport):
    if name == NGINX:
        return Nginx(binaries, file)
    if name == PUBLISHED:
        return Published(binaries, file)
    return Server(binaries, name, file, "rtmp" if transport == "RTMP" else "rtsp")


def load(options, url, process, viewers, transport="TCP", stalled=0):
    """What the load generator saw, or None: it has then said why."""
    command = [os.path.join(options.bin, "load_generator"), url, "--viewers", str(viewers),
               "--stalled", str(stalled), "--seconds", str(options.seconds),
               "--warmup", str(options.warmup), "--server-pid", str(process.pid)]
    if transport == "UDP":
        command.append("--udp")
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(f"  {viewers} viewers over {transport}: {done.stderr.strip()}", flush=True)
        return None
    return json.loads(done.stdout)


def measure(options, file, name, viewers, transport="TCP", stalled=0):
    with start(options.bin, name, file, transport) as server:
        row = load(options, server.url, server.process, viewers, transport, stalled)
    return row and {"server": name, "over": transport, "stalled": stalled, **row}
