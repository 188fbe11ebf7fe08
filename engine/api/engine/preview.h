// The newest picture of a source, small, for a person to look at.
// Thread: any. Owner: shared between the source's thread (writer) and the window (reader).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace heliograph {

// I420: width x height luma bytes, then two planes of ((width+1)/2) x ((height+1)/2), no padding.
struct PreviewFrame {
    int width = 0; // at most 640
    int height = 0;
    std::vector<std::uint8_t> planes;
};

class PreviewTap {
public:
    virtual ~PreviewTap() = default;
    // While nobody wants pictures none are made. Starts unwanted.
    virtual void setWanted(bool wanted) = 0;
    // The newest frame not taken yet, or null. Older ones are gone: newest wins.
    virtual std::shared_ptr<const PreviewFrame> take() = 0;
};

} // namespace heliograph
