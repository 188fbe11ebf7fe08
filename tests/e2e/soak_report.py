"""What the soak test measured: the server's process all the time, and what each viewer lost."""

import os
import statistics

SAMPLE_EVERY, AROUND = 1, 10  # s
GROWTH, SLACK = 1.10, 16  # of the resident memory; MiB
MORE_THREADS, MORE_FILES = 4, 6
MEMORY, THREADS, FILES = 1, 2, 3  # of a sample


class Process:
    """What the server takes of the machine, sampled."""

    def __init__(self, pid):
        self.folder, self.samples = f"/proc/{pid}", []

    def sample(self, now):
        """It may be dying just now: then there is nothing to sample."""
        if self.samples and now - self.samples[-1][0] < SAMPLE_EVERY:
            return
        with open(self.folder + "/status") as file:
            status = dict(line.split(":", 1) for line in file)
        if "VmRSS" in status:
            self.samples.append((now, int(status["VmRSS"].split()[0]) / 1024, int(status["Threads"]),
                                 len(os.listdir(self.folder + "/fd"))))

    def around(self, time, column):
        """The median of what was sampled in these seconds."""
        return statistics.median(sample[column] for sample in self.samples
                                 if abs(sample[0] - time) <= AROUND)

    def show(self, full, end):
        times = [0, full, end / 4, end / 2, end * 3 / 4, end]
        print("\n| | " + " | ".join(f"at {time:.0f} s" for time in times) + " |\n" + "|---" * 7 + "|")
        for name, column, form in (("resident MiB", MEMORY, ".1f"), ("threads", THREADS, ".0f"),
                                   ("descriptors", FILES, ".0f")):
            values = [format(self.around(time, column), form) for time in times]
            print(f"| {name} | " + " | ".join(values) + " |")

    def growth(self, full, end):
        """Sentences on what grew: memory since every cache was full, the rest since the calm of the
        beginning."""
        early, late = self.around(full, MEMORY), self.around(end, MEMORY)
        if late > early * GROWTH + SLACK:
            yield f"it grew from {early:.0f} to {late:.0f} MiB"
        for name, column, more in (("threads", THREADS, MORE_THREADS),
                                   ("descriptors", FILES, MORE_FILES)):
            first, last = self.around(0, column), self.around(end, column)
            if last > first + more:
                yield f"{first:.0f} {name} became {last:.0f}"


def show_losses(viewers):
    print("\n| viewer | watched s | pictures | of them stills | missing of the source's |"
          " longest gap s | sound s | longest gap s | error lines |\n" + "|---" * 9 + "|")
    for source, viewer, seen in viewers:
        way = "rtmp" if viewer.url.startswith("rtmp") else "rtsp " + viewer.transport
        missing = seen.missing(source.fps) if seen.pictures else "–"
        print(f"| {source.mount}, {way} | {seen.seconds:.1f} | {seen.pictures} | {seen.stills} |"
              f" {missing} | {seen.picture_gap:.2f} | {seen.sound_seconds:.1f} |"
              f" {seen.sound_gap:.2f} | {len(seen.errors)} |")
