#include "sources/rtmp/sound_units.h"

#include "engine/error.h"
#include "media/aac.h"
#include "media/opus.h"
#include "wire/rtmp/track_codec.h"

#include <algorithm>

namespace heliograph {

namespace {

namespace four_cc = rtmp::four_cc;

constexpr int usualRate = 48000; // of those whose frames say it themselves
constexpr int usualChannels = 2;

//  "OpusHead" 64 | version 8 | channels 8 | …                     RFC 7845 section 5.1
Result<> readOpusHead(ByteSpan header, OpaqueConfig &config)
{
    constexpr std::size_t channelsAt = 9;
    if (header.size() <= channelsAt || header[channelsAt] == 0)
        return failure(ErrorCode::Malformed, "read Opus › header");
    config.sampleRate = opus::clockRate;
    config.channels = header[channelsAt];
    return {};
}

//  "fLaC" 32 | last 1 | type 7 | size 24 | blocks and frames 80 | rate 20 | channels - 1, 3 | …
//                                                                 RFC 9639 sections 8.1, 8.2
Result<> readFlacHead(ByteSpan header, OpaqueConfig &config)
{
    constexpr std::size_t rateAt = 18;
    if (header.size() <= rateAt + 2)
        return failure(ErrorCode::Malformed, "read FLAC › header");
    config.sampleRate = header[rateAt] << 12 | header[rateAt + 1] << 4 | header[rateAt + 2] >> 4;
    config.channels = 1 + ((header[rateAt + 2] >> 1) & 7);
    return {};
}

} // namespace

bool SoundUnits::canPass(rtmp::FourCc codec)
{
    return codec == four_cc::aac || codec == four_cc::opus || codec == four_cc::flac
        || codec == four_cc::ac3 || codec == four_cc::eac3 || codec == four_cc::mp3;
}

bool SoundUnits::needsHeader() const
{
    return m_codec == four_cc::aac || m_codec == four_cc::opus || m_codec == four_cc::flac;
}

// Players were told the rate when they joined: another one is another track.
Result<> SoundUnits::takeHeader(const Bytes &header)
{
    if (m_track)
        return std::ranges::equal(m_header.span(), header.span())
            ? Result<>()
            : failure(ErrorCode::ConnectionLost, "the sound changed");
    auto track = makeTrack(header);
    if (!track)
        return tl::unexpected(track.error());
    m_header = header;
    m_track = *std::move(track);
    return {};
}

Result<std::shared_ptr<const Track>> SoundUnits::makeTrack(const Bytes &header) const
{
    Track track{TrackId::Audio, 1, {}};
    if (m_codec == four_cc::aac) {
        auto config = readAudioSpecificConfig(header);
        if (!config)
            return tl::unexpected(config.error());
        config->bitrate = m_metadata.audioBitrate;
        track.config = *std::move(config);
        return std::make_shared<const Track>(std::move(track));
    }
    OpaqueConfig config;
    config.codec = *rtmp::opaqueCodecOf(m_codec);
    config.header = Bytes::copyOf(header);
    config.sampleRate = m_metadata.sampleRate > 0 ? m_metadata.sampleRate : usualRate;
    config.channels = m_metadata.channels > 0 ? m_metadata.channels : usualChannels;
    config.bitrate = m_metadata.audioBitrate;
    const auto read = m_codec == four_cc::opus ? readOpusHead(header, config)
        : m_codec == four_cc::flac             ? readFlacHead(header, config)
                                               : Result<>();
    if (!read)
        return tl::unexpected(read.error());
    track.config = std::move(config);
    return std::make_shared<const Track>(std::move(track));
}

AccessUnitPtr SoundUnits::convert(const Bytes &body, Timestamp time, WallTime captured)
{
    if (!m_track && !needsHeader())
        m_track = makeTrack({}).value_or(nullptr);
    if (!m_track || body.empty())
        return nullptr;
    auto unit = std::make_shared<AccessUnit>();
    unit->track = TrackId::Audio;
    unit->keyframe = true;
    unit->dts = time;
    unit->pts = time;
    unit->captured = captured;
    unit->config = m_track;
    unit->units.push_back(body);
    return unit;
}

} // namespace heliograph
