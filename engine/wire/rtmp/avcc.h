// H.264 as FLV and MP4 hold it (ISO/IEC 14496-15 section 5.3): AVCDecoderConfigurationRecord and
// NAL units with length prefixes.
// Thread: any (pure functions on bytes).
#pragma once

#include "engine/error.h"
#include "media/track.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace heliograph::rtmp {

struct AvcRecord {
    int lengthSize = 4; // bytes in front of each NAL unit: 1, 2 or 4
    std::vector<Bytes> sps; // slices of the record, not copied
    std::vector<Bytes> pps;
};

// What stands behind the parameter sets (the extension of the High profiles) is not needed, and
// may be missing or broken. Errors: Malformed (version not 1, short, no SPS or no PPS).
Result<AvcRecord> parseAvcRecord(const Bytes &record);

// With the extension that profiles such as High call for; length prefixes of 4 bytes.
std::vector<std::uint8_t> writeAvcRecord(const H264Config &config);

// The NAL units, as slices of the body; empty ones are left out.
// Errors: Malformed (a length past the end).
Result<std::vector<Bytes>> splitLengthPrefixed(const Bytes &body, int lengthSize);

// NAL units with 4-byte prefixes, as parts of a message that point to the units: no byte of theirs
// is copied. The head and the units must outlive it.
class LengthPrefixed {
public:
    // head: the tag's, put in front of all; may be empty.
    LengthPrefixed(ByteSpan head, std::span<const Bytes> units);
    LengthPrefixed(const LengthPrefixed &) = delete; // the parts point into it
    LengthPrefixed &operator=(const LengthPrefixed &) = delete;

    std::span<const ByteSpan> parts() const { return m_parts; }
    std::size_t size() const { return m_size; } // bytes of all parts

private:
    std::vector<std::array<std::uint8_t, 4>> m_prefixes;
    std::vector<ByteSpan> m_parts;
    std::size_t m_size = 0;
};

} // namespace heliograph::rtmp
