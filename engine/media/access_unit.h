// One coded picture, or one frame of coded sound: free of any framing, const once born.
// Thread: any (immutable). Owner: shared.
#pragma once

#include "core/bytes.h"
#include "core/clock.h"
#include "media/track.h"

#include <memory>
#include <vector>

namespace heliograph {

struct AccessUnit {
    TrackId track = TrackId::Video;
    Timestamp pts{0};
    Timestamp dts{0};
    WallTime captured{0};
    bool keyframe = false; // H.264: an IDR picture; AAC: always
    // The track as of this unit: never null, and the same object until the configuration changes.
    std::shared_ptr<const Track> config;
    // H.264: NAL units without start codes, in decoding order, no AUD and no filler; an IDR has
    // its SPS and PPS in front. AAC: one raw frame without ADTS.
    std::vector<Bytes> units;

    std::size_t size() const
    {
        std::size_t total = 0;
        for (const Bytes &unit : units)
            total += unit.size();
        return total;
    }
};

using AccessUnitPtr = std::shared_ptr<const AccessUnit>;

} // namespace heliograph
