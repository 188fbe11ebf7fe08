// One packet of a file as its demuxer hands it out: a coded picture in Annex B or one raw frame of
// sound where they are passed on, what libavcodec takes where they are decoded.
// Thread: the source's. Owner: whoever holds it.
#pragma once

#include "core/bytes.h"
#include "core/clock.h"
#include "media/track.h"

struct AVPacket;

namespace heliograph {

struct Sample {
    TrackId track = TrackId::Video;
    Bytes bytes; // passed on
    Timestamp pts{0}; // as the file counts
    Timestamp dts{0};
    Timestamp duration{0};
    bool isKeyframe = true;
    Timestamp position{0}; // when it is shown, from the beginning of its file
    bool isLeadIn = false; // before the place that was sought: decoded, and not shown
    std::shared_ptr<AVPacket> packet; // decoded: with the file's own times; null: passed on
};

} // namespace heliograph
