// Sequence parameter sets that x265 wrote, with the size that ffprobe says. One table for the tests
// and for the seeds of the fuzz target hevc_sps.
#pragma once

#include <string>
#include <vector>

namespace heliograph::test {

struct HevcSpsCase {
    std::string name;
    std::string hex;
    int width;
    int height;
    int chromaFormat;
    int depth;
    std::string profile;
};

// clang-format off
inline const std::vector<HevcSpsCase> &hevcSpsCases()
{
    static const std::vector<HevcSpsCase> cases = {
        {"main_cropped", "42010101600000030090000003000003003ca00a480f9c9265959a4932bc05a02000000300200000030321", 322, 242, 1, 8, "Main"},
        {"main_10", "42010102200000030090000003000003005da00280802d1d5365959a4932bc05a02000000300200000030321", 1278, 718, 1, 10, "Main 10"},
        {"main_444", "4201010408000003009e0800000300005d9000501005a3bbcb2b349265780b4040000003004000000642", 1278, 718, 3, 8, "Range Extensions"},
        {"main_422", "4201010408000003009d0800000300005db00280802d1d5e5959a4932bc05a020000030002000003003210", 1278, 718, 2, 8, "Range Extensions"},
    };
    return cases;
}
// clang-format on

} // namespace heliograph::test
