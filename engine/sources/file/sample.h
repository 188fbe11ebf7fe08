// One packet of a file as its demuxer hands it out: a coded picture in Annex B, or one raw frame
// of AAC.
// Thread: the source's. Owner: whoever holds it.
#pragma once

#include "core/bytes.h"
#include "core/clock.h"
#include "media/track.h"

namespace heliograph {

struct Sample {
    TrackId track = TrackId::Video;
    Bytes bytes;
    Timestamp pts{0}; // as the file counts
    Timestamp dts{0};
    Timestamp duration{0};
};

} // namespace heliograph
