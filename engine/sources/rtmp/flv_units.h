// What a publisher sends, made into access units: H.264 and AAC, each NAL unit and frame as it is.
// Thread: the source's. Owner: ItemSource.
#pragma once

#include "media/h264_assembler.h"
#include "sources/rtmp/publisher_clock.h"
#include "stream/ingest.h"
#include "wire/rtmp/metadata.h"

#include <span>

namespace heliograph {

class FlvUnits {
public:
    // tracks: those to be made; what belongs to another one is left out.
    FlvUnits(std::span<const TrackId> tracks, const Clock &clock);

    // Null: the item is no frame, or one that cannot be decoded yet.
    // Errors: Malformed; ConnectionLost: a track goes on as another one, everything must begin
    // anew.
    Result<AccessUnitPtr> convert(const PublishedItem &item);

private:
    Result<AccessUnitPtr> convertPicture(const PublishedItem &item);
    Result<AccessUnitPtr> convertSound(const PublishedItem &item);
    Result<> takeRecord(const Bytes &record);
    Result<> takeSoundConfig(const Bytes &bytes);
    void takeMetadata(const PublishedItem &item);
    WallTime toWall(Timestamp instant) const;

    const Clock &m_clock;
    const bool m_hasPictures;
    const bool m_hasSound;
    PublisherClock m_times;
    H264Assembler m_assembler;
    Bytes m_record; // avcC: of the sets in force; empty: none yet
    int m_lengthSize = 4; // of the prefixes of NAL units, by that record
    std::shared_ptr<const Track> m_sound; // null: its configuration has not come yet
    int m_soundBitrate = 0; // bit/s, as announced
};

} // namespace heliograph
