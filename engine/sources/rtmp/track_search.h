// Finds out which tracks a publisher sends, from its first messages: its metadata announces them,
// their sequence headers prove them.
// Thread: the source's. Owner: ItemSource.
#pragma once

#include "engine/error.h"
#include "stream/ingest.h"
#include "wire/rtmp/flv_tag.h"
#include "wire/rtmp/four_cc.h"

#include <array>
#include <optional>

namespace heliograph {

class TrackSearch {
public:
    struct Patience {
        Timestamp lone = std::chrono::milliseconds(800); // one track and no sign of another
        Timestamp announced = std::chrono::seconds(5); // for one that was announced
    };

    explicit TrackSearch(Patience patience)
        : m_patience(patience)
    {
    }

    // Errors: Malformed.
    Result<> look(const PublishedItem &item);
    bool isOver(Timestamp now) const;

    // Of what was found: how it is coded; what has no name in RTMP is `unnamed`.
    static constexpr rtmp::FourCc unnamed{"????"};
    rtmp::FourCc pictures() const { return m_tracks[0].codec; } // none: not found
    rtmp::FourCc sound() const { return m_tracks[1].codec; }

private:
    struct Found {
        bool announced = false;
        rtmp::FourCc codec;
    };

    void note(Found &track, rtmp::FourCc codec, rtmp::PacketKind kind, Timestamp arrived);
    void noteAnnouncement(const PublishedItem &item);

    const Patience m_patience;
    std::array<Found, 2> m_tracks; // pictures, sound
    std::optional<Timestamp> m_since; // when the first track was found
};

} // namespace heliograph
