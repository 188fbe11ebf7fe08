// The sound of a source as its viewers hear it, for a person at this computer to listen to.
// Thread: setWanted() on any; take() on one at a time. Owner: shared between the source's thread
// (writer) and the listener (reader).
#pragma once

#include <memory>
#include <vector>

namespace heliograph {

struct HeardSound {
    int sampleRate = 48000; // Hz
    int channels = 2; // 1 or 2
    std::vector<float> samples; // interleaved, nominal -1 to 1
};

class SoundTap {
public:
    virtual ~SoundTap() = default;
    // While nobody wants sound none is kept, and none that passes is decoded. Starts unwanted.
    virtual void setWanted(bool wanted) = 0;
    // What came since the last call, oldest first. Who takes nothing for half a second loses the
    // oldest: newest wins. What passes coded is decoded here, on the caller's thread.
    virtual std::vector<HeardSound> take() = 0;
};

} // namespace heliograph
