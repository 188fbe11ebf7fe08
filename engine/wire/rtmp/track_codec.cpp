#include "wire/rtmp/track_codec.h"

#include <algorithm>
#include <array>

namespace heliograph::rtmp {

namespace {

struct Pair {
    OpaqueCodec codec;
    FourCc name;
};

constexpr std::array pairs = {
    Pair{OpaqueCodec::Av1, four_cc::av1},   Pair{OpaqueCodec::Vp8, four_cc::vp8},
    Pair{OpaqueCodec::Vp9, four_cc::vp9},   Pair{OpaqueCodec::Opus, four_cc::opus},
    Pair{OpaqueCodec::Flac, four_cc::flac}, Pair{OpaqueCodec::Ac3, four_cc::ac3},
    Pair{OpaqueCodec::Eac3, four_cc::eac3}, Pair{OpaqueCodec::Mp3, four_cc::mp3},
};

} // namespace

FourCc fourCcOf(const Track &track)
{
    if (const auto *opaque = std::get_if<OpaqueConfig>(&track.config))
        return std::ranges::find(pairs, opaque->codec, &Pair::codec)->name;
    if (std::holds_alternative<HevcConfig>(track.config))
        return four_cc::hevc;
    return track.isVideo() ? four_cc::avc : four_cc::aac;
}

std::optional<OpaqueCodec> opaqueCodecOf(FourCc codec)
{
    const auto found = std::ranges::find(pairs, codec, &Pair::name);
    return found == pairs.end() ? std::nullopt : std::optional(found->codec);
}

} // namespace heliograph::rtmp
