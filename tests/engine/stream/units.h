// Access units and batches made up for tests.
#pragma once

#include "media/access_unit.h"
#include "media/batch.h"
#include "support/manual_clock.h"

namespace heliograph::test {

inline std::shared_ptr<const Track> videoTrack()
{
    static const auto track = std::make_shared<const Track>(Track{TrackId::Video, 1, H264Config{}});
    return track;
}

inline std::shared_ptr<const Track> audioTrack()
{
    static const auto track = std::make_shared<const Track>(Track{TrackId::Audio, 1, AacConfig{}});
    return track;
}

inline AccessUnitPtr unit(int ms, bool keyframe, std::size_t bytes = 10,
                          TrackId track = TrackId::Video)
{
    auto made = std::make_shared<AccessUnit>();
    made->track = track;
    made->pts = made->dts = std::chrono::milliseconds(ms);
    made->keyframe = keyframe;
    made->config = track == TrackId::Video ? videoTrack() : audioTrack();
    made->units.push_back(Bytes(std::vector<std::uint8_t>(bytes, std::uint8_t(ms))));
    return made;
}

inline BatchPtr batch(int ms, bool keyframe, std::size_t bytes = 10, TrackId track = TrackId::Video)
{
    auto made = std::make_shared<Batch>();
    made->track = track;
    made->dts = std::chrono::milliseconds(ms);
    made->keyframe = keyframe;
    made->block = Bytes(std::vector<std::uint8_t>(bytes, std::uint8_t(ms)));
    return made;
}

} // namespace heliograph::test
