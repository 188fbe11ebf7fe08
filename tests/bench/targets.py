"""What Heliograph promises, against what was measured in the same run."""

from servers import GST, LIMIT, NGINX, OURS, PUBLISHED

VIEWERS = 300
FEW_VIEWERS = 10
# Who feeds itself against who feeds itself, who is published to against who is.
AGAINST = {"TCP": ((OURS, LIMIT, 1.25), (OURS, GST, 0.4)),
           "UDP": ((OURS, LIMIT, 1.2), (OURS, GST, 0.5)),
           "RTMP": ((OURS, LIMIT, 1.25), (PUBLISHED, NGINX, 1))}
KIB_OF_A_VIEWER = 8
OF_A_VIEWER = (("KiB of resident memory per viewer", "residentKiBPerViewer", KIB_OF_A_VIEWER),
               ("first picture p99, ms", "firstPictureP99Ms", 5),
               ("added latency p50, ms", "latencyP50Ms", 2.5),
               ("added latency p99, ms", "latencyP99Ms", 6))
NOT_ASKED = {("RTMP", "latencyP50Ms")}
# "Does not move" is what two equal runs differ by.
WITH_STALLED = (("p99 gap between pictures", "gapP99Ms", 1.1),
                ("CPU per watching viewer", "cpuMsPerViewerSecond", 1.1),
                ("p99 latency", "latencyP99Ms", 1.2))


def judged(over, what, limit, measured):
    measured = float("inf") if measured is None else measured
    verdict = "met" if measured <= limit else "missed"
    if measured > limit and limit > 0:
        verdict += f" by {100 * (measured / limit - 1):.1f} %"
    return {"over": over, "what": what, "limit": limit, "measured": measured, "verdict": verdict}


def ratio(row, to, key):
    return row[key] / to[key] if to[key] > 0 else float("inf")


def find(rows, name, over, viewers):
    return next((row for row in rows if row["server"] == name and row["over"] == over
                 and row["viewers"] == viewers), None)


def of_servers(rows, over):
    ours = find(rows, OURS, over, VIEWERS)
    if not ours:
        return
    for name, peer, limit in AGAINST[over]:
        mine, other = find(rows, name, over, VIEWERS), find(rows, peer, over, VIEWERS)
        if mine and other:
            yield judged(over, f"CPU against {peer}'s, {VIEWERS} viewers", limit,
                         ratio(mine, other, "cpuMsPerViewerSecond"))
    for what, key, limit in OF_A_VIEWER:
        if (over, key) in NOT_ASKED:
            continue
        yield judged(over, f"{what}, {VIEWERS} viewers", limit, ours[key])


def of_one_more(rows, over):
    """Without what the first viewer brings into memory: code, and the GOP in packets."""
    few, many = find(rows, OURS, over, FEW_VIEWERS), find(rows, OURS, over, VIEWERS)
    if few and many:
        resident = [row["residentKiBPerViewer"] * row["viewers"] for row in (few, many)]
        yield judged(over, f"KiB of resident memory of one more viewer, {FEW_VIEWERS} to {VIEWERS}",
                     KIB_OF_A_VIEWER, (resident[1] - resident[0]) / (VIEWERS - FEW_VIEWERS))


def of_stalled(rows, over):
    ours = {row["stalled"] > 0: row for row in rows if row["server"] == OURS}
    if len(ours) == 2:
        for what, key, limit in WITH_STALLED:
            yield judged(over, f"{what}, 10 % stalled against none", limit,
                         ratio(ours[True], ours[False], key))


def of_camera(rows):
    for row in rows:
        if row["server"] == OURS and row["viewers"]:
            yield judged(row["over"], "a 1080p30 camera of 4 Mbit/s in, a viewer out, % of a core", 3,
                         row["serverCpuPercent"])


def judge(compared, stalled, unwatched, camera):
    rows = [target for over in AGAINST
            for target in (*of_servers(compared, over), *of_one_more(compared, over))]
    for over in AGAINST:
        ours = [row for row in compared if row["server"] == OURS and row["over"] == over]
        if ours:
            rows.append(judged(over, "viewers missing a picture, all loads", 0,
                               sum(row["viewersMissingPictures"] for row in ours)))
    for over in {row["over"] for row in stalled}:
        rows += of_stalled([row for row in stalled if row["over"] == over], over)
    rows += [judged("–", "a source that nobody watches, % of a core", 0.3, row["serverCpuPercent"])
             for row in unwatched if row["server"] == OURS]
    return rows + list(of_camera(camera))
