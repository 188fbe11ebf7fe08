// H.265 as FLV and MP4 hold it (ISO/IEC 14496-15 section 8.3.3): HEVCDecoderConfigurationRecord.
// The NAL units' prefixes are those of H.264: see avcc.h. Thread: any (pure functions on bytes).
#pragma once

#include "engine/error.h"
#include "media/track.h"

#include <cstdint>
#include <vector>

namespace heliograph::rtmp {

struct HvcRecord {
    int lengthSize = 4; // bytes in front of each NAL unit: 1, 2 or 4
    std::vector<Bytes> sets; // VPS, SPS, PPS, as they stand; slices of the record, not copied
};

// Other NAL units in the record (SEI) are left out. Errors: Malformed (version not 1, short, one of
// the three kinds of sets missing).
Result<HvcRecord> parseHvcRecord(const Bytes &record);

// Length prefixes of 4 bytes.
std::vector<std::uint8_t> writeHvcRecord(const HevcConfig &config);

} // namespace heliograph::rtmp
