// RTP packets made by hand. One table for the header's tests, one for the depacketizer's; both
// are seeds of the fuzz target rtp_depacketizer.
#pragma once

#include "wire/rtp/rtp_packet.h"

#include <optional>
#include <string>
#include <vector>

namespace heliograph::test {

struct RtpCase {
    std::string name;
    std::string hex;
    std::optional<rtp::Header> header; // nothing: Malformed
    std::string payload; // in hex
};

// clang-format off
inline std::vector<RtpCase> rtpCases()
{
    const rtp::Header plain{false, 96, 0x1234, 0x55667788, 0x99aabbcc};
    const rtp::Header marked{true, 96, 0x1234, 0x55667788, 0x99aabbcc};
    return {
        {"plain", "80 60 1234 55667788 99aabbcc 65 88", plain, "65 88"},
        {"marker", "80 e0 1234 55667788 99aabbcc 65 88", marked, "65 88"},
        {"no_payload", "80 60 1234 55667788 99aabbcc", plain, ""},
        {"two_csrcs", "82 60 1234 55667788 99aabbcc 00000001 00000002 65", plain, "65"},
        {"extension", "90 60 1234 55667788 99aabbcc bede0001 deadbeef 65", plain, "65"},
        {"empty_extension", "90 60 1234 55667788 99aabbcc bede0000 65", plain, "65"},
        {"csrc_and_extension", "91 60 1234 55667788 99aabbcc 00000001 bede0001 deadbeef 65", plain, "65"},
        {"padding", "a0 60 1234 55667788 99aabbcc 65 88 00 00 03", plain, "65 88"},
        {"padding_alone", "a0 60 1234 55667788 99aabbcc 00 02", plain, ""},
        {"highest_type", "80 7f 0000 00000000 00000000", rtp::Header{false, 127, 0, 0, 0}, ""},
        {"empty", "", std::nullopt, ""},
        {"eleven_bytes", "80 60 1234 55667788 99aabb", std::nullopt, ""},
        {"version_one", "40 60 1234 55667788 99aabbcc 65", std::nullopt, ""},
        {"version_three", "c0 60 1234 55667788 99aabbcc 65", std::nullopt, ""},
        {"csrcs_past_the_end", "8f 60 1234 55667788 99aabbcc 00000001", std::nullopt, ""},
        {"extension_past_the_end", "90 60 1234 55667788 99aabbcc bede0002 deadbeef", std::nullopt, ""},
        {"extension_cut", "90 60 1234 55667788 99aabbcc bede", std::nullopt, ""},
        {"padding_past_the_end", "a0 60 1234 55667788 99aabbcc 65 03", std::nullopt, ""},
        {"padding_of_nothing", "a0 60 1234 55667788 99aabbcc 65 00", std::nullopt, ""},
        {"padding_without_payload", "a0 60 1234 55667788 99aabbcc", std::nullopt, ""},
    };
}

struct Arrived {
    int sequence;
    std::uint32_t timestamp;
    std::string payload; // in hex
    bool marker = false;
};

struct Unpacked {
    std::uint32_t timestamp;
    std::vector<std::string> nals; // in hex
    bool keyframe = false;
    bool damaged = false;
};

struct DepacketizerCase {
    std::string name;
    std::vector<Arrived> packets;
    std::vector<Unpacked> units;
    int errors = 0;
    std::uint64_t lost = 0;
};

inline std::vector<DepacketizerCase> depacketizerCases()
{
    return {
        {"single", {{1, 10, "6742", false}, {2, 10, "68ce", false}, {3, 10, "6588", true}}, {{10, {"6742", "68ce", "6588"}, true}}},
        {"aggregate", {{1, 10, "78 0002 6742 0002 68ce", false}, {2, 10, "418801", true}}, {{10, {"6742", "68ce", "418801"}}}},
        {"fragments", {{1, 10, "7c 85 0102", false}, {2, 10, "7c 05 03", false}, {3, 10, "7c 45 04", true}}, {{10, {"6501020304"}, true}}},
        {"importance_of_a_fragment_is_kept", {{1, 10, "1c 81 01", false}, {2, 10, "1c 41 02", true}}, {{10, {"010102"}}}},
        {"forbidden_bit_of_a_fragment_is_kept", {{1, 10, "fc 81 01", false}, {2, 10, "fc 41 02", true}}, {{10, {"e10102"}}}},
        {"marker_missing", {{1, 10, "6588", false}, {2, 20, "4199", true}, {3, 30, "419a", true}}, {{10, {"6588"}, true}, {20, {"4199"}}}},
        {"marker_lost", {{1, 10, "6588", false}, {3, 20, "4199", true}}, {{20, {"4199"}, false, true}}, 0, 1},
        {"marker_lost_then_a_longer_one", {{1, 10, "6588", false}, {3, 20, "4199", false}, {4, 20, "419a", true}}, {{10, {"6588"}, true, true}, {20, {"4199", "419a"}, false, true}}, 0, 1},
        {"gap_between_units", {{1, 10, "6588", true}, {4, 20, "4199", true}, {5, 30, "419a", true}}, {{10, {"6588"}, true}, {20, {"4199"}, false, true}, {30, {"419a"}}}, 0, 2},
        {"middle_fragment_lost", {{1, 10, "7c 85 01", false}, {3, 10, "7c 45 03", true}, {4, 20, "4199", true}}, {{20, {"4199"}, false, true}}, 0, 1},
        {"last_fragment_lost", {{1, 10, "7c 85 01", false}, {3, 20, "4199", true}}, {{20, {"4199"}, false, true}}, 0, 1},
        {"first_fragment_lost", {{1, 10, "6742", false}, {3, 10, "7c 05 02", false}, {4, 10, "7c 45 03", true}}, {{10, {"6742"}, false, true}}, 0, 1},
        {"end_never_comes", {{1, 10, "7c 85 01", false}, {2, 10, "4199", true}}, {{10, {"4199"}, false, true}}},
        {"sequence_wraps", {{65535, 10, "6588", false}, {0, 10, "6589", true}}, {{10, {"6588", "6589"}, true}}},
        {"twice_and_late", {{5, 10, "6588", false}, {5, 10, "6588", false}, {4, 10, "6742", false}, {6, 10, "6589", true}}, {{10, {"6588", "6589"}, true}}},
        {"new_numbering", {{50000, 10, "6588", true}, {100, 20, "6589", true}}, {{10, {"6588"}, true}, {20, {"6589"}, true, true}}, 0, 15635},
        {"padding_alone", {{1, 10, "6588", false}, {2, 10, "", false}, {3, 10, "", true}}, {{10, {"6588"}, true}}},
        {"starts_within_a_fragment", {{1, 10, "7c 05 02", false}, {2, 10, "7c 45 03", true}, {3, 20, "6588", true}}, {{20, {"6588"}, true, true}}, 1},
        {"first_and_last_fragment", {{1, 10, "7c c5 02", true}, {2, 20, "6588", true}}, {{20, {"6588"}, true, true}}, 1},
        {"empty_fragment", {{1, 10, "7c 85", true}}, {}, 1},
        {"fragment_of_another_type", {{1, 10, "7c 85 01", false}, {2, 10, "7c 41 02", true}}, {}, 1},
        {"aggregate_past_the_end", {{1, 10, "78 0003 6742", true}}, {}, 1},
        {"aggregate_of_an_empty_unit", {{1, 10, "78 0000", true}}, {}, 1},
        {"aggregate_cut", {{1, 10, "78 0002 6742 00", true}}, {}, 1},
        {"other_packetization_modes", {{1, 10, "79 0001 0002 6742", true}, {2, 20, "7d 85 01", true}, {3, 30, "00", true}, {4, 40, "1f", true}}, {}, 4},
        {"error_drops_the_unit", {{1, 10, "6742", false}, {2, 10, "7c c5 02", false}, {3, 10, "68ce", true}}, {{10, {"68ce"}, false, true}}, 1},
    };
}
// clang-format on

} // namespace heliograph::test
