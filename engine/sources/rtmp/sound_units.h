// The sound of a publisher, made into access units, each frame as it is.
// Thread: the source's. Owner: FlvUnits.
#pragma once

#include "media/access_unit.h"
#include "wire/rtmp/four_cc.h"
#include "wire/rtmp/metadata.h"

namespace heliograph {

class SoundUnits {
public:
    static bool canPass(rtmp::FourCc codec);

    // codec: one that canPass().
    explicit SoundUnits(rtmp::FourCc codec)
        : m_codec(codec)
    {
    }

    void takeMetadata(const rtmp::Metadata &metadata) { m_metadata = metadata; }
    // The decoder's configuration. Errors: Malformed, Unsupported; ConnectionLost: it is another
    // one, which players that were told the first cannot follow.
    Result<> takeHeader(const Bytes &header);
    // Null: it cannot be decoded yet.
    AccessUnitPtr convert(const Bytes &body, Timestamp time, WallTime captured);

private:
    bool needsHeader() const;
    Result<std::shared_ptr<const Track>> makeTrack(const Bytes &header) const;

    const rtmp::FourCc m_codec;
    rtmp::Metadata m_metadata;
    Bytes m_header;
    std::shared_ptr<const Track> m_track; // null: nothing is known yet
};

} // namespace heliograph
