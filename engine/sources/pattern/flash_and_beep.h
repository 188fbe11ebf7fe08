// A white picture and a tone that begin together at every full second: what shows whether picture
// and sound stay together on their way.
// Thread: the source's. Owner: the pattern source.
#pragma once

#include "media/frames.h"

#include <optional>

namespace heliograph {

class FlashAndBeep {
public:
    static constexpr Timestamp length = std::chrono::milliseconds(100);

    // The seconds count from the first picture. In the flash it is white.
    VideoFrame apply(const VideoFrame &picture);
    // Silent outside of the beeps, and before the first picture.
    AudioFrame apply(const AudioFrame &sound) const;

private:
    bool isOn(Timestamp instant) const;
    const Bytes &whiteOf(std::size_t size);

    std::optional<Timestamp> m_start;
    Bytes m_white;
};

} // namespace heliograph
