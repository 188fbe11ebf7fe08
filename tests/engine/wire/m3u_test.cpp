#include "wire/m3u.h"

#include "engine/wire/cases/m3u_cases.h"

#include <gtest/gtest.h>

namespace heliograph::wire {

TEST(M3u, ReadsEveryCase)
{
    for (const test::M3uCase &item : test::m3uCases()) {
        SCOPED_TRACE(item.name);
        const auto files = readM3u(item.text);
        ASSERT_TRUE(files);
        EXPECT_EQ(item.files, *files);
    }
}

TEST(M3u, WhatIsNoListOfFilesIsTold)
{
    const auto live = readM3u(test::liveM3u());
    ASSERT_FALSE(live);
    EXPECT_EQ(ErrorCode::Unsupported, live.error().code);
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "a\n";
    EXPECT_EQ(1000u, readM3u(many)->size());
    const auto more = readM3u(many + "a\n");
    ASSERT_FALSE(more);
    EXPECT_EQ(ErrorCode::TooLarge, more.error().code);
}

} // namespace heliograph::wire
