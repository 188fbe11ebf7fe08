#include "media/h264.h"

#include "engine/media/hex.h"
#include "media/emulation.h"

#include <array>
#include <gtest/gtest.h>

namespace heliograph::h264 {

using test::hex;

namespace {

constexpr std::array<std::uint8_t, 16> ours = {1, 2,  3,  4,  5,  6,  7,  8,
                                               9, 10, 11, 12, 13, 14, 15, 16};
constexpr std::array<std::uint8_t, 16> zeros = {};

bool looksLikeStartCode(ByteSpan nal)
{
    for (std::size_t i = 0; i + 2 < nal.size(); ++i) {
        if (nal[i] == 0 && nal[i + 1] == 0 && nal[i + 2] < 3)
            return true;
    }
    return false;
}

} // namespace

TEST(Emulation, KeepsStartCodesOutAndComesBack)
{
    EXPECT_EQ(withEmulation(hex("00 00 00")), hex("00 00 03 00"));
    EXPECT_EQ(withEmulation(hex("00 00 01")), hex("00 00 03 01"));
    EXPECT_EQ(withEmulation(hex("00 00 03")), hex("00 00 03 03"));
    EXPECT_EQ(withEmulation(hex("00 00 04")), hex("00 00 04"));
    EXPECT_EQ(withEmulation(hex("00 00 00 00 00")), hex("00 00 03 00 00 03 00"));
    EXPECT_EQ(withoutEmulation(hex("00 00 03 00 00 03 00")), hex("00 00 00 00 00"));
    EXPECT_EQ(withoutEmulation(hex("00 00 03")), hex("00 00"));
}

TEST(UserData, ComesBackWhateverItHolds)
{
    for (const std::size_t size : {0, 1, 8, 238, 239, 240, 494, 495, 1000}) {
        for (const std::uint8_t fill : {0x00, 0x01, 0x03, 0x80, 0xff}) {
            const std::vector<std::uint8_t> payload(size, fill);
            const std::vector<std::uint8_t> nal = userDataSei(zeros, payload);
            EXPECT_EQ(typeOf(nal), NalType::Sei);
            EXPECT_FALSE(looksLikeStartCode(nal));
            EXPECT_NE(nal.back(), 0);
            EXPECT_EQ(findUserData(nal, zeros), payload) << size << ' ' << int(fill);
        }
    }
}

TEST(UserData, IsWrittenAsInSectionD17)
{
    const std::vector<std::uint8_t> nal = userDataSei(ours, hex("aa 00 00 01"));
    EXPECT_EQ(nal, hex("06 05 14 0102030405060708090a0b0c0d0e0f10 aa 00 00 03 01 80"));
}

TEST(UserData, IsFoundBehindOtherMessages)
{
    // Recovery point (type 6), a type past 255, somebody else's user data, then ours.
    const std::vector<std::uint8_t> nal = hex("06 06 01 c4  ff 10 02 aa bb"
                                              "05 11 ffffffffffffffffffffffffffffffff 77"
                                              "05 12 0102030405060708090a0b0c0d0e0f10 55 66 80");
    EXPECT_EQ(findUserData(nal, ours), hex("55 66"));
    EXPECT_TRUE(findUserData(nal, zeros).empty());
}

TEST(UserData, IsNotFoundInBrokenMessages)
{
    EXPECT_TRUE(findUserData({}, ours).empty());
    EXPECT_TRUE(findUserData(hex("06"), ours).empty());
    EXPECT_TRUE(findUserData(hex("06 05"), ours).empty());
    EXPECT_TRUE(findUserData(hex("06 05 ff ff ff"), ours).empty());
    EXPECT_TRUE(findUserData(hex("06 05 20 0102030405060708090a0b0c0d0e0f10 55 80"), ours).empty());
    EXPECT_TRUE(findUserData(hex("06 05 0f 0102030405060708090a0b0c0d0e0f 80"), ours).empty());
    EXPECT_TRUE(findUserData(hex("65 05 11 0102030405060708090a0b0c0d0e0f10 55 80"), ours).empty());
}

} // namespace heliograph::h264
