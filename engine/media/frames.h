// Raw pictures and sound between a source and its encoder.
// Thread: any (immutable once made). Owner: shared through Bytes.
#pragma once

#include "core/bytes.h"
#include "core/clock.h"
#include "media/access_unit.h"

#include <array>
#include <cstdint>
#include <variant>

namespace heliograph {

enum class PixelFormat { I420, NV12, YUY2, UYVY, RGB, BGR, RGBA, BGRA, RGBx, BGRx, GRAY8 };

struct PictureFormat {
    int width = 0; // pixels
    int height = 0;
    PixelFormat pixels = PixelFormat::I420;
    bool operator==(const PictureFormat &) const = default;
};

struct VideoFrame {
    PictureFormat format;
    Timestamp pts{0}; // capture time
    WallTime captured{0}; // the same instant on the wall clock
    std::uint32_t skipped = 0; // pictures lost between the one before and this one
    std::array<Bytes, 3> planes;
    std::array<int, 3> strides{}; // bytes from one row to the next; 0 where there is no plane
};

struct AudioFrame {
    Timestamp pts{0}; // capture time of the first sample
    int sampleRate = 48000;
    int channels = 2;
    Bytes samples; // interleaved 32-bit float, native endian, nominal -1 to 1
    AccessUnitPtr original; // as it came, where that can be passed on (TrackId::Original); or null
};

// How long so many samples of one channel last; exact for days.
inline Timestamp durationOf(std::int64_t samples, int sampleRate)
{
    constexpr std::int64_t second = 1'000'000'000;
    return Timestamp(samples / sampleRate * second + samples % sampleRate * second / sampleRate);
}

struct EndOfSource { };
struct OpenAnew { }; // nothing has failed, but it has other tracks from here on

using SourceItem = std::variant<VideoFrame, AudioFrame, AccessUnitPtr, EndOfSource, OpenAnew>;

} // namespace heliograph
