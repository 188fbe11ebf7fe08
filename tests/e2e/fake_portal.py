"""The desktop's portal for screens, as much of it as a client sees: it hands out a PipeWire node
instead of asking anybody. Arguments: the node, a file that gets a line of JSON for every call.
SIGUSR1: the user stops the sharing; SIGUSR2: from now on the user says no."""

import json
import os
import signal
import socket
import sys

import gi

gi.require_version("Gio", "2.0")
gi.require_version("GLib", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NODE, CALLS = int(sys.argv[1]), sys.argv[2]
BASE = "/org/freedesktop/portal/desktop"
INTERFACE = """
<node><interface name="org.freedesktop.portal.ScreenCast">
 <method name="CreateSession"><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method>
 <method name="SelectSources"><arg type="o" direction="in"/><arg type="a{sv}" direction="in"/>
  <arg type="o" direction="out"/></method>
 <method name="Start"><arg type="o" direction="in"/><arg type="s" direction="in"/>
  <arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method>
 <method name="OpenPipeWireRemote"><arg type="o" direction="in"/><arg type="a{sv}" direction="in"/>
  <arg type="h" direction="out"/></method>
</interface></node>"""


class Portal:
    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.sessions, self.starts, self.refuses = [], 0, False
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        self.bus.register_object(BASE, interface, self.called, None, None)
        Gio.bus_own_name_on_connection(self.bus, "org.freedesktop.portal.Desktop",
                                       Gio.BusNameOwnerFlags.NONE, None, None)
        GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGUSR1, self.stop_sharing)
        GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGUSR2, self.refuse)

    def called(self, _bus, sender, _path, _interface, method, parameters, invocation):
        arguments = parameters.unpack()
        with open(CALLS, "a") as file:
            file.write(json.dumps([method, *arguments]) + "\n")
        if method == "OpenPipeWireRemote":
            self.open_remote(invocation)
            return
        options, owner = arguments[-1], sender[1:].replace(".", "_")
        request = f"{BASE}/request/{owner}/{options['handle_token']}"
        invocation.return_value(GLib.Variant("(o)", (request,)))
        code = 1 if method == "Start" and self.refuses else 0
        # Later, as from somebody who thinks.
        GLib.timeout_add(200, self.respond, sender, request, code, self.results(method, owner, options))

    def results(self, method, owner, options):
        if method == "CreateSession":
            session = f"{BASE}/session/{owner}/{options['session_handle_token']}"
            self.sessions.append(session)
            return {"session_handle": GLib.Variant("s", session)}
        if method == "Start":
            self.starts += 1
            return {"restore_token": GLib.Variant("s", f"token-{self.starts}"),
                    "streams": GLib.Variant("a(ua{sv})", [(NODE, {})])}
        return {}

    def respond(self, to, request, code, results):
        self.bus.emit_signal(to, request, "org.freedesktop.portal.Request", "Response",
                             GLib.Variant("(ua{sv})", (code, results)))

    @staticmethod
    def open_remote(invocation):
        with socket.socket(socket.AF_UNIX) as remote:
            remote.connect(os.path.join(os.environ["XDG_RUNTIME_DIR"], "pipewire-0"))
            files = Gio.UnixFDList.new()
            files.append(remote.fileno())
        invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), files)

    def stop_sharing(self):
        for session in self.sessions:
            self.bus.emit_signal(None, session, "org.freedesktop.portal.Session", "Closed",
                                 GLib.Variant("(a{sv})", ({},)))
        return True

    def refuse(self):
        self.refuses = True
        return True


portal = Portal()
GLib.MainLoop().run()
