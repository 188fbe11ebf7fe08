// Real H.264 made by the ffmpeg program at test time. Where there is none, tests skip.
#pragma once

#include "media/h264.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace heliograph::test {

inline bool haveFfmpeg()
{
    static const bool found = std::system("ffmpeg -version >/dev/null 2>&1") == 0;
    return found;
}

inline std::vector<std::uint8_t> outputOf(const std::string &command)
{
    std::vector<std::uint8_t> output;
    FILE *const pipe = popen(command.c_str(), "r");
    if (!pipe)
        return output;
    std::uint8_t chunk[65536];
    while (const std::size_t count = std::fread(chunk, 1, sizeof chunk, pipe))
        output.insert(output.end(), chunk, chunk + count);
    pclose(pipe);
    return output;
}

// An Annex B stream of a moving test pattern. size: "1280x720".
inline std::vector<std::uint8_t> encodeH264(const std::string &size, int frames,
                                            const std::string &options)
{
    return outputOf("ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=" + size
                    + ":rate=25 -frames:v " + std::to_string(frames) + " -c:v libx264 " + options
                    + " -f h264 - 2>/dev/null");
}

inline bool isSlice(ByteSpan nal)
{
    const auto type = h264::typeOf(nal);
    return type == h264::NalType::NonIdrSlice || type == h264::NalType::IdrSlice;
}

// Cut where section 7.4.1.2.3 lets a picture begin, as far as x264 needs it: at what comes before
// a picture's first slice, and at a slice whose first_mb_in_slice is 0 (its first bit is set).
inline std::vector<std::vector<ByteSpan>> cutPictures(ByteSpan stream)
{
    std::vector<std::vector<ByteSpan>> pictures;
    bool sliceSeen = true;
    for (const ByteSpan nal : h264::splitAnnexB(stream)) {
        const bool first = !isSlice(nal) || (nal.size() > 1 && (nal[1] & 0x80) != 0);
        if (first && sliceSeen) {
            pictures.emplace_back();
            sliceSeen = false;
        }
        sliceSeen = sliceSeen || isSlice(nal);
        pictures.back().push_back(nal);
    }
    return pictures;
}

} // namespace heliograph::test
