// Annex B byte streams and the NAL units in them. One table for the tests and for the seeds of
// the fuzz target h264_nal.
#pragma once

#include <string>
#include <vector>

namespace heliograph::test {

struct AnnexBCase {
    std::string name;
    std::string stream; // in hex
    std::vector<std::string> nals; // in hex
};

// clang-format off
inline const std::vector<AnnexBCase> &annexBCases()
{
    static const std::vector<AnnexBCase> cases = {
        {"nothing", "", {}},
        {"no_start_code", "67 42 c0 1e", {}},
        {"lone_start_code", "00 00 01", {}},
        {"two_bytes_of_a_start_code", "00 00", {}},
        {"one", "00 00 00 01 09 f0", {"09 f0"}},
        {"three_and_four_byte_codes", "00 00 01 67 42 00 00 00 01 68 ce 00 00 01 65 88", {"67 42", "68 ce", "65 88"}},
        {"text_before_the_first", "de ad 00 00 01 65 88", {"65 88"}},
        {"trailing_zeros", "00 00 01 65 88 00 00 00 00 00 01 41 9a 00 00 00", {"65 88", "41 9a"}},
        {"empty_units", "00 00 01 00 00 01 00 00 00 01 65 00 00 01", {"65"}},
        {"emulation_bytes_stay", "00 00 01 65 00 00 03 01 00 00 03 00 00 01 41", {"65 00 00 03 01 00 00 03", "41"}},
        {"ones_that_are_no_start_code", "00 00 01 01 01 00 01 02 00 00 02 01", {"01 01 00 01 02 00 00 02 01"}},
        {"all_zero", "00 00 00 00 00 00 00 00", {}},
        {"delimiter_filler_and_end", "00 00 01 09 f0 00 00 01 0c ff 80 00 00 01 65 88 00 00 01 0a 00 00 01 0b", {"09 f0", "0c ff 80", "65 88", "0a", "0b"}},
    };
    return cases;
}
// clang-format on

} // namespace heliograph::test
