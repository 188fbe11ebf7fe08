// What viewers see, and what is told, when the encoder that was asked for does not work.
#include "support/rtsp_player.h"
#include "support/test_studio.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace heliograph;
using test::RtspPlayer;

namespace {

std::vector<Notice> replacements(const Snapshot &snapshot)
{
    std::vector<Notice> found;
    std::ranges::copy_if(
        snapshot.notices, std::back_inserter(found),
        [](Notice::Event event) { return event == Notice::Event::EncoderReplaced; },
        &Notice::event);
    return found;
}

std::optional<EncoderInfo> brokenEncoder()
{
    for (const EncoderInfo &encoder : Studio::encoders())
        if (encoder.error)
            return encoder;
    return std::nullopt;
}

} // namespace

TEST(Encoder, OneThatDoesNotWorkIsReplacedUnderAViewerAndToldOnce)
{
    const auto broken = brokenEncoder();
    if (!broken)
        GTEST_SKIP() << "every encoder works on this computer";
    test::TestStudio studio;
    const SourceId id = studio.addPattern("cam", {{"encoder", std::string("software")}});
    RtspPlayer player(studio.url("cam"));
    player.play(RtspPlayer::Over::Tcp);
    EXPECT_TRUE(player.nextPicture().keyframe);
    EXPECT_TRUE(replacements(*studio.freshSnapshot()).empty());

    EXPECT_EQ("Software (x264)", studio.freshSnapshot()->streams.at(0).encoder);
    EXPECT_FALSE(studio.freshSnapshot()->streams.at(0).passes);

    SourceConfig config = studio.freshSnapshot()->sources.at(0).config;
    config.settings["encoder"] = broken->id;
    ASSERT_TRUE(studio.change(id, config));
    const auto told = studio.waitFor([](const Snapshot &s) { return !replacements(s).empty(); });
    const Notice notice = replacements(*told).at(0);
    EXPECT_EQ(NoticeLevel::Warning, notice.level);
    EXPECT_EQ("cam", notice.subject);
    EXPECT_EQ(broken->title, notice.detail);
    EXPECT_EQ(broken->error->code, notice.error->code);
    bool keyframe = false;
    for (int i = 0; i < 60; ++i) // two seconds of pictures, with the first of software among them
        keyframe = player.nextPicture().keyframe || keyframe;
    EXPECT_TRUE(keyframe);
    const auto after = studio.freshSnapshot();
    ASSERT_EQ(1u, replacements(*after).size());
    EXPECT_EQ(1u, replacements(*after)[0].count);
    EXPECT_EQ(1u, after->viewers.size());
    EXPECT_EQ("Software (x264)", after->streams.at(0).encoder);
    EXPECT_EQ(HealthState::Ok, after->sources.at(0).health.state);
}
