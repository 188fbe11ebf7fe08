"""CPU per viewer-second by number of viewers, as SVG: one panel for each transport, one line for
each server, both axes logarithmic."""

import math

COLOURS = {"heliograph": "#c2410c", "limit": "#475569", "gst-rtsp-server": "#1d4ed8",
           "nginx": "#15803d"}
WIDTH, HEIGHT = 440, 330
LEFT, TOP, RIGHT, BOTTOM = 62, 64, 18, 48
GRID = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


class Panel:
    def __init__(self, rows, offset, across, up):
        self.rows, self.offset, self.across, self.up = rows, offset, across, up

    def x(self, viewers):
        low, high = (math.log(value) for value in self.across)
        share = (math.log(viewers) - low) / ((high - low) or 1)
        return self.offset + LEFT + 14 + share * (WIDTH - LEFT - RIGHT - 28)

    def y(self, cost):
        low, high = (math.log(value) for value in self.up)
        return HEIGHT - BOTTOM - (math.log(cost) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    def frame(self, title):
        left, right = self.offset + LEFT, self.offset + WIDTH - RIGHT
        yield text(left, TOP - 12, title, "start", 'font-weight="bold" font-size="14"')
        for cost in (cost for cost in GRID if self.up[0] <= cost <= self.up[1]):
            yield (f'<line x1="{left}" x2="{right}" y1="{self.y(cost):.1f}" y2="{self.y(cost):.1f}" '
                   'stroke="#e2e8f0"/>')
            yield text(left - 8, self.y(cost) + 4, f"{cost:g}", "end")
        for viewers in sorted({row["viewers"] for row in self.rows}):
            shift = 8 if viewers == 500 else 0  # else it touches 300
            yield text(self.x(viewers) + shift, HEIGHT - BOTTOM + 18, viewers, "middle")
        yield text((left + right) / 2, HEIGHT - BOTTOM + 38, "viewers", "middle")

    def line(self, name):
        points = sorted((row["viewers"], row["cpuMsPerViewerSecond"]) for row in self.rows
                        if row["server"] == name and row["cpuMsPerViewerSecond"] > 0)
        places = [(self.x(viewers), self.y(cost)) for viewers, cost in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield f'<polyline points="{path}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>'
        for (x, y), (viewers, cost) in zip(places, points):
            yield (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{COLOURS[name]}">'
                   f"<title>{name}, {viewers} viewers: {cost:.3f} ms</title></circle>")


def text(x, y, what, anchor, more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{what}</text>'


def legend(names, width):
    x = LEFT
    for name in names:
        colour = COLOURS[name]
        yield f'<line x1="{x}" x2="{x + 24}" y1="20" y2="20" stroke="{colour}" stroke-width="3"/>'
        yield text(x + 30, 24, name, "start")
        x += 30 + 8 * len(name) + 20
    yield text(width - RIGHT, 44, "server's CPU, ms per viewer-second", "end")


def bounds(values):
    low = max([cost for cost in GRID if cost <= min(values)], default=min(values))
    high = min([cost for cost in GRID if cost >= max(values)], default=max(values))
    return low, high if high > low else 2 * low


def draw(rows):
    up = bounds([row["cpuMsPerViewerSecond"] for row in rows if row["cpuMsPerViewerSecond"] > 0])
    across = min(row["viewers"] for row in rows), max(row["viewers"] for row in rows)
    ways = list(dict.fromkeys(row["over"] for row in rows))
    names = [name for name in COLOURS if any(row["server"] == name for row in rows)]
    width = len(ways) * WIDTH
    parts = list(legend(names, width))
    for place, over in enumerate(ways):
        panel = Panel([row for row in rows if row["over"] == over], place * WIDTH, across, up)
        parts += panel.frame(over)
        for name in names:
            parts += panel.line(name)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
            f'width="{width}" height="{HEIGHT}" font-family="sans-serif" font-size="12" '
            f'fill="#0f172a"><rect width="100%" height="100%" fill="white"/>\n'
            + "\n".join(parts) + "\n</svg>\n")
