// What is said of a launch line before it runs.
#include "sources/launch/line_end.h"

#include <gtest/gtest.h>

using namespace heliograph;

namespace {

struct Case {
    const char *line;
    const char *said; // a part of the detail
};

} // namespace

TEST(LineEnd, PicturesAndH264AreToldApart)
{
    for (const char *line :
         {"videotestsrc", "videotestsrc ! video/x-raw,width=64", "filesrc location=/x ! decodebin",
          "videotestsrc ! tee name=t ! queue ! fakesink t. ! queue", "v4l2src device=/dev/video9"})
        EXPECT_EQ(LineEnd::Pictures, endOf(line)) << line;
    for (const char *line :
         {"filesrc location=/x ! qtdemux ! h264parse", "v4l2src ! video/x-h264",
          "udpsrc ! application/x-rtp,media=video,encoding-name=H264 ! rtph264depay ! queue"})
        EXPECT_EQ(LineEnd::H264, endOf(line)) << line;
}

TEST(LineEnd, AMistakeIsShownWhereItIs)
{
    for (const Case &each : std::initializer_list<Case>{
             {"", "line is empty"},
             {"videotestsrcc", "no element called “videotestsrcc” (at character 1)"},
             {"videotestsrc name=ü ! nosuch ! identity",
              "no element called “nosuch” (at character 23)"},
             {"bin.( nosuch ) ! identity", "“nosuch” (at character 7)"},
             {"videotestsrc ! nöt", "no element called “nöt” (at character 16)"},
             {"ñandú ! identity", "no element called “ñandú” (at character 1)"},
             {"bin.( videotestsrc ! (日本 ) )", "no element called “日本” (at character 23)"},
             {"videotestsrc name = ü ! queue b. ! identity", "has the name “b” (at character 31)"},
             {"(a.src ! queue )", "has the name “a” (at character 2)"},
             {"videotestsrc ! identity foo=1", "no property “foo” (at character 25)"},
             {"videotestsrc foo = 1", "no property “foo” (at character 14)"},
             {"videotestsrc pattern=nope", "value of its property “pattern” (at character 14)"},
             {"videotestsrc ! ! identity", "cannot go on with “!” (at character 16)"},
             {"! identity", "cannot go on with “!” (at character 1)"},
             {"videotestsrc ! identity )", "cannot go on with “)” (at character 25)"},
             {"videotestsrc !", "the line is not finished"},
             {"bin.( videotestsrc ", "the line is not finished"},
             {"videotestsrc ! audioconvert ! identity", "“audioconvert” (at character 16)"},
             {"videotestsrc ! tee name=t ! queue t. ! audioconvert", "(at character 40)"},
             {"videotestsrc ! audio/x-raw ! identity", "“identity” (at character 30)"},
             {"videotestsrc ! video/x-raw,width= ! identity", "(at character 16)"},
             {"foo://bar ! identity", "foo://bar"},
             {"videotestsrc ! fakesink", "nothing comes out at the end of the line, “fakesink”"},
             {"audiotestsrc", "“audiotestsrc” (at character 1), but audio/x-raw"},
             {"appsrc ! capsfilter caps=\"video/x-raw(memory:GLMemory)\"",
              "video/x-raw(memory:GLMemory)"},
             {"videotestsrc ! jpegenc ! queue", "“queue” (at character 26), but image/jpeg"},
             {"videotestsrc ! identity name=video", "mistaken for one of ours"}}) {
        const auto end = endOf(each.line);
        ASSERT_FALSE(end) << each.line;
        EXPECT_EQ(ErrorCode::InvalidArgument, end.error().code);
        EXPECT_NE(std::string::npos, end.error().detail.find(each.said))
            << each.line << " → " << end.error().detail;
    }
}

// Lines hold passwords, and errors are shown and logged.
TEST(LineEnd, TheValueOfAPropertyIsNotRepeated)
{
    for (const char *line : {"rtspsrc protocols=sesame", "videotestsrc user-pw=sesame",
                             "rtspsrc latency=sesame ! fakesink"}) {
        const auto end = endOf(line);
        ASSERT_FALSE(end) << line;
        EXPECT_EQ(std::string::npos, end.error().detail.find("sesame")) << end.error().detail;
    }
}
