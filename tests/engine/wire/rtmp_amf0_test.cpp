#include "wire/rtmp/amf0.h"

#include "engine/media/hex.h"
#include "engine/wire/cases/amf0_cases.h"

#include <gtest/gtest.h>

namespace heliograph::rtmp::amf0 {

using test::hex;

TEST(RtmpAmf0, T22_ReadsEveryCase)
{
    for (const test::Amf0Case &item : test::amf0Cases()) {
        SCOPED_TRACE(item.name);
        const auto values = read(hex(item.hex));
        ASSERT_TRUE(values) << values.error().detail;
        EXPECT_TRUE(*values == item.values);
    }
}

TEST(RtmpAmf0, T22_WritesEveryCase)
{
    for (const test::Amf0Case &item : test::amf0Cases()) {
        SCOPED_TRACE(item.name);
        EXPECT_EQ(write(item.values) == hex(item.hex), item.isAsWritten);
        EXPECT_TRUE(read(write(item.values)) == item.values);
    }
}

TEST(RtmpAmf0, T22_RefusesEveryBrokenCase)
{
    for (const test::BrokenAmf0Case &item : test::brokenAmf0Cases()) {
        SCOPED_TRACE(item.name);
        const auto values = read(hex(item.hex));
        ASSERT_FALSE(values);
        EXPECT_EQ(values.error().code, item.error) << values.error().detail;
    }
}

TEST(RtmpAmf0, T22_ReadsNoMoreValuesThanTheLimit)
{
    EXPECT_EQ(read(std::vector<std::uint8_t>(4096, 5))->size(), 4096U);
    const auto values = read(std::vector<std::uint8_t>(4097, 5));
    ASSERT_FALSE(values);
    EXPECT_EQ(values.error().code, ErrorCode::TooLarge);
}

TEST(RtmpAmf0, T22_AStringPast65535BytesIsALongOne)
{
    for (const std::size_t size : {65535U, 65536U}) {
        const std::vector<Value> values = {std::string(size, 's'), Null()};
        const auto bytes = write(values);
        EXPECT_EQ(bytes[0], size == 65535U ? 0x02 : 0x0c);
        EXPECT_TRUE(read(bytes) == values);
    }
}

TEST(RtmpAmf0, AValueIsWhatItIsAndNothingElse)
{
    EXPECT_EQ(Value(1.5).number(), 1.5);
    EXPECT_FALSE(Value(1.5).string() || Value(1.5).boolean() || Value(1.5).date());
    EXPECT_EQ(Value(true).boolean(), true);
    EXPECT_FALSE(Value(true).number());
    EXPECT_EQ(Value("a").string(), "a");
    EXPECT_EQ(Value(Date{5}).date(), Date{5});
    EXPECT_FALSE(Value(Date{5}).number());
    EXPECT_TRUE(Value().isNull() && Value().properties().empty() && Value().items().empty());
    EXPECT_FALSE(Value(Date{5}) == Value(5));
    EXPECT_FALSE(Value::object({}) == Value::ecmaArray({}));
}

TEST(RtmpAmf0, FindsTheLastOfAName)
{
    const Value object = Value::object({{"a", 1}, {"A", 2}, {"a", 3}});
    ASSERT_TRUE(object.find("a"));
    EXPECT_EQ(object.find("a")->number(), 3);
    EXPECT_EQ(object.find("A")->number(), 2);
    EXPECT_FALSE(object.find("b"));
    EXPECT_FALSE(Value(1).find("a"));
}

} // namespace heliograph::rtmp::amf0
