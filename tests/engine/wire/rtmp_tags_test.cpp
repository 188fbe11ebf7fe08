#include "engine/media/hex.h"
#include "engine/wire/cases/flv_tag_cases.h"

#include <gtest/gtest.h>

namespace heliograph::rtmp {

using test::hex;
using test::vectorOf;

namespace {

std::vector<std::uint8_t> headOf(const VideoHead &head)
{
    return vectorOf(writeVideoHead(head).span());
}

std::vector<std::uint8_t> headOf(FourCc codec, PacketKind kind)
{
    return vectorOf(writeAudioHead(codec, kind).span());
}

} // namespace

TEST(RtmpVideoTag, T14_X3_X5_X6_X8_ReadsEveryCase)
{
    for (const test::VideoTagCase &item : test::videoTagCases()) {
        SCOPED_TRACE(item.name);
        const auto bytes = hex(item.hex);
        const auto tag = parseVideoTag(bytes);
        ASSERT_EQ(tag.has_value(), item.tag.has_value());
        if (!tag) {
            EXPECT_EQ(tag.error().code, ErrorCode::Malformed);
            continue;
        }
        EXPECT_EQ(tag->codec, item.tag->codec) << tag->codec.text();
        EXPECT_EQ(tag->kind, item.tag->kind);
        EXPECT_EQ(tag->keyframe, item.tag->keyframe);
        EXPECT_EQ(tag->enhanced, item.tag->enhanced);
        EXPECT_EQ(tag->legacyCodec, item.tag->legacyCodec);
        EXPECT_EQ(tag->compositionTime, item.tag->compositionTime);
        EXPECT_EQ(tag->nanoseconds, item.tag->nanoseconds);
        EXPECT_EQ(vectorOf(tag->body), hex(item.body));
    }
}

TEST(RtmpAudioTag, T14_X4_X6_ReadsEveryCase)
{
    for (const test::AudioTagCase &item : test::audioTagCases()) {
        SCOPED_TRACE(item.name);
        const auto bytes = hex(item.hex);
        const auto tag = parseAudioTag(bytes);
        ASSERT_EQ(tag.has_value(), item.tag.has_value());
        if (!tag) {
            EXPECT_EQ(tag.error().code, ErrorCode::Malformed);
            continue;
        }
        EXPECT_EQ(tag->codec, item.tag->codec) << tag->codec.text();
        EXPECT_EQ(tag->kind, item.tag->kind);
        EXPECT_EQ(tag->enhanced, item.tag->enhanced);
        EXPECT_EQ(tag->legacyFormat, item.tag->legacyFormat);
        EXPECT_EQ(tag->nanoseconds, item.tag->nanoseconds);
        EXPECT_EQ(vectorOf(tag->body), hex(item.body));
    }
}

TEST(RtmpVideoTag, T14_WritesH264AsLegacy)
{
    using enum PacketKind;
    EXPECT_EQ(headOf({four_cc::avc, SequenceHeader, true, 0}), hex("17 00 000000"));
    EXPECT_EQ(headOf({four_cc::avc, Frames, true, 0}), hex("17 01 000000"));
    EXPECT_EQ(headOf({four_cc::avc, Frames, false, 80}), hex("27 01 000050"));
    EXPECT_EQ(headOf({four_cc::avc, Frames, false, -40}), hex("27 01 ffffd8"));
    EXPECT_EQ(headOf({four_cc::avc, SequenceEnd, false, 0}), hex("17 02 000000"));
}

TEST(RtmpVideoTag, X3_WritesOthersWithTheExHeader)
{
    using enum PacketKind;
    EXPECT_EQ(headOf({four_cc::hevc, SequenceHeader, true, 0}), hex("90 68766331"));
    EXPECT_EQ(headOf({four_cc::hevc, Frames, true, 0}), hex("93 68766331"));
    EXPECT_EQ(headOf({four_cc::hevc, Frames, false, 33}), hex("a1 68766331 000021"));
    EXPECT_EQ(headOf({four_cc::av1, Frames, false, 0}), hex("a1 61763031"));
    EXPECT_EQ(headOf({four_cc::vp9, SequenceEnd, false, 0}), hex("92 76703039"));
}

TEST(RtmpAudioTag, T14_X4_WritesEveryKind)
{
    using enum PacketKind;
    EXPECT_EQ(headOf(four_cc::aac, SequenceHeader), hex("af 00"));
    EXPECT_EQ(headOf(four_cc::aac, Frames), hex("af 01"));
    EXPECT_EQ(headOf(four_cc::opus, SequenceHeader), hex("90 4f707573"));
    EXPECT_EQ(headOf(four_cc::opus, Frames), hex("91 4f707573"));
    EXPECT_EQ(headOf(four_cc::flac, SequenceEnd), hex("92 664c6143"));
}

TEST(RtmpFourCc, IsFourLetters)
{
    EXPECT_EQ(four_cc::hevc.value(), 0x68766331U);
    EXPECT_EQ(four_cc::hevc.text(), "hvc1");
    EXPECT_TRUE(FourCc("avc").isNone());
    EXPECT_TRUE(FourCc("avc10").isNone());
    EXPECT_EQ(FourCc().text(), "");
    EXPECT_EQ(FourCc(0x68001b31U).text(), "h..1");
}

} // namespace heliograph::rtmp
