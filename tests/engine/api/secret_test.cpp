// What is shown of texts that may hold a password.
#include <engine/secret.h>
#include <engine/sentences.h>

#include <gtest/gtest.h>

namespace heliograph {

TEST(MaskCredentials, TakesLoginsAndQueriesOutOfEveryUrl)
{
    const struct {
        const char *text;
        const char *shown;
    } cases[] = {
        {"", ""},
        {"Lavf59.27.100", "Lavf59.27.100"},
        {"someone@example.org", "someone@example.org"},
        {"rtsp://host/cam", "rtsp://host/cam"},
        {"rtsp://ann:sesame@host:8554/cam", "rtsp://…@host:8554/cam"},
        {"rtsp://ann:ses/ame@x@host/cam", "rtsp://…@host/cam"},
        {"http://host/cam?token=sesame", "http://host/cam?…"},
        {"http://host/cam?token=ses@ame", "http://…@ame"},
        {"open rtsp://a:b@h/x, then \"http://c:d@i/y?z\".",
         "open rtsp://…@h/x, then \"http://…@i/y?…\"."},
        {"://", "://"},
        {"a://b://c@d", "a://…@d"},
    };
    for (const auto &one : cases)
        EXPECT_EQ(one.shown, maskCredentials(one.text));
}

TEST(MaskCredentials, IsWhatEverySentenceDoes)
{
    const std::string url = "rtsp://ann:sesame@camera/live";
    Notice notice;
    notice.subject = notice.detail = url;
    notice.error = Error{ErrorCode::NotFound, url};
    for (const std::string &said : {sentence(notice), sentence(*notice.error)}) {
        EXPECT_EQ(std::string::npos, said.find("sesame")) << said;
        EXPECT_NE(std::string::npos, said.find("camera/live")) << said;
    }
}

} // namespace heliograph
