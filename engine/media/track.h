// One elementary stream of a source and what a decoder must know before the first picture.
// Thread: any (values).
#pragma once

#include "core/bytes.h"
#include "media/h264.h"
#include "media/hevc.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace heliograph {

// Audio is what everybody hears. The others are the same sound in another coding, for who asks for
// it: as Opus, made from the same capture, and as the source itself coded it.
enum class TrackId : std::uint8_t { Video = 0, Audio = 1, Opus = 2, Original = 3 };
inline constexpr std::size_t trackCount = 4;

constexpr bool isAlternative(TrackId id)
{
    return id > TrackId::Audio;
}

// H.264: the parameter sets in force, without start codes. Most streams have one of each.
struct H264Config {
    Bytes sps;
    Bytes pps;
    std::vector<Bytes> moreSets; // those of other ids, which pictures may use as well
    h264::SpsInfo info; // read from sps
    double fps = 0; // asked of the encoder; 0 when unknown
    int bitrate = 0; // bit/s asked of the encoder; 0 when unknown
};

// H.265, likewise.
struct HevcConfig {
    Bytes vps;
    Bytes sps;
    Bytes pps;
    std::vector<Bytes> moreSets;
    hevc::SpsInfo info; // read from sps
    double fps = 0;
    int bitrate = 0; // bit/s
};

// AAC-LC: ISO/IEC 14496-3 AudioSpecificConfig.
struct AacConfig {
    Bytes audioSpecificConfig;
    int sampleRate = 48000;
    int channels = 2;
    int bitrate = 0; // bit/s
};

// What needs no look inside. Pcmu and Pcma: ITU-T G.711, µ-law and A-law.
enum class OpaqueCodec : std::uint8_t { Av1, Vp8, Vp9, Opus, Flac, Ac3, Eac3, Mp3, Pcmu, Pcma };

struct OpaqueConfig {
    OpaqueCodec codec = OpaqueCodec::Av1;
    // What its decoder needs first: av1C, vpcC (ISO/IEC 14496-15 and the codecs' MP4 bindings),
    // OpusHead (RFC 7845 section 5.1), "fLaC" and STREAMINFO (RFC 9639). Empty: nothing.
    Bytes header;
    int width = 0; // pixels, as announced; 0 when unknown, and of sound
    int height = 0;
    double fps = 0;
    int sampleRate = 0; // of sound
    int channels = 0;
    int bitrate = 0; // bit/s
};

struct Track {
    TrackId id = TrackId::Video;
    std::uint32_t configVersion = 0; // rises with every change of config
    std::variant<H264Config, AacConfig, HevcConfig, OpaqueConfig> config;
    bool encodedHere = false; // of pictures: a keyframe can be asked for

    bool isVideo() const { return id == TrackId::Video; }
    // Pixels; 0 when unknown, and of sound.
    int width() const;
    int height() const;
    // RTP clock (RFC 6184 section 8.2.1, RFC 7798 section 7.1; RFC 3640: the sampling rate;
    // RFC 7587 section 4.1: Opus has 48000, whatever its sound; RFC 3551 section 4.5.14: G.711 the
    // sampling rate).
    int clockRate() const;
    // "H.264 High", "AAC", "Opus".
    std::string codecName() const;
};

bool isOpus(const Track &track);
bool isG711(const Track &track);

// Whether a decoder that was set up for one can go on with the other: parameter sets travel with
// the pictures, what AAC and the rest need does not.
bool canFollow(const Track &described, const Track &now);

using TrackList = std::vector<Track>;

} // namespace heliograph
