// One elementary stream of a source and what a decoder must know before the first picture.
// Thread: any (values).
#pragma once

#include "core/bytes.h"
#include "media/h264.h"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace heliograph {

enum class TrackId : std::uint8_t { Video = 0, Audio = 1 };

// H.264: the parameter sets in force, without start codes. Most streams have one of each.
struct H264Config {
    Bytes sps;
    Bytes pps;
    std::vector<Bytes> moreSets; // those of other ids, which pictures may use as well
    h264::SpsInfo info; // read from sps
    double fps = 0; // asked of the encoder; 0 when unknown
    int bitrate = 0; // bit/s asked of the encoder; 0 when unknown
};

// AAC-LC: ISO/IEC 14496-3 AudioSpecificConfig.
struct AacConfig {
    Bytes audioSpecificConfig;
    int sampleRate = 48000;
    int channels = 2;
    int bitrate = 0; // bit/s
};

struct Track {
    TrackId id = TrackId::Video;
    std::uint32_t configVersion = 0; // rises with every change of config
    std::variant<H264Config, AacConfig> config;
    bool encodedHere = false; // of pictures: a keyframe can be asked for

    bool isVideo() const { return std::holds_alternative<H264Config>(config); }
    // RTP clock (RFC 6184 section 8.2.1; RFC 3640: the sampling rate).
    int clockRate() const
    {
        const auto *aac = std::get_if<AacConfig>(&config);
        return aac ? aac->sampleRate : 90000;
    }
};

using TrackList = std::vector<Track>;

} // namespace heliograph
