"""Rows as Markdown tables, and the machine they were measured on."""

import datetime
import os
import platform


def one(key, form="{:.1f}"):
    return lambda row: "–" if row[key] is None else form.format(row[key])


def several(*keys):
    return lambda row: " / ".join(one(key)(row) for key in keys)


SERVER = (("server", one("server", "{}")), ("over", one("over", "{}")))
PICTURES = (("latency p50 / p99 ms", several("latencyP50Ms", "latencyP99Ms")),
            ("gap p50 / p99 / max ms", several("gapP50Ms", "gapP99Ms", "gapMaxMs")),
            ("lost packets", one("lostPackets", "{}")),
            ("viewers missing pictures", one("viewersMissingPictures", "{}")),
            ("generator, % of a core", one("generatorCpuPercent", "{:.0f}")))
COMPARED = SERVER + (
    ("viewers", one("viewers", "{}")),
    ("CPU ms / viewer-s", one("cpuMsPerViewerSecond", "{:.3f}")),
    ("KiB / viewer", one("residentKiBPerViewer")),
    ("first picture p50 / p99 ms", several("firstPictureP50Ms", "firstPictureP99Ms"))) + PICTURES
STALLED = SERVER + (
    ("viewers that watch", one("viewers", "{}")), ("stalled", one("stalled", "{}")),
    ("stalled at the end", one("stalledStillConnected", "{}")),
    ("CPU ms / watching viewer-s", one("cpuMsPerViewerSecond", "{:.3f}"))) + PICTURES
UNWATCHED = (("server", one("server", "{}")), ("% of a core", one("serverCpuPercent", "{:.2f}")))
RESTING = (("nobody watches: it", one("what", "{}")), ("% of a core", one("serverCpuPercent", "{:.2f}")))
CAMERA = (("server", one("server", "{}")), ("camera over", one("over", "{}")),
          ("viewers", one("viewers", "{}")), ("% of a core", one("serverCpuPercent", "{:.2f}")),
          ("camera to viewer p50 / p99 ms", several("latencyP50Ms", "latencyP99Ms")))
ENCODED = (("capture to receive p50 / p99 ms", several("latencyP50Ms", "latencyP99Ms")),
           ("capture, encoder and server, % of a core", one("serverCpuPercent", "{:.0f}")))
TARGETS = (("over", one("over", "{}")), ("target", one("what", "{}")), ("at most", one("limit", "{:g}")),
           ("measured", one("measured", "{:.3g}")), ("", one("verdict", "{}")))


def head(columns):
    return "| " + " | ".join(title for title, _ in columns) + " |\n" + "|---" * len(columns) + "|"


def line(columns, row):
    return "| " + " | ".join(text(row) for _, text in columns) + " |"


def table(columns, rows):
    return "\n".join([head(columns)] + [line(columns, row) for row in rows])


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((text.split(":", 1)[1].strip() for text in file if text.startswith("model name")),
                     platform.machine())
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return (f"{model}, {os.cpu_count()} cores, Linux {platform.release()}, "
            f"{datetime.date.today().isoformat()}; servers and viewers share the machine, over "
            f"loopback; load average at the end {load}.")
