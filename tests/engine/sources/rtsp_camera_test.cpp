// Our client before cameras with every oddity that was met in the field: lines K1-K10 of the
// conformance list.
#include "camera_watcher.h"

#include <gtest/gtest.h>

using namespace heliograph;
using namespace heliograph::test;
using namespace std::chrono_literals;

namespace {

using Fact = StoryLine::Fact;

const Settings overTcp = {{"transport", std::string("tcp")}};
const Settings overUdp = {{"transport", std::string("udp")}};

Settings with(Settings settings, const std::string &user, const std::string &password)
{
    settings["user"] = user;
    settings["password"] = Secret(password);
    return settings;
}

// Pictures come, with the size that their SPS says.
void expectPictures(CameraWatcher &watcher, std::size_t count = 10)
{
    const auto opened = watcher.open();
    ASSERT_TRUE(opened) << opened.error().detail;
    const auto pictures = watcher.pictures(count);
    ASSERT_EQ(count, pictures.size()) << watcher.error()->detail;
    EXPECT_EQ((PictureSize{320, 240}), sizeOfPicture(*pictures.back()));
}

std::vector<std::string> transports(const FakeCamera &camera)
{
    std::vector<std::string> transports;
    for (const auto &heard : camera.heard())
        if (heard.method == "SETUP")
            transports.push_back(heard.transport.find("/TCP") == std::string::npos ? "UDP" : "TCP");
    return transports;
}

} // namespace

TEST(RtspCamera, K1_WhatUdpDoesNotBringComesOverTcpAndIsRemembered)
{
    CameraManner manner;
    manner.udpIsSilent = true;
    FakeCamera camera(manner);
    CameraWatcher watcher(camera.url());
    expectPictures(watcher);
    EXPECT_EQ((std::vector<std::string>{"UDP", "TCP"}), transports(camera));
    EXPECT_TRUE(watcher.tells(Fact::TransportSilent, "UDP"));
    EXPECT_TRUE(watcher.tells(Fact::DataCame, "TCP"));

    expectPictures(watcher);
    EXPECT_EQ((std::vector<std::string>{"UDP", "TCP", "TCP"}), transports(camera));
}

TEST(RtspCamera, K1_TcpIsAskedForWhereUdpIsRefused)
{
    CameraManner manner;
    manner.udp = false;
    FakeCamera camera(manner);
    CameraWatcher watcher(camera.url());
    expectPictures(watcher);
    EXPECT_EQ("TCP", transports(camera).back());
}

TEST(RtspCamera, K1_ATransportThatWasChosenIsTheOnlyOne)
{
    CameraManner manner;
    manner.tcp = false;
    FakeCamera camera(manner);
    CameraWatcher udp(camera.url(), overUdp);
    expectPictures(udp);
    CameraWatcher tcp(camera.url(), overTcp);
    EXPECT_FALSE(tcp.open());
    EXPECT_EQ("TCP", transports(camera).back());
}

// As one does that has not yet noticed that the connection of the description is gone.
TEST(RtspCamera, ACameraThatHangsUpAtOnceIsAskedOnceMore)
{
    CameraManner manner;
    manner.setUpsToHangUpAt = 2; // rtspsrc has a second try of its own, behind no pause
    FakeCamera camera(manner);
    CameraWatcher watcher(camera.url(), overTcp);
    expectPictures(watcher);
    EXPECT_EQ(3u, camera.count("SETUP"));

    manner.setUpsToHangUpAt = 9;
    FakeCamera tired(manner);
    CameraWatcher patient(tired.url(), overTcp);
    const auto opened = patient.open();
    ASSERT_FALSE(opened);
    EXPECT_EQ(ErrorCode::ConnectionLost, opened.error().code);
}

TEST(RtspCamera, K2_ASessionIsKeptAliveByAMethodThatTheCameraHas)
{
    for (const std::string method : {"GET_PARAMETER", "OPTIONS"}) {
        CameraManner manner;
        manner.timeout = 4;
        manner.methods = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN";
        if (method != "OPTIONS")
            manner.methods += ", " + method;
        FakeCamera camera(manner);
        CameraWatcher watcher(camera.url(), overUdp);
        expectPictures(watcher);
        const auto before = camera.count(method);
        EXPECT_EQ(200u, watcher.pictures(200).size()); // eight seconds
        EXPECT_GE(camera.count(method), before + 2) << method;
    }
}

// rtspsrc has its receiver reports count there: they go the way of the requests.
TEST(RtspCamera, K2_OverTcpASessionIsKeptAliveByReceiverReports)
{
    FakeCamera camera;
    CameraWatcher watcher(camera.url(), overTcp);
    expectPictures(watcher);
    const int before = camera.reports();
    EXPECT_EQ(400u, watcher.pictures(400).size()); // sixteen seconds
    EXPECT_GE(camera.reports(), before + 2);
}

TEST(RtspCamera, K3_TracksAreFoundWhateverTheirUrlsAreMadeOf)
{
    std::vector<CameraManner> manners(6);
    manners[0].base = "none";
    manners[1].control = "streamid=0";
    manners[2].path = "/cam/realmonitor?channel=1&subtype=0";
    manners[3].path = "//cam//1";
    manners[4].base = "none";
    manners[4].path = "/live/";
    manners[5].path = "/cam?token=a/b";
    for (const CameraManner &manner : manners) {
        SCOPED_TRACE(manner.path + " " + manner.base);
        FakeCamera camera(manner);
        CameraWatcher watcher(camera.url(), overTcp);
        expectPictures(watcher);
    }
}

TEST(RtspCamera, K3_ARedirectionOnTheSameCameraIsFollowed)
{
    CameraManner manner;
    manner.path = "/new";
    manner.redirect = "rtsp://127.0.0.1:1/new";
    {
        FakeCamera camera(manner);
        CameraWatcher watcher("rtsp://127.0.0.1:" + std::to_string(camera.port()) + "/old",
                              overTcp);
        const auto opened = watcher.open();
        ASSERT_FALSE(opened);
        EXPECT_EQ(ErrorCode::Unsupported, opened.error().code); // the password goes nowhere else
    }
}

TEST(RtspCamera, K4_ABrokenDescriptionIsPutUpWith)
{
    std::vector<CameraManner> manners(5);
    manners[0].format = ""; // no fmtp at all
    manners[1].format = "packetization-mode=1;sprop-parameter-sets=!!!,***";
    manners[2].format = "packetization-mode=1;sprop-parameter-sets=Z0IAKeKQFge2AtwEBAaQeJEV";
    manners[3].origin = "o=-";
    manners[4].origin = "o=- 99999999999999999999999 x IN";
    for (const CameraManner &manner : manners) {
        SCOPED_TRACE(manner.format + " " + manner.origin);
        FakeCamera camera(manner);
        CameraWatcher watcher(camera.url(), overTcp);
        expectPictures(watcher);
    }
}

TEST(RtspCamera, K4_SoundWithoutAConfigurationIsWhatItsRtpmapSays)
{
    CameraManner manner;
    manner.sound = true;
    manner.soundFormat = "mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3";
    FakeCamera camera(manner);
    CameraWatcher watcher(camera.url(), overTcp);
    expectPictures(watcher, 50);
    ASSERT_GE(watcher.sound().size(), 50u);
    const auto &config = std::get<AacConfig>(watcher.sound().front()->config->config);
    EXPECT_EQ(48000, config.sampleRate);
    EXPECT_EQ(2, config.channels);
    EXPECT_EQ((std::vector<std::uint8_t>{0x11, 0x90}),
              std::vector<std::uint8_t>(config.audioSpecificConfig.data(),
                                        config.audioSpecificConfig.data()
                                            + config.audioSpecificConfig.size()));
}

TEST(RtspCamera, K5_EveryKindOfDigestIsProved)
{
    for (const auto algorithm : {DigestAlgorithm::Md5, DigestAlgorithm::Sha256})
        for (const bool qop : {false, true})
            for (const bool stale : {false, true}) {
                SCOPED_TRACE(testing::Message() << int(algorithm) << qop << stale);
                CameraManner manner;
                manner.login = CameraManner::Login::Digest;
                manner.algorithm = algorithm;
                manner.qop = qop;
                manner.staleOnce = stale;
                FakeCamera camera(manner);
                CameraWatcher watcher(camera.url(), with(overTcp, "ann", "sesame"));
                expectPictures(watcher);
                EXPECT_TRUE(watcher.tells(Fact::AskedForLogin));
                EXPECT_TRUE(watcher.tells(Fact::LoggedIn, "ann"));
            }
}

TEST(RtspCamera, K5_ANonceMayBeGoodOnItsConnectionOnly)
{
    for (const auto login : {CameraManner::Login::Basic, CameraManner::Login::Digest}) {
        CameraManner manner;
        manner.login = login;
        manner.ownNonces = true;
        FakeCamera camera(manner);
        CameraWatcher watcher(camera.url(), with(overTcp, "ann", "sesame"));
        expectPictures(watcher);
    }
}

TEST(RtspCamera, K5_ACameraThatHangsUpBehindItsChallengeIsCalledAgain)
{
    CameraManner manner;
    manner.login = CameraManner::Login::Digest;
    manner.qop = true;
    manner.hangsUpBehind401 = true;
    FakeCamera camera(manner);
    CameraWatcher watcher(camera.url(), with(overTcp, "ann", "sesame"));
    expectPictures(watcher);
}

TEST(RtspCamera, K6_LoginsHoldAnyCharacters)
{
    for (const auto login : {CameraManner::Login::Basic, CameraManner::Login::Digest})
        for (const std::string word : {"p@ss:w/o?r#d", "%41%", "é\"\\,= +&", " "}) {
            SCOPED_TRACE(word);
            CameraManner manner;
            manner.login = login;
            manner.user = "a n@n/\"\\é";
            manner.password = word;
            FakeCamera camera(manner);
            CameraWatcher watcher(camera.url(), with(overTcp, manner.user, word));
            expectPictures(watcher);
            for (const StoryLine &line : watcher.story())
                EXPECT_TRUE(word == " "
                            || (line.subject + line.detail).find(word) == std::string::npos);
        }
}

TEST(RtspCamera, K7_UdpNeedsNoServerPortsAndMayComeFromAnother)
{
    CameraManner manner;
    manner.tellsServerPorts = false;
    FakeCamera silent(manner);
    CameraWatcher first(silent.url(), overUdp);
    expectPictures(first);

    manner.tellsServerPorts = true;
    manner.sendsFromOtherPort = true;
    FakeCamera other(manner);
    CameraWatcher second(other.url(), overUdp);
    expectPictures(second);
}

TEST(RtspCamera, K8_TimesThatJumpOrGoBackAreRebased)
{
    CameraManner manner;
    manner.sound = true;
    FakeCamera camera(manner);
    CameraWatcher watcher(camera.url(), overTcp);
    expectPictures(watcher);
    Timestamp last{0};
    for (const auto jump : {0ms, 3'600'000ms, -7'200'000ms, 90'000ms}) {
        camera.jump(jump);
        camera.setClock(jump); // as an SNTP client does to it
        const auto pictures = watcher.pictures(75);
        ASSERT_EQ(75u, pictures.size()) << watcher.error()->detail;
        for (const AccessUnitPtr &unit : pictures) {
            EXPECT_GT(unit->dts, last);
            EXPECT_EQ(unit->pts, unit->dts);
            last = unit->dts;
        }
        const Timestamp behind = SystemClock().now() - last;
        EXPECT_LT(behind, 10s);
        EXPECT_GT(behind, -1s);
    }
    Timestamp lastSound{0};
    for (const AccessUnitPtr &unit : watcher.sound()) {
        EXPECT_GT(unit->pts, lastSound);
        lastSound = unit->pts;
    }
}

TEST(RtspCamera, K9_AnSpsThatChangesIsANewConfiguration)
{
    FakeCamera camera;
    CameraWatcher watcher(camera.url(), overTcp);
    expectPictures(watcher);
    const auto before = watcher.pictures(1).at(0)->config;
    camera.useOtherSps();
    const auto pictures = watcher.pictures(50);
    ASSERT_EQ(50u, pictures.size());
    EXPECT_EQ((PictureSize{160, 120}), sizeOfPicture(*pictures.back()));
    EXPECT_GT(pictures.back()->config->configVersion, before->configVersion);
}

TEST(RtspCamera, K10_WithoutAPictureForFiveSecondsItIsOpenedAnew)
{
    for (const bool sound : {false, true}) {
        CameraManner manner;
        manner.sound = sound;
        FakeCamera camera(manner);
        CameraWatcher watcher(camera.url(), overTcp);
        expectPictures(watcher);
        camera.setPictures(false);
        watcher.pictures(100);
        ASSERT_TRUE(watcher.error());
        EXPECT_EQ(ErrorCode::Stalled, watcher.error()->code);
        EXPECT_EQ(sound, watcher.tells(Fact::SoundOnly));
        EXPECT_TRUE(watcher.tells(Fact::Ended));
        if (sound) { // it came back with nothing else
            const auto opened = watcher.open();
            ASSERT_FALSE(opened);
            EXPECT_EQ(ErrorCode::Stalled, opened.error().code);
        }
        camera.setPictures(true);
        expectPictures(watcher);
    }
}

TEST(RtspCamera, K10_ItSaysGoodbyeAndDoesNotWaitLongForTheAnswer)
{
    for (const bool hangs : {false, true}) {
        FakeCamera camera;
        CameraWatcher watcher(camera.url(), overTcp);
        expectPictures(watcher);
        if (hangs)
            camera.hang();
        const Timestamp begin = SystemClock().now();
        watcher.close();
        EXPECT_LT(SystemClock().now() - begin, 4s); // a second; without the limit, five
        for (int i = 0; i < 200 && camera.count("TEARDOWN") == 0; ++i)
            std::this_thread::sleep_for(10ms);
        EXPECT_EQ(1u, camera.count("TEARDOWN"));
    }
}
