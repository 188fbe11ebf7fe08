// Facts about H.265 bitstreams (ITU-T H.265): NAL unit types and parameter sets. Annex B and
// emulation prevention are those of H.264. Thread: any (pure functions on bytes). Bytes may come
// from outside: nothing here trusts them.
#pragma once

#include "core/bytes.h"
#include "engine/error.h"

#include <array>
#include <cstdint>
#include <string>

namespace heliograph::hevc {

// Table 7-1.
enum class NalType : std::uint8_t {
    LastOrdinarySlice = 9, // RASL_R: 0 to 9 are slices of pictures that need others
    FirstRandomAccess = 16, // BLA_W_LP; IDR and CRA are among them
    IdrWithLeading = 19, // IDR_W_RADL
    IdrWithoutLeading = 20, // IDR_N_LP
    LastRandomAccess = 21, // CRA
    Vps = 32,
    Sps = 33,
    Pps = 34,
    AccessUnitDelimiter = 35,
    EndOfSequence = 36,
    EndOfStream = 37,
    Filler = 38,
    PrefixSei = 39,
    LastOfStandard = 47, // what is above has other meanings, in RTP for one
};

//  +---------------+---------------+
//  |0|1|2|3|4|5|6|7|0|1|2|3|4|5|6|7|
//  |F|   Type    |  LayerId  | TID |   section 7.3.1.2
//  +-------------+-----------------+
inline constexpr std::size_t headerSize = 2;

inline NalType typeOf(ByteSpan nal)
{
    return NalType(nal.size() < headerSize ? 63 : (nal[0] >> 1) & 0x3f);
}

bool isSlice(NalType type);
bool isRandomAccess(NalType type); // a slice that decoding can begin at: IDR, CRA, BLA
bool isIdr(NalType type); // pictures are counted anew from it on

// True for what an access unit keeps: no delimiters, filler and end markers, nothing unspecified.
bool isCarried(NalType type);

struct SpsInfo {
    // general_profile_space to general_level_idc, as they stand in the set (section 7.3.3).
    std::array<std::uint8_t, 12> profileTierLevel{};
    int temporalLayers = 1;
    bool temporalNesting = false;
    int chromaFormat = 1; // 0 to 3
    int lumaDepth = 8; // bits
    int chromaDepth = 8;
    int width = 0; // pixels, after cropping
    int height = 0;
    int reordered = 0; // sps_max_num_reorder_pics: so many may be shown after one that follows them
    bool operator==(const SpsInfo &) const = default;
};

// Reads a sequence parameter set NAL unit (section 7.3.2.2.1), emulation prevention included.
// Errors: Malformed (not an SPS, truncated, a field out of range, or sizes past 16384).
Result<SpsInfo> parseSps(ByteSpan nal);

// The id of a video, sequence or picture parameter set NAL unit: up to 15, 15 or 63.
// Errors: Malformed.
Result<int> parameterSetId(ByteSpan nal);

// "Main", "Main 10", … (annex A); "profile 5" for one without a name here.
std::string profileName(const SpsInfo &info);

} // namespace heliograph::hevc
