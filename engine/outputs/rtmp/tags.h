// Access units and configurations in the form that RTMP carries: the bodies of FLV tags.
// Thread: any (values; pure functions).
#pragma once

#include "media/access_unit.h"
#include "wire/rtmp/avcc.h"
#include "wire/rtmp/flv_tag.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace heliograph::rtmp {

// Of a keyframe of H.264 or H.265, in front of it. Its sequence header has them already; but
// FFmpeg's parser, unlike its decoder, goes by what is in-band, and complains for as long as it
// knows others.
enum class ParameterSets { LeftOut, Kept };

// One unit's tag, in parts that point to the unit's bytes: nothing of them is copied. The unit must
// outlive it.
class Tag {
public:
    // compositionTime: pts - dts, in ms.
    Tag(const AccessUnit &unit, std::int64_t compositionTime,
        ParameterSets sets = ParameterSets::LeftOut);
    Tag(const Tag &) = delete; // the parts point into it
    Tag &operator=(const Tag &) = delete;

    std::span<const ByteSpan> parts() const;
    std::size_t size() const;

private:
    TagHead m_head;
    std::optional<LengthPrefixed> m_nals;
    std::array<ByteSpan, 2> m_frame;
};

// The tag that a decoder needs before the first unit of the track; empty: it needs none.
std::vector<std::uint8_t> sequenceHeader(const Track &track);

} // namespace heliograph::rtmp
