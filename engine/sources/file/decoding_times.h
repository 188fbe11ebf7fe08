// Fills in the decoding times that a container leaves out (Matroska holds none, and libavformat
// cannot tell those of the first pictures).
// Thread: the source's. Owner: the demuxer.
#pragma once

#include "sources/file/sample.h"

#include <deque>
#include <optional>

namespace heliograph {

class DecodingTimes {
public:
    // The pictures in decoding order; the sample's own times are not looked at, its duration is.
    void push(Sample sample, std::optional<Timestamp> pts, std::optional<Timestamp> dts);
    void end(); // of the file: what waits gets its times now

    std::optional<Sample> pop();

private:
    void fillBackwards(Timestamp dts);
    void fillFromDisplay();

    std::deque<Sample> m_waiting; // without dts
    std::deque<Sample> m_ready;
    std::optional<Timestamp> m_next; // where the last one with a dts ends
};

} // namespace heliograph
