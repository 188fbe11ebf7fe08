// When pictures and sound of a camera were captured, on the steady clock. rtspsrc makes instants of
// RTP times and sender reports, so both tracks keep their distance; what this adds: a track whose
// times jump or go back, as those of cameras do that set their clock, goes on from now.
// Thread: the source's. Owner: the source.
#pragma once

#include "core/clock.h"
#include "media/track.h"

#include <array>
#include <optional>

namespace heliograph {

class CameraClock {
public:
    struct Times {
        Timestamp pts{0};
        Timestamp dts{0}; // rises; never above pts
    };

    // said: the instant that the pipeline tells; nothing: duration behind the one before.
    // Pictures come in decoding order: those with B-pictures do not rise.
    // Where too little was expected, the times of the first of them are bent.
    Times place(TrackId track, std::optional<Timestamp> said, Timestamp duration,
                Timestamp arrived);

    // By how much pictures will go back behind each other.
    void expectReorder(Timestamp most);

private:
    struct Progress {
        Timestamp offset{0}; // added to what is said
        std::optional<Times> last;
        Timestamp reorder{0}; // by how much decoding must precede showing
    };

    Timestamp rebased(Progress &progress, Timestamp said, Timestamp arrived);

    std::array<Progress, 2> m_tracks;
};

} // namespace heliograph
