// AVCDecoderConfigurationRecords made by hand, and what they hold. One table for the tests and for
// the seeds of the fuzz target flv_tags.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace heliograph::test {

struct AvcSets {
    int lengthSize = 4;
    std::vector<std::string> sps; // hex
    std::vector<std::string> pps;
};

struct AvcRecordCase {
    std::string name;
    std::string hex;
    std::optional<AvcSets> sets; // nothing: Malformed
};

// clang-format off
inline std::vector<AvcRecordCase> avcRecordCases()
{
    return {
        {"T14_one_of_each", "01 64001f ff e1 0004 6764001f 01 0002 68ee", AvcSets{4, {"6764001f"}, {"68ee"}}},
        {"T14_high_extension", "01 64001f ff e1 0004 6764001f 01 0002 68ee fd f8 f8 00", AvcSets{4, {"6764001f"}, {"68ee"}}},
        {"two_of_each", "01 64001f ff e2 0002 6764 0001 67 02 0002 68ee 0001 68", AvcSets{4, {"6764", "67"}, {"68ee", "68"}}},
        {"prefixes_of_two", "01 64001f fd e1 0001 67 01 0001 68", AvcSets{2, {"67"}, {"68"}}},
        {"prefixes_of_one", "01 64001f fc e1 0001 67 01 0001 68", AvcSets{1, {"67"}, {"68"}}},
        {"reserved_bits_of_zero", "01 64001f 03 01 0001 67 01 0001 68", AvcSets{4, {"67"}, {"68"}}},
        {"empty_set_beside_another", "01 64001f ff e2 0000 0001 67 01 0001 68", AvcSets{4, {"67"}, {"68"}}},
        {"empty", "", std::nullopt},
        {"another_version", "00 64001f ff e1 0001 67 01 0001 68", std::nullopt},
        {"short", "01 64001f", std::nullopt},
        {"no_sps", "01 64001f ff e0 01 0001 68", std::nullopt},
        {"no_pps", "01 64001f ff e1 0001 67 00", std::nullopt},
        {"no_count_of_pps", "01 64001f ff e1 0001 67", std::nullopt},
        {"sps_past_the_end", "01 64001f ff e1 0005 67640000", std::nullopt},
        {"pps_past_the_end", "01 64001f ff e1 0001 67 01 0002 68", std::nullopt},
    };
}
// clang-format on

} // namespace heliograph::test
