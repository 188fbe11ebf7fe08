#include "load_report.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

namespace heliograph::bench {

namespace {

using Json = nlohmann::ordered_json;

template <class T>
double percentile(std::vector<T> values, double fraction)
{
    if (values.empty())
        return 0;
    const auto at = values.begin() + std::ptrdiff_t(fraction * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return double(*at);
}

ViewerCounts sumOf(const Load &load)
{
    ViewerCounts sum;
    for (const auto &viewer : load.watching()) {
        const ViewerCounts &one = viewer->counts();
        sum.frames += one.frames;
        sum.bytes += one.bytes;
        sum.lostPackets += one.lostPackets;
        sum.latencyMs.insert(sum.latencyMs.end(), one.latencyMs.begin(), one.latencyMs.end());
        sum.gapMs.insert(sum.gapMs.end(), one.gapMs.begin(), one.gapMs.end());
    }
    return sum;
}

// Printed as null.
constexpr double never = std::numeric_limits<double>::infinity();

// A picture on its way at the beginning or at the end counts for some and not for others.
constexpr std::uint64_t onTheWay = 2;

Json describePictures(const Load &load)
{
    std::uint64_t fewest = UINT64_MAX;
    std::uint64_t most = 0;
    for (const auto &viewer : load.watching()) {
        fewest = std::min(fewest, viewer->counts().frames);
        most = std::max(most, viewer->counts().frames);
    }
    const auto missing =
        std::count_if(load.watching().begin(), load.watching().end(), [most](const auto &viewer) {
            const ViewerCounts &counts = viewer->counts();
            return counts.lostPackets > 0 || counts.frames + onTheWay < most;
        });
    return {{"fewestFrames", fewest}, {"mostFrames", most}, {"viewersMissingPictures", missing}};
}

Json describeFirst(const Load &load)
{
    std::vector<double> firsts;
    for (const auto &viewer : load.watching())
        firsts.push_back(viewer->firstPictureMs().value_or(never));
    return {{"firstPictureP50Ms", percentile(firsts, 0.5)},
            {"firstPictureP99Ms", percentile(firsts, 0.99)}};
}

} // namespace

Json report(const Load &load, const Measured &measured)
{
    const double cpu = measured.after.cpuSeconds - measured.before.cpuSeconds;
    Json json = {{"viewers", load.watching().size()},
                 {"seconds", measured.seconds},
                 {"serverCpuSeconds", cpu},
                 {"serverCpuPercent", 100 * cpu / measured.seconds},
                 {"generatorCpuPercent", 100 * measured.generatorCpuSeconds / measured.seconds},
                 {"stalledStillConnected", load.stalledStillConnected()}};
    if (load.watching().empty())
        return json;
    const ViewerCounts sum = sumOf(load);
    const double count = double(load.watching().size());
    json.update(describePictures(load));
    json.update(describeFirst(load));
    json.update(
        {{"framesPerViewer", double(sum.frames) / count},
         {"lostPackets", sum.lostPackets},
         {"mbitPerViewer", 8e-6 * double(sum.bytes) / count / measured.seconds},
         {"cpuMsPerViewerSecond", 1000 * cpu / (count * measured.seconds)},
         {"residentKiBPerViewer", (measured.after.residentKiB - measured.idle.residentKiB) / count},
         {"latencyP50Ms", percentile(sum.latencyMs, 0.5)},
         {"latencyP99Ms", percentile(sum.latencyMs, 0.99)},
         {"gapP50Ms", percentile(sum.gapMs, 0.5)},
         {"gapP99Ms", percentile(sum.gapMs, 0.99)},
         {"gapMaxMs", percentile(sum.gapMs, 1)}});
    return json;
}

} // namespace heliograph::bench
