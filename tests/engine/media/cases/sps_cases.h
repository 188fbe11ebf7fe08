// Sequence parameter sets that x264 wrote, with the size that ffprobe says. One table for the
// tests and for the seeds of the fuzz target h264_sps.
#pragma once

#include <string>
#include <vector>

namespace heliograph::test {

struct SpsCase {
    std::string name;
    std::string hex;
    int width;
    int height;
    int level;
    std::string profile;
};

// clang-format off
inline const std::vector<SpsCase> &spsCases()
{
    static const std::vector<SpsCase> cases = {
        {"hd720", "6764001facd9405005bb011000000300100000030320f1831960", 1280, 720, 31, "High"},
        {"hd1080_cropped", "67640028acd940780227e5c044000003000400000300c83c60c658", 1920, 1080, 40, "High"},
        {"interlaced_1080", "67640028acd94078044fde0220000003002000000643e2c5b2c0", 1920, 1080, 40, "High"},
        {"interlaced_576", "6764001eacd940b424d8088000000300800000190f8a14cb", 720, 576, 30, "High"},
        {"interlaced_422", "677a0028bcd94078044fcb808800000300080000030190f8b16cb0", 1920, 1080, 40, "High 4:2:2"},
        {"high_422", "677a0028bcd940780227a8bc0440000003004000000c83c60c6580", 1918, 1078, 40, "High 4:2:2"},
        {"high_422_10", "677a0028b6cd940780227e27011000000300100000030320f1831960", 1920, 1080, 40, "High 4:2:2"},
        {"high_444", "67f40028919b280f0044f71780880000030008000003019078c18cb0", 1918, 1078, 40, "High 4:4:4 Predictive"},
        {"high_444_small", "67f4000d919b282810fc7e0220000003002000000641e28532c0", 320, 242, 13, "High 4:4:4 Predictive"},
        {"high_10", "676e0020a6cd94056061e6f011000003000100000300320f183196", 1366, 768, 32, "High 10"},
        {"baseline", "6742c01ed900a02ff97011000003000100000300320f162e48", 640, 360, 30, "Constrained Baseline"},
        {"qcif", "6742c00bd902c4ec0440000003004000000ca3c50a92", 176, 144, 11, "Constrained Baseline"},
        {"main_854", "674d401eeca06c1ef37808800000030080000019078b16cb", 854, 480, 30, "Main"},
        {"monochrome", "6764001ef3650290ff8f8fc05b20000003002000000641e2c5b2c0", 642, 482, 30, "High"},
        {"uhd", "67640034acd9403c0043ec0440000003004000000c83c60c6580", 3840, 2160, 52, "High"},
        {"tiny", "6764000aacd95ec044000003000400000300c83c489658", 16, 16, 10, "High"},
        {"lossless", "67f4000daeb202a33c44d808800000030080000019078a1524", 322, 182, 13, "High 4:4:4 Predictive"},
    };
    return cases;
}
// clang-format on

} // namespace heliograph::test
