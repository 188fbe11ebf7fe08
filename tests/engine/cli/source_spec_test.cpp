#include "cli/source_spec.h"

#include <gtest/gtest.h>

using namespace heliograph;
using cli::parseSourceSpec;

TEST(SourceSpec, ReadsATypeWithItsSettings)
{
    const auto spec = parseSourceSpec("pattern:size=640x360,fps=25,tone=440,overlay=no");
    ASSERT_TRUE(spec) << spec.error().detail;
    EXPECT_EQ("pattern", spec->type);
    EXPECT_EQ((Settings{{"size", std::string("640x360")},
                        {"fps", 25.0},
                        {"tone", std::int64_t(440)},
                        {"overlay", false}}),
              spec->settings);
    EXPECT_TRUE(parseSourceSpec("webcam")->settings.empty());
}

TEST(SourceSpec, ABackslashProtectsACommaAndItself)
{
    EXPECT_EQ(std::string("a,b\\c:d=e"),
              textOf(parseSourceSpec("webcam:device=a\\,b\\\\c:d=e")->settings, "device"));
}

TEST(SourceSpec, APathMayHoldWhatItLikes)
{
    const auto spec = parseSourceSpec("file:path=/media/Überblick 1\\, a=b: c.mp4,loop=false");
    ASSERT_TRUE(spec) << spec.error().detail;
    EXPECT_EQ((Settings{{"path", std::string("/media/Überblick 1, a=b: c.mp4")}, {"loop", false}}),
              spec->settings);
}

TEST(SourceSpec, WhatIsWrongIsSaidInASentence)
{
    for (const char *bad : {"", "camera", "pattern:", "pattern:size", "pattern:size=big",
                            "pattern:fps=0", "pattern:typo=1", "pattern:size=640x360,"}) {
        const auto spec = parseSourceSpec(bad);
        ASSERT_FALSE(spec) << bad;
        EXPECT_EQ(ErrorCode::InvalidArgument, spec.error().code);
        EXPECT_GT(spec.error().detail.size(), 15u) << spec.error().detail;
        EXPECT_TRUE(spec.error().detail.ends_with('.')) << spec.error().detail;
    }
}

TEST(SourceSpec, ACommaThatEndedAValueIsPointedAt)
{
    const auto spec =
        parseSourceSpec("launch:line=videotestsrc ! video/x-raw,width=320 ! identity");
    ASSERT_FALSE(spec);
    EXPECT_EQ("The source type launch has no setting called \"width\" (a comma inside a value is "
              "written \\,). Settings: ",
              spec.error().detail.substr(0, spec.error().detail.find("line")));
}
