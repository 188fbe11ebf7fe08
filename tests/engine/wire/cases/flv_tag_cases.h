// The bodies of video and audio messages made by hand, and what they say. One table each for the
// tests and for the seeds of the fuzz target flv_tags.
#pragma once

#include "wire/rtmp/audio_tag.h"
#include "wire/rtmp/video_tag.h"

#include <optional>
#include <string>
#include <vector>

namespace heliograph::test {

struct VideoTagCase {
    std::string name;
    std::string hex;
    std::optional<rtmp::VideoTag> tag; // without its body; nothing: Malformed
    std::string body; // hex
};

struct AudioTagCase {
    std::string name;
    std::string hex;
    std::optional<rtmp::AudioTag> tag; // as above
    std::string body;
};

// clang-format off
inline std::vector<VideoTagCase> videoTagCases()
{
    using namespace rtmp;
    using Kind = PacketKind;
    // codec | kind | keyframe | enhanced | legacy codec | composition time | nanoseconds
    return {
        {"T14_avc_header", "17 00 000000 0164001f", VideoTag{four_cc::avc, Kind::SequenceHeader, true, false, 7, 0, 0, {}}, "0164001f"},
        {"T14_avc_key", "17 01 000000 aabb", VideoTag{four_cc::avc, Kind::Frames, true, false, 7, 0, 0, {}}, "aabb"},
        {"T14_avc_inter", "27 01 000050 aabb", VideoTag{four_cc::avc, Kind::Frames, false, false, 7, 80, 0, {}}, "aabb"},
        {"T14_avc_negative_time", "27 01 ffffd8 aabb", VideoTag{four_cc::avc, Kind::Frames, false, false, 7, -40, 0, {}}, "aabb"},
        {"T14_avc_smallest_time", "27 01 800000", VideoTag{four_cc::avc, Kind::Frames, false, false, 7, -8388608, 0, {}}, ""},
        {"T14_avc_end", "17 02 000000", VideoTag{four_cc::avc, Kind::SequenceEnd, true, false, 7, 0, 0, {}}, ""},
        {"avc_end_without_time", "17 02", VideoTag{four_cc::avc, Kind::SequenceEnd, true, false, 7, 0, 0, {}}, ""},
        {"avc_unknown_packet", "17 09 000000 aa", VideoTag{four_cc::avc, Kind::Other, true, false, 7, 0, 0, {}}, "aa"},
        {"X8_hevc_as_codec_12", "1c 01 000010 aa", VideoTag{four_cc::hevc, Kind::Frames, true, false, 12, 16, 0, {}}, "aa"},
        {"X8_hevc_header", "1c 00 000000 01", VideoTag{four_cc::hevc, Kind::SequenceHeader, true, false, 12, 0, 0, {}}, "01"},
        {"legacy_h263", "22 aabb", VideoTag{{}, Kind::Frames, false, false, 2, 0, 0, {}}, "aabb"},
        {"legacy_command", "57 00", VideoTag{{}, Kind::Other, false, false, 7, 0, 0, {}}, "00"},
        {"empty", "", VideoTag{}, ""},
        {"short_avc", "17", std::nullopt, ""},
        {"short_time", "17 01 0000", std::nullopt, ""},
        {"X3_hevc_start", "90 68766331 0102", VideoTag{four_cc::hevc, Kind::SequenceHeader, true, true, 0, 0, 0, {}}, "0102"},
        {"X3_hevc_frames", "a1 68766331 000021 aabb", VideoTag{four_cc::hevc, Kind::Frames, false, true, 0, 33, 0, {}}, "aabb"},
        {"X3_hevc_frames_back", "a1 68766331 ffffff aabb", VideoTag{four_cc::hevc, Kind::Frames, false, true, 0, -1, 0, {}}, "aabb"},
        {"X3_hevc_frames_x", "93 68766331 aabb", VideoTag{four_cc::hevc, Kind::Frames, true, true, 0, 0, 0, {}}, "aabb"},
        {"X3_avc_frames", "91 61766331 000021 aabb", VideoTag{four_cc::avc, Kind::Frames, true, true, 0, 33, 0, {}}, "aabb"},
        {"X3_av1_frames_have_no_time", "91 61763031 aabb", VideoTag{four_cc::av1, Kind::Frames, true, true, 0, 0, 0, {}}, "aabb"},
        {"X3_vp9_start", "90 76703039 01", VideoTag{four_cc::vp9, Kind::SequenceHeader, true, true, 0, 0, 0, {}}, "01"},
        {"X3_end", "92 68766331", VideoTag{four_cc::hevc, Kind::SequenceEnd, true, true, 0, 0, 0, {}}, ""},
        {"X3_metadata", "94 68766331 02", VideoTag{four_cc::hevc, Kind::Metadata, true, true, 0, 0, 0, {}}, "02"},
        {"X3_mpeg2_ts_start", "95 61763031 02", VideoTag{four_cc::av1, Kind::Other, true, true, 0, 0, 0, {}}, "02"},
        {"X6_unknown_packet", "9f 68766331 02", VideoTag{four_cc::hevc, Kind::Other, true, true, 0, 0, 0, {}}, "02"},
        {"X3_command", "d1 00", VideoTag{{}, Kind::Other, false, true, 0, 0, 0, {}}, ""},
        {"X6_mod_ex_nanoseconds", "a7 02 00f424 01 68766331 000021 aa", VideoTag{four_cc::hevc, Kind::Frames, false, true, 0, 33, 62500, {}}, "aa"},
        {"X6_mod_ex_unknown", "a7 00 ff 13 68766331 aa", VideoTag{four_cc::hevc, Kind::Frames, false, true, 0, 0, 0, {}}, "aa"},
        {"X6_mod_ex_twice", "a7 02 000001 07 01 aabb 13 61763031 cc", VideoTag{four_cc::av1, Kind::Frames, false, true, 0, 0, 1, {}}, "cc"},
        {"X6_mod_ex_long", "a7 ff 0003 00000700 03 68766331 aa", VideoTag{four_cc::hevc, Kind::Frames, false, true, 0, 0, 7, {}}, "aa"},
        {"X3_one_track", "96 01 68766331 00 000021 aabb", VideoTag{four_cc::hevc, Kind::Frames, true, true, 0, 33, 0, {}}, "aabb"},
        {"X3_one_track_that_is_not_ours", "96 03 68766331 01 aabb", VideoTag{four_cc::hevc, Kind::Other, true, true, 0, 0, 0, {}}, ""},
        {"X3_many_tracks", "96 13 68766331 01 000002 ccdd 00 000003 aabbcc", VideoTag{four_cc::hevc, Kind::Frames, true, true, 0, 0, 0, {}}, "aabbcc"},
        {"X3_many_codecs", "96 23 61763031 01 000002 ccdd 68766331 00 000001 aa 76703039 02 000000", VideoTag{four_cc::hevc, Kind::Frames, true, true, 0, 0, 0, {}}, "aa"},
        {"X3_unknown_multitrack", "96 33 68766331 01", VideoTag{{}, Kind::Other, true, true, 0, 0, 0, {}}, ""},
        {"short_four_cc", "90 687663", std::nullopt, ""},
        {"short_ex_time", "91 68766331 0000", std::nullopt, ""},
        {"short_mod_ex", "97 02 0000", std::nullopt, ""},
        {"mod_ex_without_packet", "97 00 00", std::nullopt, ""},
        {"track_past_the_end", "96 13 68766331 00 000004 aabbcc", std::nullopt, ""},
    };
}

inline std::vector<AudioTagCase> audioTagCases()
{
    using namespace rtmp;
    using Kind = PacketKind;
    // codec | kind | enhanced | legacy format | nanoseconds
    return {
        {"T14_aac_header", "af 00 1190", AudioTag{four_cc::aac, Kind::SequenceHeader, false, 10, 0, {}}, "1190"},
        {"T14_aac_frame", "af 01 2110", AudioTag{four_cc::aac, Kind::Frames, false, 10, 0, {}}, "2110"},
        {"aac_unknown_packet", "af 02 21", AudioTag{four_cc::aac, Kind::Other, false, 10, 0, {}}, "21"},
        {"mp3", "2f fffb", AudioTag{four_cc::mp3, Kind::Frames, false, 2, 0, {}}, "fffb"},
        {"speex", "b2 aabb", AudioTag{{}, Kind::Frames, false, 11, 0, {}}, "aabb"},
        {"pcm_without_sound", "3e", AudioTag{{}, Kind::Frames, false, 3, 0, {}}, ""},
        {"empty", "", AudioTag{}, ""},
        {"short_aac", "af", std::nullopt, ""},
        {"X4_opus_start", "90 4f707573 4f70757348656164", AudioTag{four_cc::opus, Kind::SequenceHeader, true, 0, 0, {}}, "4f70757348656164"},
        {"X4_opus_frames", "91 4f707573 fc", AudioTag{four_cc::opus, Kind::Frames, true, 0, 0, {}}, "fc"},
        {"X4_flac_start", "90 664c6143 664c6143", AudioTag{four_cc::flac, Kind::SequenceHeader, true, 0, 0, {}}, "664c6143"},
        {"X4_ac3_frames", "91 61632d33 0b77", AudioTag{four_cc::ac3, Kind::Frames, true, 0, 0, {}}, "0b77"},
        {"X4_eac3_frames", "91 65632d33 0b77", AudioTag{four_cc::eac3, Kind::Frames, true, 0, 0, {}}, "0b77"},
        {"X4_aac_start", "90 6d703461 1190", AudioTag{four_cc::aac, Kind::SequenceHeader, true, 0, 0, {}}, "1190"},
        {"X4_end", "92 4f707573", AudioTag{four_cc::opus, Kind::SequenceEnd, true, 0, 0, {}}, ""},
        {"X4_multichannel", "94 4f707573 01 02 00000003", AudioTag{four_cc::opus, Kind::Other, true, 0, 0, {}}, "010200000003"},
        {"X6_unknown_packet", "9e 4f707573 01", AudioTag{four_cc::opus, Kind::Other, true, 0, 0, {}}, "01"},
        {"X6_mod_ex", "97 02 0003e8 01 4f707573 fc", AudioTag{four_cc::opus, Kind::Frames, true, 0, 1000, {}}, "fc"},
        {"X4_many_tracks", "95 11 4f707573 00 000001 fc 01 000001 fd", AudioTag{four_cc::opus, Kind::Frames, true, 0, 0, {}}, "fc"},
        {"X4_one_track_of_another", "95 01 4f707573 02 fc", AudioTag{four_cc::opus, Kind::Other, true, 0, 0, {}}, ""},
        {"short_four_cc", "91 4f70", std::nullopt, ""},
    };
}
// clang-format on

} // namespace heliograph::test
