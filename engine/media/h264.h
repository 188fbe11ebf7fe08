// Facts about H.264 bitstreams (ITU-T H.264): NAL unit types, Annex B splitting, SPS reading.
// Thread: any (pure functions on bytes). Bytes may come from outside: nothing here trusts them.
#pragma once

#include "core/bytes.h"
#include "engine/error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace heliograph::h264 {

// Table 7-1.
enum class NalType : std::uint8_t {
    NonIdrSlice = 1,
    PartitionA = 2,
    PartitionB = 3,
    PartitionC = 4,
    IdrSlice = 5,
    Sei = 6,
    Sps = 7,
    Pps = 8,
    AccessUnitDelimiter = 9,
    EndOfSequence = 10,
    EndOfStream = 11,
    Filler = 12,
};

//  +---------------+
//  |0|1|2|3|4|5|6|7|
//  |F|NRI|  Type   |   section 7.3.1
//  +---------------+
inline NalType typeOf(ByteSpan nal)
{
    return NalType(nal.empty() ? 0 : nal[0] & 0x1f);
}

// The NAL units of an Annex B byte stream as spans into it: start codes (3 or 4 bytes) and
// trailing zero bytes stripped, empty units left out. Bytes before the first start code are
// ignored. Linear in the size.
std::vector<ByteSpan> splitAnnexB(ByteSpan stream);

// True for what an access unit keeps: everything but delimiters, filler and end markers.
bool isCarried(NalType type);

// Of a slice NAL unit (section 7.4.3): its pictures may be shown before some that precede them in
// the stream. False for what is no slice.
bool isBSlice(ByteSpan nal);

struct SpsInfo {
    std::uint8_t profile = 0; // profile_idc: SPS byte 1
    std::uint8_t compatibility = 0; // constraint_set flags: SPS byte 2
    std::uint8_t level = 0; // level_idc: SPS byte 3
    int width = 0; // pixels, after cropping
    int height = 0;
    bool operator==(const SpsInfo &) const = default;
};

// Reads a sequence parameter set NAL unit (section 7.3.2.1.1), emulation prevention included.
// Errors: Malformed (not an SPS, truncated, or sizes past 16384).
Result<SpsInfo> parseSps(ByteSpan nal);

// The id of a sequence or picture parameter set NAL unit (sections 7.4.2.1.1, 7.4.2.2): up to 31,
// or 255. Errors: Malformed.
Result<int> parameterSetId(ByteSpan nal);

// "High", "Constrained Baseline", … (annex A); "profile 118" for one without a name here.
std::string profileName(const SpsInfo &info);

// An SEI NAL unit with one user_data_unregistered message (section D.1.7), emulation prevention
// applied.
std::vector<std::uint8_t> userDataSei(std::span<const std::uint8_t, 16> uuid, ByteSpan payload);

// The payload behind the UUID of the first user_data_unregistered message with that UUID in an
// SEI NAL unit; empty when there is none. Emulation prevention removed.
std::vector<std::uint8_t> findUserData(ByteSpan seiNal, std::span<const std::uint8_t, 16> uuid);

} // namespace heliograph::h264
