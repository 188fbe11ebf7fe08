"""A desktop of its own for a test: session bus, an unlocked keyring, PipeWire with WirePlumber,
cameras that can be plugged and unplugged, and where wanted an X server with a window manager.
Nothing of it touches the machine's real session, and all of it ends with the `with` block."""

import os
import shutil
import signal
import subprocess
import tempfile
import time

CAMERA_LIBS = (
    "context.spa-libs = { videotestsrc = videotestsrc/libspa-videotestsrc"
    "  audiotestsrc = audiotestsrc/libspa-audiotestsrc }\n"
)


def wait_until(what, condition, seconds=60.0):
    """Returns the first true value of condition(); fails with what when it never comes."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds} s: {what}")
        time.sleep(0.05)


class Session:
    """No more than a session bus and folders of its own."""

    def __init__(self):
        self.processes = []
        self.folder = tempfile.mkdtemp(prefix="heliograph-e2e-")
        self.env = dict(os.environ)
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "PIPEWIRE_REMOTE", "PULSE_SERVER", "DBUS_SESSION_BUS_ADDRESS"):
            self.env.pop(name, None)
        for name, sub in (("XDG_RUNTIME_DIR", "run"), ("XDG_CONFIG_HOME", "config"), ("HOME", "home"),
                          ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")):
            path = os.path.join(self.folder, sub)
            os.makedirs(path, mode=0o700)
            self.env[name] = path
        # GStreamer's list of its plugins, which takes seconds to make: one for all of them.
        self.env["GST_REGISTRY"] = os.path.join(tempfile.gettempdir(),
                                                f"heliograph-e2e-registry-{os.getuid()}.bin")

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            end(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def spawn(self, command, more_env=None, **options):
        options.setdefault("stdout", subprocess.DEVNULL)
        options.setdefault("stderr", subprocess.DEVNULL)
        process = subprocess.Popen(command, env={**self.env, **(more_env or {})},
                                   start_new_session=True, text=True, **options)
        self.processes.append(process)
        return process

    def run(self, command, **options):
        options.setdefault("timeout", 240)
        options.setdefault("text", True)
        return subprocess.run(command, env=self.env, capture_output=True, **options)

    def _start(self):
        bus = self.spawn(["dbus-daemon", "--session", "--nofork", "--print-address=1"],
                         stdout=subprocess.PIPE)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()

    def start_keyring(self):
        """Unlocked, as after a login: its daemon reads the password of the user from its input."""
        keyring = self.spawn(["gnome-keyring-daemon", "--foreground", "--unlock",
                              "--components=secrets"], stdin=subprocess.PIPE)
        keyring.stdin.write("the user's own password")
        keyring.stdin.close()
        # A call to it, too early, would make the bus start another one, which stays locked.
        wait_until("no keyring on the bus", lambda: "true" in self.ask_bus(
            "org.freedesktop.DBus", "org.freedesktop.DBus.NameHasOwner", "org.freedesktop.secrets"))
        wait_until("the keyring is empty", lambda: "'/org" in self.ask_bus(
            "org.freedesktop.secrets", "org.freedesktop.Secret.Service.ReadAlias", "default"))
        return keyring

    def ask_bus(self, owner, method, *arguments):
        return self.run(["gdbus", "call", "--session", "--dest", owner, "--object-path",
                         "/" + owner.replace(".", "/"), "--method", method, *arguments]).stdout


class Desktop(Session):
    def __init__(self, screen=None):
        super().__init__()
        self.screen = screen  # "1440x900", or None for no X server

    def _start(self):
        super()._start()
        self.keyring = self.start_keyring()
        self._start_pipewire()
        if self.screen:
            self._start_screen()

    def _start_pipewire(self):
        config = os.path.join(self.env["XDG_CONFIG_HOME"], "pipewire")
        os.makedirs(os.path.join(config, "pipewire.conf.d"))
        shutil.copy("/usr/share/pipewire/pipewire.conf", config)
        with open(os.path.join(config, "pipewire.conf.d", "cameras.conf"), "w") as file:
            file.write(CAMERA_LIBS)
        self.spawn(["pipewire"])
        socket = os.path.join(self.env["XDG_RUNTIME_DIR"], "pipewire-0")
        wait_until("PipeWire has no socket", lambda: os.path.exists(socket))
        self.spawn(["wireplumber"])
        wait_until("WirePlumber is not there",
                   lambda: "WirePlumber" in self.run(["pw-cli", "ls", "Client"]).stdout)

    def start_pulse(self):
        """PipeWire's PulseAudio side, which Qt and FFmpeg speak."""
        self.spawn(["pipewire-pulse"])
        socket = os.path.join(self.env["XDG_RUNTIME_DIR"], "pulse", "native")
        wait_until("PulseAudio has no socket", lambda: os.path.exists(socket))

    def _start_screen(self):
        read, write = os.pipe()
        # It would throw who is about to connect out when the last other client leaves.
        self.spawn(["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", self.screen + "x24",
                    "-nolisten", "tcp"], pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as file:
            self.env["DISPLAY"] = ":" + file.readline().strip()
        self.env["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        self.env["QT_ACCESSIBILITY"] = "1"
        self.spawn(["openbox"])

    def screenshot(self, file):
        self.run(["import", "-window", "root", file], check=True)


class Device:
    """What PipeWire makes for as long as this object is plugged in."""

    def __init__(self, desktop, name, factory, properties):
        self.desktop, self.name, self.factory = desktop, name, factory
        self.properties = "{ node.name=" + name + " object.register=true " + properties + " }"
        self.process = None

    def plug(self):
        # pw-cli's monitor mode keeps the node alive until it ends.
        self.process = self.desktop.spawn(
            ["pw-cli", "-m", "create-node", self.factory, self.properties])
        wait_until(f"{self.name} did not appear", self.is_there)
        return self

    def unplug(self):
        end(self.process)
        wait_until(f"{self.name} did not go", lambda: not self.is_there())

    def is_there(self):
        return f'node.name = "{self.name}"' in self.desktop.run(["pw-cli", "ls", "Node"]).stdout


class Camera(Device):
    def __init__(self, desktop, name="testcam", description="Test Camera", body=""):
        super().__init__(desktop, name, "spa-node-factory",
                         f'factory.name=videotestsrc node.description="{description}"'
                         f" media.class=Video/Source {body}"
                         " node.param.Props={ live=true patternType=0 }")


class Microphone(Device):
    """Its sound is a tone."""

    def __init__(self, desktop, name="testmic", description="Test Microphone", body=""):
        super().__init__(desktop, name, "adapter",
                         f'factory.name=audiotestsrc node.description="{description}"'
                         f" media.class=Audio/Source {body}"
                         " node.param.Props={ live=true frequency=440 volume=0.3 }")


class Loudspeaker(Device):
    """Plays into nothing; what it plays can be recorded at its monitor."""

    def __init__(self, desktop, name="testspeaker", description="Test Loudspeaker"):
        super().__init__(desktop, name, "adapter",
                         f'factory.name=support.null-audio-sink node.description="{description}"'
                         " media.class=Audio/Sink audio.position=[FL,FR]")


def end(process, seconds=5.0):
    """Ends a process of ours, gently first. Returns how it ended."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return process.returncode
