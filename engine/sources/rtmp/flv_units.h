// What a publisher sends, made into access units: its messages are read, and given to the one that
// knows their codec.
// Thread: the source's. Owner: ItemSource.
#pragma once

#include "sources/rtmp/picture_units.h"
#include "sources/rtmp/publisher_clock.h"
#include "sources/rtmp/sound_units.h"
#include "stream/ingest.h"

#include <optional>

namespace heliograph {

// How a publisher's tracks are coded; none: there is no such track, or it is left out.
struct FlvTracks {
    rtmp::FourCc pictures;
    rtmp::FourCc sound;
    bool operator==(const FlvTracks &) const = default;
};

class FlvUnits {
public:
    // tracks: those to be made, of codecs that can be passed on.
    FlvUnits(const FlvTracks &tracks, const Clock &clock);

    // Null: the item is no frame, or one that cannot be decoded yet.
    // Errors: Malformed; ConnectionLost: a track goes on as another one, everything must begin
    // anew.
    Result<AccessUnitPtr> convert(const PublishedItem &item);

private:
    Result<AccessUnitPtr> convertPicture(const PublishedItem &item);
    Result<AccessUnitPtr> convertSound(const PublishedItem &item);
    void takeMetadata(const PublishedItem &item);

    const Clock &m_clock;
    const FlvTracks m_tracks;
    PublisherClock m_times;
    std::unique_ptr<PictureUnits> m_pictures; // null: there are none
    std::optional<SoundUnits> m_sound;
};

} // namespace heliograph
