#include <engine/sentences.h>

#include <gtest/gtest.h>
#include <set>

using namespace heliograph;

TEST(Sentences, EveryCodeHasItsOwnSentenceThatEndsAndHidesNoPlaceholder)
{
    std::set<std::string> seen;
    for (int code = 0; code <= int(ErrorCode::Internal); ++code)
        for (const char *detail : {"", "the detail"}) {
            const std::string text = sentence(Error{ErrorCode(code), detail});
            ASSERT_FALSE(text.empty()) << code;
            EXPECT_TRUE(text.ends_with('.') || text.ends_with('?')) << text;
            EXPECT_EQ(std::string::npos, text.find("%1")) << text;
            EXPECT_EQ(std::string::npos, text.find("()")) << text;
            if (!*detail) {
                EXPECT_TRUE(seen.insert(text).second) << text;
            }
        }
}

TEST(Sentences, EveryLineOfAStoryIsOne)
{
    for (int fact = 0; fact <= int(StoryLine::Fact::PassedOver); ++fact) {
        const std::string said = sentence(StoryLine{StoryLine::Fact(fact), "a b", "c d", {}});
        EXPECT_TRUE(said.ends_with('.')) << said;
        EXPECT_EQ(std::string::npos, said.find("%1")) << said;
        EXPECT_EQ(std::string::npos, said.find("%2")) << said;
    }
    const StoryLine line{StoryLine::Fact::Ended, {}, {}, Error{ErrorCode::Stalled, {}}};
    EXPECT_TRUE(sentence(line).starts_with("It ended. Nothing is arriving."));
    const StoryLine masked{StoryLine::Fact::Calling, "rtsp://ann:sesame@cam/x", {}, {}};
    EXPECT_EQ("Calling rtsp://…@cam/x.", sentence(masked));
}

TEST(Sentences, EveryEventNamesItsSubject)
{
    for (int event = 0; event <= int(Notice::Event::OutputRecovered); ++event) {
        Notice notice;
        notice.event = Notice::Event(event);
        notice.subject = "Subject";
        notice.detail = "detail";
        const std::string text = sentence(notice);
        EXPECT_NE(std::string::npos, text.find("Subject")) << text;
        EXPECT_EQ(std::string::npos, text.find('%')) << text;
    }
}

// Guesses at a stream key have no mount.
TEST(Sentences, WhoIsShutOutIsToldWithAndWithoutAMount)
{
    Notice notice;
    notice.event = Notice::Event::AddressShutOut;
    notice.subject = "192.0.2.7";
    EXPECT_EQ("192.0.2.7 guessed too often and is shut out for ten minutes.", sentence(notice));
    notice.detail = "cam";
    EXPECT_EQ("192.0.2.7 guessed too often (cam) and is shut out for ten minutes.",
              sentence(notice));
}
