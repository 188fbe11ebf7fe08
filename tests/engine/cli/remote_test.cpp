// What a person may type at standard input.
#include "cli/remote.h"

#include <gtest/gtest.h>

using namespace heliograph;
using namespace heliograph::cli;

TEST(Remote, ReadsEachCommand)
{
    EXPECT_EQ((PlaybackCommand{true, {}}), parseRemoteCommand("pause tv")->playback);
    EXPECT_EQ((PlaybackCommand{false, {}}), parseRemoteCommand("play tv")->playback);
    EXPECT_EQ((PlaybackCommand{{}, std::chrono::milliseconds(90'500)}),
              parseRemoteCommand(" seek  a/b 90.5 ")->playback);
    EXPECT_EQ("a/b", parseRemoteCommand("seek a/b 0")->mount);
}

TEST(Remote, RefusesWhatIsNone)
{
    for (const char *line : {"", "pause", "seek tv", "seek tv -1", "seek tv nan", "seek tv 1e9",
                             "stop tv", "pause tv now", "seek tv 1 2"}) {
        const auto command = parseRemoteCommand(line);
        ASSERT_FALSE(command) << line;
        EXPECT_EQ(ErrorCode::InvalidArgument, command.error().code);
    }
}
