// Pictures made up for tests.
#pragma once

#include "media/frames.h"

namespace heliograph::test {

// I420 whose luma moves with the number, so that every picture differs.
inline VideoFrame picture(int width, int height, int number, Timestamp pts)
{
    VideoFrame frame;
    frame.format = {width, height, PixelFormat::I420};
    frame.pts = pts;
    frame.captured = pts + std::chrono::hours(24 * 365);
    for (std::size_t i = 0; i < 3; ++i) {
        const int w = i ? width / 2 : width;
        const int h = i ? height / 2 : height;
        std::vector<std::uint8_t> plane(std::size_t(w * h));
        for (int y = 0; y < h; ++y)
            for (int x = 0; x < w; ++x)
                plane[std::size_t(y * w + x)] = std::uint8_t(i ? 128 : x * 3 + y * 2 + number * 5);
        frame.planes[i] = Bytes(std::move(plane));
        frame.strides[i] = w;
    }
    return frame;
}

} // namespace heliograph::test
