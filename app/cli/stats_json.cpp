#include "cli/stats_json.h"

#include <engine/sentences.h>

#include <nlohmann/json.hpp>

namespace heliograph::cli {

namespace {

using Json = nlohmann::ordered_json;

double seconds(WallClock::time_point time)
{
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

template <class T>
Json orNull(const std::optional<T> &value)
{
    return value ? Json(*value) : Json();
}

const char *stateName(HealthState state)
{
    switch (state) {
    case HealthState::Ok:
        return "ok";
    case HealthState::Starting:
        return "starting";
    case HealthState::Retrying:
        return "retrying";
    case HealthState::Failed:
        return "failed";
    }
    return "failed";
}

Json toJson(const Health &health)
{
    return {{"state", stateName(health.state)},
            {"error", health.error ? Json(sentence(*health.error)) : Json()},
            {"retryInMs", health.retryIn.count()},
            {"since", seconds(health.since)}};
}

Json toJson(const SoundLevel &sound)
{
    return {{"peakDb", sound.peak}, {"driftPpm", orNull(sound.driftPpm)}};
}

Json toJson(const Playback &playback)
{
    return {{"file", playback.file},
            {"positionMs", playback.position.count()},
            {"durationMs", playback.duration.count()},
            {"paused", playback.paused}};
}

Json toJson(const Story &story)
{
    Json lines = Json::array();
    for (const StoryLine &line : story)
        lines.push_back(sentence(line));
    return lines;
}

Json toJson(const SourceSnapshot &source)
{
    return {{"id", std::uint64_t(source.id)},
            {"name", source.config.name},
            {"type", source.config.type},
            {"published", source.published},
            {"mount", source.publish.mount},
            {"health", toJson(source.health)},
            {"size", sizeToText(source.size)},
            {"fps", source.fps},
            {"frames", source.frames},
            {"dropped", source.dropped},
            {"sound", source.sound ? toJson(*source.sound) : Json()},
            {"playback", source.playback ? toJson(*source.playback) : Json()},
            {"story", toJson(source.story)}};
}

Json encoderOf(const StreamSnapshot &stream)
{
    if (stream.passes)
        return "passed through";
    return stream.encoder.empty() ? Json() : Json(stream.encoder);
}

Json toJson(const StreamSnapshot &stream)
{
    return {{"mount", stream.mount},
            {"source", std::uint64_t(stream.source)},
            {"ready", stream.ready},
            {"resting", stream.resting},
            {"urls", stream.urls},
            {"codec", stream.codec},
            {"encoder", encoderOf(stream)},
            {"size", sizeToText(stream.size)},
            {"bitrate", stream.bitrate},
            {"fps", stream.fps},
            {"gopSeconds", stream.gopSeconds},
            {"keyframes", stream.keyframes},
            {"forcedKeyframes", stream.forcedKeyframes},
            {"viewers", stream.viewers}};
}

Json toJson(const OutputSnapshot &output)
{
    return {{"type", output.type},
            {"address", output.address},
            {"port", output.port},
            {"health", toJson(output.health)},
            {"securePort", output.securePort},
            {"fingerprint", output.fingerprint},
            {"secureHealth", output.secureHealth ? toJson(*output.secureHealth) : Json()}};
}

Json toJson(const ViewerSnapshot &viewer)
{
    return {{"id", std::uint64_t(viewer.id)},
            {"protocol", viewer.protocol},
            {"transport", viewer.transport},
            {"mount", viewer.mount},
            {"address", viewer.address},
            {"userAgent", viewer.userAgent},
            {"user", viewer.user},
            {"since", seconds(viewer.since)},
            {"paused", viewer.paused},
            {"bytes", viewer.bytes},
            {"bitrate", viewer.bitrate},
            {"framesSent", viewer.framesSent},
            {"framesDropped", viewer.framesDropped},
            {"dropReason", viewer.dropReason},
            {"queueMs", viewer.queueMs},
            {"lossPercent", orNull(viewer.lossPercent)},
            {"jitterMs", orNull(viewer.jitterMs)},
            {"rttMs", orNull(viewer.rttMs)},
            {"retransmits", orNull(viewer.retransmits)}};
}

Json toJson(const DeviceInfo &device)
{
    return {{"id", device.id}, {"name", device.name}};
}

Json toJson(const Notice &notice)
{
    return {{"id", notice.id},
            {"time", seconds(notice.time)},
            {"text", sentence(notice)},
            {"count", notice.count}};
}

template <class T>
Json toArray(const std::vector<T> &items)
{
    Json array = Json::array();
    for (const T &item : items)
        array.push_back(toJson(item));
    return array;
}

} // namespace

std::string toJson(const Snapshot &snapshot)
{
    const Json json = {{"sequence", snapshot.sequence},
                       {"time", seconds(snapshot.time)},
                       {"sources", toArray(snapshot.sources)},
                       {"streams", toArray(snapshot.streams)},
                       {"outputs", toArray(snapshot.outputs)},
                       {"viewers", toArray(snapshot.viewers)},
                       {"devices", toArray(snapshot.devices)},
                       {"notices", toArray(snapshot.notices)},
                       {"banned", snapshot.banned}};
    // A player's name may hold any bytes.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace heliograph::cli
