#include "sources/rtsp/camera_plan.h"

#include "gst/sample.h"
#include "media/aac.h"
#include "wire/text.h"

#include <algorithm>
#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

// latency: how long a packet that overtook another waits for it; what comes in order waits for
// nothing. timeout: over which transport is our own decision. teardown-timeout: TEARDOWN is sent,
// and a camera that is gone holds nobody up for longer than a second.
constexpr const char *camera =
    "rtspsrc name=camera latency=200 timeout=0 tcp-timeout=5000000 teardown-timeout=1000000000"
    " add-reference-timestamp-meta=true tls-validation-flags=0 user-agent=Heliograph";

// A coded picture that is thrown away breaks those behind it, so the camera waits instead.
// async=false: a track that never comes does not hold up the other one.
constexpr const char *codedSink = "appsink sync=false async=false max-buffers=256";

// Static payload types (RFC 3551 table 4) need no rtpmap.
std::string encodingOf(const sdp::Media &media)
{
    if (!media.encoding.empty())
        return wire::uppered(media.encoding);
    switch (media.payloadType) {
    case 0:
        return "PCMU";
    case 8:
        return "PCMA";
    case 9:
        return "G722";
    case 14:
        return "MPA";
    case 26:
        return "JPEG";
    default:
        return {};
    }
}

std::string nameOf(const std::string &encoding, TrackId id)
{
    const std::string kind = id == TrackId::Video ? " video" : " sound";
    if (encoding == "H264")
        return "H.264" + kind;
    if (encoding == "H265")
        return "H.265" + kind;
    if (encoding == "JPEG")
        return "MJPEG" + kind;
    if (encoding == "MPEG4-GENERIC" || encoding == "MP4A-LATM")
        return "AAC" + kind;
    if (encoding == "PCMU" || encoding == "PCMA")
        return "G.711" + kind;
    return encoding + kind;
}

std::optional<std::vector<std::uint8_t>> fromHex(std::string_view text)
{
    std::vector<std::uint8_t> bytes;
    for (; text.size() >= 2; text.remove_prefix(2)) {
        const auto byte = wire::toNumber<std::uint8_t>(text.substr(0, 2), 16);
        if (!byte)
            return std::nullopt;
        bytes.push_back(*byte);
    }
    return bytes;
}

// Some cameras leave the configuration out: then it is what the rtpmap says.
std::optional<AacConfig> aacOf(const sdp::Media &media)
{
    const std::string mode = wire::lowered(media.parameter("mode").value_or("aac-hbr"));
    if (mode != "aac-hbr" && mode != "aac-lbr")
        return std::nullopt;
    auto bytes = fromHex(media.parameter("config").value_or(""));
    if (!bytes || bytes->empty())
        bytes = makeAudioSpecificConfig(media.clockRate, std::max(1, media.channels));
    const auto config = readAudioSpecificConfig(Bytes(*std::move(bytes)));
    return config ? std::optional(*config) : std::nullopt;
}

std::optional<OpaqueConfig> g711Of(const sdp::Media &media, const std::string &encoding)
{
    if (encoding != "PCMU" && encoding != "PCMA")
        return std::nullopt;
    OpaqueConfig config;
    config.codec = encoding == "PCMU" ? OpaqueCodec::Pcmu : OpaqueCodec::Pcma;
    config.sampleRate = media.encoding.empty() ? 8000 : std::max(1, media.clockRate);
    config.channels = std::max(1, media.channels);
    config.bitrate = 8 * config.sampleRate * config.channels;
    return config;
}

// The entrance of a track, which camera_pipeline links to the camera.
std::string entranceOf(const sdp::Media &media, TrackId id)
{
    return fmt::format("capsfilter name={} caps=application/x-rtp,media={},payload={} ! ",
                       entranceName(id), media.kind, media.payloadType);
}

CameraTrack planPictures(const sdp::Media &media, bool reencode)
{
    const std::string encoding = encodingOf(media);
    CameraTrack track{TrackId::Video, nameOf(encoding, TrackId::Video)};
    track.isHevc = encoding == "H265";
    track.passes = (encoding == "H264" || track.isHevc) && !reencode;
    track.launch = entranceOf(media, track.id)
        + (track.passes
               ? fmt::format("rtp{0}depay ! video/x-{0},stream-format=byte-stream,alignment=au"
                             " ! {1} name=video",
                             track.isHevc ? "h265" : "h264", codedSink)
               : fmt::format("decodebin ! videoconvert ! appsink name=video sync=false async=false"
                             " max-buffers=4 drop=true caps=\"{}\"",
                             gst::rawVideoCaps()));
    return track;
}

CameraTrack planSound(const sdp::Media &media)
{
    const std::string encoding = encodingOf(media);
    CameraTrack track{TrackId::Audio, nameOf(encoding, TrackId::Audio)};
    if (encoding == "MPEG4-GENERIC")
        track.aac = aacOf(media);
    track.g711 = g711Of(media, encoding);
    track.passes = track.aac.has_value();
    const std::string depay =
        track.aac ? "rtpmp4gdepay" : "rtp" + wire::lowered(encoding) + "depay";
    track.launch = entranceOf(media, track.id)
        + (track.passes || track.g711
               ? fmt::format("{} ! {} name=audio", depay, codedSink)
               : fmt::format("decodebin ! audioconvert ! audioresample ! appsink"
                             " name=audio sync=false async=false max-buffers=64 caps=\"{}\"",
                             gst::rawAudioCaps()));
    return track;
}

} // namespace

const char *entranceName(TrackId id)
{
    return id == TrackId::Video ? "pictures" : "sound";
}

Result<std::vector<CameraTrack>> planCamera(const sdp::Session &session, bool reencode)
{
    const auto find = [&](std::string_view kind) {
        return std::ranges::find_if(session.media, [kind](const sdp::Media &media) {
            return media.kind == kind && !encodingOf(media).empty();
        });
    };
    std::vector<CameraTrack> tracks;
    if (const auto pictures = find("video"); pictures != session.media.end())
        tracks.push_back(planPictures(*pictures, reencode));
    if (const auto sound = find("audio"); sound != session.media.end())
        tracks.push_back(planSound(*sound));
    if (tracks.empty())
        return failure(ErrorCode::Unsupported, "the camera offers neither pictures nor sound");
    return tracks;
}

std::string launchLine(const std::vector<CameraTrack> &tracks)
{
    std::string line = camera;
    for (const CameraTrack &track : tracks)
        line += " " + track.launch;
    return line;
}

} // namespace heliograph
