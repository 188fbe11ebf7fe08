// A publisher's milliseconds as instants on the steady clock, for both tracks together, so that
// sound keeps its distance from the picture. They may begin anywhere, run over at 2^32, go back or
// jump, and another publisher may go on with others: what comes out rises.
// Thread: the source's. Owner: FlvUnits.
#pragma once

#include "core/clock.h"
#include "media/track.h"

#include <array>
#include <cstdint>
#include <optional>

namespace heliograph {

class PublisherClock {
public:
    // The instant of a message of that track; above that of the one before.
    // nanoseconds: what Enhanced RTMP adds, below 1 ms.
    Timestamp place(TrackId track, std::uint32_t time, std::uint32_t nanoseconds,
                    Timestamp arrived);

    // What comes now continues nothing.
    void begin() { m_last.reset(); }

private:
    struct Progress {
        Timestamp newest{0}; // the highest media time since the anchor
        std::optional<Timestamp> given;
    };

    Timestamp advance(std::uint32_t time);
    void anchor(Timestamp arrived);

    std::optional<std::uint32_t> m_last; // the time of the message before; nothing: not anchored
    Timestamp m_media{0}; // m_last without its runs over
    Timestamp m_anchor{0}; // to be added to the media time
    Timestamp m_highest{0}; // that was ever given
    std::array<Progress, 2> m_tracks;
};

} // namespace heliograph
