"""Four sources and what befalls them, with viewers over every protocol watching all the time: nobody
is dropped, nothing leaks, nothing grows. ./dev soak runs it for half an hour under the
AddressSanitizer; without --minutes it is the short form, of less than a minute."""

import argparse
import os
import random
import re
import sys
import time

from cli_server import Server, free_port
from desktop import Desktop, end, wait_until
from soak_report import Process, show_losses
from victims import Guests, sources
from watcher import Watcher

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# The sanitizer keeps what was freed for a while; the less, the sooner growth shows.
SANITIZERS = {
    "ASAN_OPTIONS": "quarantine_size_mb=8:fast_unwind_on_malloc=0:malloc_context_size=12",
    "LSAN_OPTIONS": f"suppressions={ROOT}/tests/sanitizers/lsan.supp:print_suppressions=0",
    "UBSAN_OPTIONS": "print_stacktrace=1"}
SHORT = 0.4, 5  # minutes, and the seed: the same each time
LASTS, PAUSES = (1, 15), (0.5, 6)  # s, of a fault and between two
BRIEFLY = (1, 5), (0.3, 2)  # in the short form
BEFORE, CALM = 5, 20  # s without a fault, at the beginning and, at most, at the end
LONGEST_GAP = 10  # s of the stream: two until silence is a loss, and the making of the still
WAYS = (("rtsp", "tcp"), ("rtsp", "udp"), ("rtmp", "tcp"))


class Soak:
    def __init__(self, desktop, seconds, seed):
        self.desktop, self.seconds, self.chance = desktop, seconds, random.Random(seed)
        self.start = time.monotonic()
        self.lasts, self.pauses = (LASTS, PAUSES) if seconds > 60 else BRIEFLY
        self.full = min(180, 0.8 * seconds)  # when every cache is
        self.counts = {}
        self.undo = {}  # of each victim that has a fault: when, and the fault
        self.gone = []

    def now(self):
        return time.monotonic() - self.start

    def say(self, text):
        print(f"{self.now():7.1f} s  {text}", flush=True)

    def set_up(self):
        self.sources = sources(self.desktop)
        arguments = [word for source in self.sources
                     for word in ("--source", source.spec, "--as", source.mount)]
        self.server = Server(self.desktop, *arguments, "--stats", "1", "--verbose", rtmp=free_port(),
                             env=SANITIZERS)
        wait_until("not everything is ready: " + self.server.complaints(),
                   lambda: len(self.server.ready_urls()) >= 2 * len(self.sources), 60)
        ports = {"rtsp": self.server.port, "rtmp": self.server.rtmp}
        urls = [(source, f"{scheme}://127.0.0.1:{ports[scheme]}/{source.mount}", transport)
                for source in self.sources for scheme, transport in WAYS]
        self.viewers = [(source, Watcher(self.desktop, url, transport))
                        for source, url, transport in urls]
        for _, viewer in self.viewers:
            viewer.wait_until_it_sees()
        self.victims = [*self.sources, Guests(self.desktop, [url[1:] for url in urls], self.chance)]
        self.process = Process(self.server.process.pid)
        self.start = time.monotonic()
        self.say(f"{len(self.viewers)} viewers watch {len(self.sources)} sources")

    def look(self):
        """Nobody leaves, and how much memory it is by now."""
        self.process.sample(self.now())
        assert self.server.process.poll() is None, "it ended: " + self.found()
        for _, viewer in self.viewers:
            if viewer not in self.gone and not viewer.is_there():
                self.gone.append(viewer)
                self.say(f"LEFT: {viewer.url} over {viewer.transport}: {viewer.errors()[-3:]}")

    def found(self):
        """What a sanitizer said, or nothing."""
        said = re.search(r"(==\d+==ERROR|.*runtime error)(?s:.{0,8000})", self.server.complaints())
        return said.group() if said else ""

    def harm(self, faults):
        """One more fault of somebody who has none. Each kind of them first, then any."""
        idle = [victim for victim in self.victims if victim not in self.undo]
        first = [(victim, fault) for victim, fault in faults if victim in idle]
        if not idle or (faults and not first):
            return
        victim, fault = self.chance.choice(first) if first else (None, None)
        if victim:
            faults.remove((victim, fault))
        else:
            victim = self.chance.choice(idle)
            fault = self.chance.choice(victim.faults)
        lasts = self.chance.uniform(*self.lasts)
        self.say(f"{victim.mount} {fault.what}, for {lasts:.1f} s")
        self.counts[victim.mount, fault.what] = self.counts.get((victim.mount, fault.what), 0) + 1
        fault.begin()
        self.undo[victim] = (self.now() + lasts, fault)

    def mend(self, before):
        for victim, (when, fault) in list(self.undo.items()):
            if when <= before:
                fault.end()
                del self.undo[victim]

    def rage(self):
        faults = [(victim, fault) for victim in self.victims for fault in victim.faults]
        following = self.now()
        while self.now() < self.seconds:
            self.mend(self.now())
            if following <= self.now():
                self.harm(faults)
                following = self.now() + self.chance.uniform(*self.pauses)
            self.look()
            time.sleep(0.1)
        self.mend(float("inf"))
        self.victims[-1].leave()

    def calm_down(self):
        """All sources come back; from then on nobody sees anything wrong."""
        def all_well():
            self.look()
            state = self.server.state()
            return state and all(source["health"]["state"] == "ok" for source in state["sources"])
        wait_until("not every source came back", all_well, 90)
        self.say("every source is back")
        self.pass_time(6)  # what was on its way
        before = {viewer: (viewer.bytes(), len(viewer.errors())) for _, viewer in self.viewers}
        self.pass_time(min(CALM, self.seconds / 5))
        self.silent = [viewer for _, viewer in self.viewers if viewer.bytes() == before[viewer][0]]
        self.still_wrong = [viewer for _, viewer in self.viewers
                            if len(viewer.errors()) > before[viewer][1]]
        self.end = self.now()

    def pass_time(self, seconds):
        until = self.now() + seconds
        while self.now() < until:
            self.look()
            time.sleep(0.1)

    def close(self):
        state = self.server.state()
        for _, viewer in self.viewers:
            viewer.end()
        end(self.server.process, 60)
        return state

    def problems(self, state):
        """What must not be, as sentences; none when all is well."""
        yield from (f"{viewer.url} over {viewer.transport} left" for viewer in self.gone)
        yield from (f"{viewer.url} over {viewer.transport} saw nothing at the end"
                    for viewer in self.silent)
        yield from (f"{viewer.url} over {viewer.transport} saw something wrong at the end: "
                    + viewer.errors()[-1] for viewer in self.still_wrong)
        yield from (f"{viewer.url} over {viewer.transport} saw nothing for {seen.gap:.1f} s"
                    for viewer, seen in self.seen.items() if seen.gap > LONGEST_GAP)
        if len(state["viewers"]) < len(self.viewers):  # more, while killed ones are thought to live
            yield f"the server has {len(state['viewers'])} viewers"
        yield from self.process.growth(self.full, self.end)
        if self.server.process.returncode != 0:
            yield f"it ended with {self.server.process.returncode}"
        if self.found():
            yield "a sanitizer found something: " + self.found()

    def run(self):
        self.set_up()
        self.pass_time(BEFORE)
        self.rage()
        self.calm_down()
        state = self.close()
        self.seen = {viewer: viewer.seen() for _, viewer in self.viewers}
        show_losses((source, viewer, self.seen[viewer]) for source, viewer in self.viewers)
        print("\n" + "; ".join(f"{mount} {what} {count}×" for (mount, what), count
                              in sorted(self.counts.items())))
        self.process.show(self.full, self.end)
        problems = list(self.problems(state))
        print("\n" + ("\n".join(problems) or "Nobody was dropped, nothing leaked, nothing grew."))
        return 1 if problems else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, help="of faults; else the short form")
    parser.add_argument("--seed", type=int, help="of the faults: each has its own, which is printed")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(10 ** 6)
    if not options.minutes:
        options.minutes, seed = SHORT
    print("seed", seed, flush=True)
    with Desktop() as desktop:
        return Soak(desktop, 60 * options.minutes, seed).run()


if __name__ == "__main__":
    sys.exit(main())
