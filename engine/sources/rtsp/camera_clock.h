// When pictures and sound of a camera were captured, on the steady clock. rtspsrc makes instants of
// RTP times and sender reports, so both tracks keep their distance; what this adds: a track whose
// times jump or go back, as those of cameras do that set their clock, goes on from now, and times
// that are bent, as in the burst behind a stall, rise all the same.
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
        Timestamp pts{0}; // rises, but where pictures are reordered
        Timestamp dts{0}; // rises; never above pts
    };

    // said: the instant that the pipeline tells; nothing: duration behind the one before.
    // Pictures come in decoding order. Where they are reordered by more than was expected, the
    // times of the first of them are bent.
    Times place(TrackId track, std::optional<Timestamp> said, Timestamp duration,
                Timestamp arrived);

    // There are B-pictures: times that go back are meant. `most`: by how much, as far as it is
    // known.
    void expectReorder(Timestamp most = Timestamp(0));

private:
    struct Progress {
        Timestamp offset{0}; // added to what is said
        std::optional<Times> last;
        Timestamp highest{Timestamp::min()}; // pts
        bool isReordered = false;
        Timestamp reorder{0}; // by how much decoding must precede showing
    };

    static Times ordered(Progress &progress, Timestamp pts);
    Timestamp rebased(Progress &progress, Timestamp said, Timestamp arrived);

    std::array<Progress, 2> m_tracks;
};

} // namespace heliograph
