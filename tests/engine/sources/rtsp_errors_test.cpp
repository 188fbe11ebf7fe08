// What goes wrong between a camera and us has a name, and its story survives.
#include "camera_watcher.h"
#include "engine/sentences.h"
#include "support/test_studio.h"

#include <gtest/gtest.h>
#include <thread>

using namespace heliograph;
using namespace heliograph::test;
using namespace std::chrono_literals;

namespace {

using Fact = StoryLine::Fact;

ErrorCode codeOf(CameraWatcher &watcher)
{
    const auto opened = watcher.open();
    EXPECT_FALSE(opened);
    EXPECT_FALSE(watcher.story().empty());
    EXPECT_TRUE(watcher.story().back().error);
    return opened ? ErrorCode::Internal : opened.error().code;
}

} // namespace

TEST(RtspErrors, AWrongPasswordIsSaidAndNothingOfItIsTold)
{
    for (const auto login : {CameraManner::Login::Basic, CameraManner::Login::Digest}) {
        CameraManner manner;
        manner.login = login;
        FakeCamera camera(manner);
        CameraWatcher wrong(camera.url(),
                            {{"user", std::string("ann")}, {"password", Secret("hunter2")}});
        EXPECT_EQ(ErrorCode::LoginRefused, codeOf(wrong));
        EXPECT_TRUE(wrong.tells(Fact::AskedForLogin));
        EXPECT_FALSE(wrong.tells(Fact::LoggedIn));
        for (const StoryLine &line : wrong.story())
            EXPECT_EQ(std::string::npos, sentence(line).find("hunter2"));
        EXPECT_NE(std::string::npos,
                  sentence(wrong.story().back()).find("does not accept this user name"));
        CameraWatcher nobody(camera.url());
        EXPECT_EQ(ErrorCode::LoginRefused, codeOf(nobody));
        EXPECT_EQ(3u, camera.count("DESCRIBE")); // a challenge, one try; a challenge
    }
}

TEST(RtspErrors, TheFieldsOfTheLoginWinOverTheUrl)
{
    CameraManner manner;
    manner.login = CameraManner::Login::Digest;
    FakeCamera camera(manner);
    const std::string place = camera.url().substr(7);
    CameraWatcher byUrl("rtsp://ann:sesame@" + place);
    EXPECT_TRUE(byUrl.open());
    CameraWatcher byFields("rtsp://bob:wrong@" + place,
                           {{"user", std::string("ann")}, {"password", Secret("sesame")}});
    EXPECT_TRUE(byFields.open());
}

TEST(RtspErrors, ALoginInTheUrlIsNoPartOfTheSnapshotsUrl)
{
    TestStudio studio;
    studio.add("rtsp", "door", {{"url", std::string("rtsp://ann:sesame@127.0.0.1:1/cam")}});
    const auto snapshot = studio.waitFor([](const Snapshot &now) {
        return !now.sources.empty() && !now.sources[0].story.empty()
            && now.sources[0].health.state == HealthState::Retrying;
    });
    const SourceSnapshot &source = snapshot->sources[0];
    EXPECT_EQ("rtsp://127.0.0.1:1/cam", textOf(source.config.settings, "url"));
    EXPECT_EQ("sesame", secretOf(source.config.settings, "password").reveal());
    EXPECT_EQ(ErrorCode::ConnectionRefused, source.health.error->code);
    EXPECT_EQ("Calling rtsp://127.0.0.1:1/cam.", sentence(source.story[0]));
}

TEST(RtspErrors, WhatIsNotThereHasANameOfItsOwn)
{
    FakeCamera camera;
    CameraWatcher path("rtsp://127.0.0.1:" + std::to_string(camera.port()) + "/nothing");
    EXPECT_EQ(ErrorCode::StreamUnknown, codeOf(path));
    CameraWatcher port("rtsp://127.0.0.1:1/cam");
    EXPECT_EQ(ErrorCode::ConnectionRefused, codeOf(port));
    CameraWatcher name("rtsp://camera.invalid/cam");
    EXPECT_EQ(ErrorCode::HostUnknown, codeOf(name));
    CameraWatcher noAddress("not a camera");
    EXPECT_EQ(ErrorCode::InvalidArgument, noAddress.open().error().code);
}

TEST(RtspErrors, ACameraThatDoesNotAnswerIsGivenUp)
{
    CameraManner manner;
    manner.neverAnswers = true;
    FakeCamera camera(manner);
    CameraWatcher watcher(camera.url());
    EXPECT_EQ(ErrorCode::Timeout, codeOf(watcher));
}

TEST(RtspErrors, AStopEndsTheWait)
{
    CameraManner manner;
    manner.neverAnswers = true;
    FakeCamera camera(manner);
    CameraWatcher watcher(camera.url());
    const std::jthread stopper([&] {
        while (camera.count("DESCRIBE") == 0)
            std::this_thread::sleep_for(1ms);
        watcher.stop();
    });
    EXPECT_EQ(ErrorCode::Cancelled, watcher.open().error().code);
}

TEST(RtspErrors, ALostConnectionIsToldAndTheCameraIsFoundAgain)
{
    FakeCamera camera;
    CameraWatcher watcher(camera.url(), {{"transport", std::string("tcp")}});
    ASSERT_TRUE(watcher.open());
    EXPECT_EQ(5u, watcher.pictures(5).size());
    camera.hangUp();
    watcher.pictures(200);
    ASSERT_TRUE(watcher.error());
    EXPECT_EQ(ErrorCode::ConnectionLost, watcher.error()->code);
    ASSERT_TRUE(watcher.open());
    EXPECT_EQ(5u, watcher.pictures(5).size());
}

TEST(RtspErrors, SoundThatIsOfferedAndNeverComesHoldsNothingUp)
{
    CameraManner manner;
    manner.sound = true;
    FakeCamera camera(manner);
    camera.setSound(false);
    CameraWatcher watcher(camera.url(), {{"transport", std::string("tcp")}});
    const auto tracks = watcher.open();
    ASSERT_TRUE(tracks);
    EXPECT_EQ(std::vector{TrackId::Video}, *tracks);
    EXPECT_EQ(5u, watcher.pictures(5).size());
}
