#include "wire/base64.h"

#include "engine/media/hex.h"

#include <gtest/gtest.h>

namespace heliograph::wire {

using test::vectorOf;

TEST(Base64, HasTheExamplesOfRfc4648)
{
    const std::pair<std::string, std::string> examples[] = {{"", ""},
                                                            {"f", "Zg=="},
                                                            {"fo", "Zm8="},
                                                            {"foo", "Zm9v"},
                                                            {"foob", "Zm9vYg=="},
                                                            {"fooba", "Zm9vYmE="},
                                                            {"foobar", "Zm9vYmFy"}};
    for (const auto &[plain, coded] : examples) {
        EXPECT_EQ(toBase64(test::spanOf(plain)), coded);
        EXPECT_EQ(fromBase64(coded), vectorOf(test::spanOf(plain)));
        const std::string unpadded = coded.substr(0, coded.find('='));
        EXPECT_EQ(fromBase64(unpadded), vectorOf(test::spanOf(plain)));
    }
}

TEST(Base64, EveryByteComesBack)
{
    std::vector<std::uint8_t> bytes;
    for (int i = 0; i < 256; ++i) {
        bytes.push_back(std::uint8_t(i * 167));
        EXPECT_EQ(fromBase64(toBase64(bytes)), bytes);
    }
}

TEST(Base64, RefusesOtherCharacters)
{
    for (const char *text :
         {"Z", "Zm9vY", "Zm-v", "Zm_v", "Zm 9v", "Zm9v\n", "Z=m9", "Zg===", "==="})
        EXPECT_FALSE(fromBase64(text)) << text;
    EXPECT_FALSE(fromBase64(std::string_view("Zm\0v", 4)));
    EXPECT_FALSE(fromBase64("Zm\xff\x80"));
}

} // namespace heliograph::wire
