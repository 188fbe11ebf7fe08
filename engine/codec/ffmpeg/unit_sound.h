// Coded sound that passes, as samples for who listens to it here, or wants it in another coding.
// Thread: its owner's. Owner: a listener, or a source.
#pragma once

#include "media/access_unit.h"
#include "media/frames.h"

#include <memory>
#include <vector>

namespace heliograph {

class AudioDecoder;

class UnitSound {
public:
    UnitSound();
    ~UnitSound();

    // Any number of frames; none of what is damaged, or of a codec that this FFmpeg lacks.
    std::vector<AudioFrame> decode(const AccessUnit &unit);

private:
    void open(const std::shared_ptr<const Track> &track);

    std::shared_ptr<const Track> m_track; // of the decoder
    std::unique_ptr<AudioDecoder> m_decoder; // null: none can be had
};

} // namespace heliograph
