#include "wire/sdp/track_media.h"

#include "wire/base64.h"
#include "wire/text.h"

#include <algorithm>
#include <array>

namespace heliograph::sdp {

namespace {

std::string toHex(ByteSpan bytes)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 0xf];
    }
    return text;
}

int toKbit(int bitPerSecond)
{
    return (bitPerSecond + 999) / 1000;
}

// profile-level-id is the three bytes behind the SPS's first (RFC 6184 section 8.1).
void describeH264(const H264Config &config, Media &media)
{
    const std::array<std::uint8_t, 3> level = {config.info.profile, config.info.compatibility,
                                               config.info.level};
    media.kind = "video";
    media.encoding = "H264";
    media.format = "packetization-mode=1; profile-level-id=" + toHex(level)
        + "; sprop-parameter-sets=" + wire::toBase64(config.sps);
    if (!config.pps.empty())
        media.format += ',' + wire::toBase64(config.pps);
    for (const Bytes &set : config.moreSets)
        media.format += ',' + wire::toBase64(set);
    media.framerate = config.fps;
    media.bandwidthKbit = toKbit(config.bitrate);
}

// RFC 7798 section 7.1.
void describeHevc(const HevcConfig &config, Media &media)
{
    std::array<std::string, 3> sets;
    const auto add = [&sets](const Bytes &set) {
        std::string &list =
            sets.at(std::size_t(hevc::typeOf(set)) - std::size_t(hevc::NalType::Vps));
        list += (list.empty() ? "" : ",") + wire::toBase64(set);
    };
    for (const Bytes *set : {&config.vps, &config.sps, &config.pps})
        add(*set);
    for (const Bytes &set : config.moreSets)
        add(set);
    media.kind = "video";
    media.encoding = "H265";
    media.format = "sprop-vps=" + sets[0] + "; sprop-sps=" + sets[1] + "; sprop-pps=" + sets[2];
    media.framerate = config.fps;
    media.bandwidthKbit = toKbit(config.bitrate);
}

// RFC 7587 section 7: always two channels of 48 kHz, whatever is in them.
void describeOpus(const OpaqueConfig &config, Media &media)
{
    media.kind = "audio";
    media.encoding = "opus";
    media.channels = 2;
    if (config.channels > 1)
        media.format = "sprop-stereo=1";
    media.bandwidthKbit = toKbit(config.bitrate);
}

// RFC 3551 section 4.5.14.
void describeG711(const OpaqueConfig &config, Media &media)
{
    media.kind = "audio";
    media.encoding = config.codec == OpaqueCodec::Pcmu ? "PCMU" : "PCMA";
    media.channels = config.channels;
}

void describeAac(const AacConfig &config, Media &media)
{
    media.kind = "audio";
    media.encoding = "mpeg4-generic";
    media.channels = config.channels;
    media.format = "streamtype=5; profile-level-id=1; mode=AAC-hbr; sizelength=13; indexlength=3; "
                   "indexdeltalength=3; config="
        + toHex(config.audioSpecificConfig);
    media.bandwidthKbit = toKbit(config.bitrate);
}

// The first of each kind: a stream that we can play has one.
Result<> collectSets(std::string_view list, H264Config &config)
{
    while (!list.empty()) {
        auto nal = wire::fromBase64(wire::trimmed(wire::takeUntil(list, ',')));
        if (!nal)
            return tl::unexpected(std::move(nal.error()));
        const h264::NalType type = h264::typeOf(*nal);
        if (type == h264::NalType::Sps && config.sps.empty())
            config.sps = Bytes(std::move(*nal));
        else if (type == h264::NalType::Pps && config.pps.empty())
            config.pps = Bytes(std::move(*nal));
    }
    return {};
}

} // namespace

Media describe(const Track &track, int payloadType, std::string control)
{
    Media media;
    media.payloadType = payloadType;
    media.control = std::move(control);
    media.clockRate = track.clockRate();
    if (const auto *avc = std::get_if<H264Config>(&track.config))
        describeH264(*avc, media);
    else if (const auto *hevc = std::get_if<HevcConfig>(&track.config))
        describeHevc(*hevc, media);
    else if (const auto *aac = std::get_if<AacConfig>(&track.config))
        describeAac(*aac, media);
    else if (isG711(track))
        describeG711(std::get<OpaqueConfig>(track.config), media);
    else
        describeOpus(std::get<OpaqueConfig>(track.config), media);
    return media;
}

Result<H264Config> readH264(const Media &media)
{
    if (!wire::sameIgnoringCase(media.encoding, "H264"))
        return failure(ErrorCode::Unsupported, "read parameter sets › " + media.encoding);
    H264Config config;
    if (auto read = collectSets(media.parameter("sprop-parameter-sets").value_or(""), config);
        !read)
        return within("read parameter sets", read.error());
    auto info = h264::parseSps(config.sps);
    if (!info)
        return within("read parameter sets", info.error());
    config.info = *info;
    config.fps = media.framerate;
    config.bitrate = std::clamp(media.bandwidthKbit, 0, 2'000'000) * 1000;
    return config;
}

} // namespace heliograph::sdp
