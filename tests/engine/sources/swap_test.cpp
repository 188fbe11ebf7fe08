// Another source under the same mount, and a source that codes in another way: who can go on does,
// who cannot is told.
#include "files.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"

#include <engine/await.h>
#include <gtest/gtest.h>

using namespace heliograph;
using namespace heliograph::test;
using namespace std::chrono_literals;

namespace {

Result<> swapSources(TestStudio &studio, SourceId live, SourceId other)
{
    return await([&](Reply<> reply) { studio->swapSource(live, other, std::move(reply)); });
}

SourceId addUnpublished(TestStudio &studio, const Settings &settings)
{
    const auto id = await<SourceId>([&](Reply<SourceId> reply) {
        studio->addSource({"Other", "pattern", settings}, std::move(reply));
    });
    studio.waitFor([&](const Snapshot &now) {
        return now.sources.size() > 1 && now.sources.back().health.state == HealthState::Ok;
    });
    return id.value();
}

int widthOf(const rtp::ReceivedUnit &picture)
{
    for (const auto &nal : picture.nals)
        if ((nal[0] & 0x1f) == 7)
            return h264::parseSps(nal)->width;
    return 0;
}

} // namespace

TEST(Swap, AViewerGoesOnWithTheOthersPictures)
{
    TestStudio studio;
    const SourceId live = studio.addPattern("show", {{"size", std::string("320x240")}});
    const SourceId other = addUnpublished(studio, {{"size", std::string("640x360")}});
    RtspPlayer player(studio.url("show"));
    player.play(RtspPlayer::Over::Tcp);
    EXPECT_EQ(320, widthOf(player.nextPicture()));
    ASSERT_TRUE(swapSources(studio, live, other));
    int width = 0;
    std::uint32_t before = 0;
    for (int i = 0; i < 60 && width != 640; ++i) {
        const auto picture = player.nextPicture();
        EXPECT_TRUE(before == 0 || std::int32_t(picture.timestamp - before) > 0);
        before = picture.timestamp;
        width = widthOf(picture);
    }
    EXPECT_EQ(640, width);
    const auto after = studio.freshSnapshot();
    EXPECT_FALSE(after->sources[0].published);
    EXPECT_TRUE(after->sources[1].published);
    EXPECT_EQ("show", after->sources[1].publish.mount);
    EXPECT_NE("show", after->sources[0].publish.mount);
    EXPECT_EQ(1u, after->viewers.size());
    ASSERT_TRUE(swapSources(studio, other, live)); // and back
}

TEST(Swap, WhatCannotBeIsRefused)
{
    TestStudio studio;
    const SourceId live = studio.addPattern("show");
    const SourceId published = studio.addPattern("other");
    EXPECT_EQ(ErrorCode::AlreadyExists, swapSources(studio, live, published).error().code);
    EXPECT_EQ(ErrorCode::NotFound, swapSources(studio, live, SourceId(99)).error().code);
    EXPECT_EQ(ErrorCode::NotFound, swapSources(studio, SourceId(99), live).error().code);
}

TEST(Swap, ASessionEndsWhenItsDescriptionIsNoLongerTrue)
{
    const Folder folder;
    const auto make = [&](const std::string &name, const std::string &encoder) {
        const std::string file = folder / name;
        EXPECT_TRUE(ffmpeg("-f lavfi -i testsrc2=size=320x240:rate=25 -t 2 -c:v " + encoder
                           + " -bf 0 -g 25 -pix_fmt yuv420p " + shellWord(file)));
        return file;
    };
    const std::string avc = make("a.mp4", "libx264 -preset ultrafast");
    const std::string hevc = make("b.mp4", "libx265 -preset ultrafast -x265-params log-level=none");
    TestStudio studio;
    const SourceId id = studio.add("file", "film", {{"path", avc}});
    RtspPlayer player(studio.url("film"));
    player.play(RtspPlayer::Over::Tcp);
    player.nextPicture();
    ASSERT_TRUE(studio.change(id, {"film", "file", {{"path", hevc}}}));
    studio.waitFor([](const Snapshot &now) { return now.viewers.empty(); });
    RtspPlayer next(studio.url("film"));
    EXPECT_NE(
        std::string::npos,
        next.request("DESCRIBE", next.url(), {{"Accept", "application/sdp"}}).body.find("H265"));
}
