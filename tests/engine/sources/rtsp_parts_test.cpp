// The parts of the camera source that need no camera.
#include "sources/backoff.h"
#include "sources/catalogue.h"
#include "sources/rtsp/camera_address.h"
#include "sources/rtsp/camera_clock.h"
#include "sources/rtsp/camera_login.h"
#include "sources/rtsp/camera_plan.h"
#include "sources/rtsp/doctor.h"
#include "sources/rtsp/drift_meter.h"
#include "sources/rtsp/transport_order.h"
#include "support/counting_random.h"
#include "support/manual_clock.h"

#include "engine/sentences.h"

#include <gtest/gtest.h>

using namespace heliograph;
using namespace heliograph::test;
using namespace std::chrono_literals;

namespace {

using Fact = StoryLine::Fact;

Settings cameraSettings(const std::string &url, const std::string &user = {},
                        const std::string &password = {})
{
    return completeSettings(wholeSchema(*findSourceType("rtsp")),
                            {{"url", url}, {"user", user}, {"password", Secret(password)}})
        .value();
}

sdp::Media media(const std::string &kind, const std::string &encoding, int rate = 90000,
                 const std::string &format = {})
{
    sdp::Media made;
    made.kind = kind;
    made.encoding = encoding;
    made.clockRate = rate;
    made.format = format;
    return made;
}

} // namespace

TEST(CameraAddress, IsTakenApartAsPeopleWriteIt)
{
    struct Case {
        std::string text, url, user, password;
    };
    const std::vector<Case> cases = {
        {"rtsp://cam/live", "rtsp://cam/live", "", ""},
        {"  RTSP://192.168.1.20:8554/a?b=c ", "rtsp://192.168.1.20:8554/a?b=c", "", ""},
        {"192.168.1.20/live", "rtsp://192.168.1.20/live", "", ""},
        {"rtsp://ann:sesame@cam/live", "rtsp://cam/live", "ann", "sesame"},
        {"rtsp://ann:p%40ss%2f@cam/live", "rtsp://cam/live", "ann", "p@ss/"},
        {"rtsp://ann:p@ss@cam/live", "rtsp://cam/live", "ann", "p@ss"},
        {"rtsp://ann:pa/ss@cam/live", "rtsp://cam/live", "ann", "pa/ss"},
        {"rtsp://ann:pa?ss@cam:554/live", "rtsp://cam:554/live", "ann", "pa?ss"},
        {"rtsp://ann@cam", "rtsp://cam", "ann", ""},
        {"rtsp://cam/user@1", "rtsp://cam/user@1", "", ""},
        {"rtsps://[fe80::1]:322/x", "rtsps://[fe80::1]:322/x", "", ""},
    };
    for (const Case &each : cases) {
        const auto address = parseCameraAddress(each.text);
        ASSERT_TRUE(address) << each.text;
        EXPECT_EQ(each.url, address->url);
        EXPECT_EQ(each.user, address->user);
        EXPECT_EQ(each.password, address->password.reveal());
    }
    for (const std::string text : {"", "http://cam/x", "rtsp://", "not a camera", "rtsp://c\nam/"})
        EXPECT_FALSE(parseCameraAddress(text)) << text;
    EXPECT_EQ(322, parseCameraAddress("rtsps://cam")->port);
}

TEST(CameraAddress, ALoginInTheUrlIsMovedOutOfIt)
{
    Settings settings = cameraSettings("rtsp://ann:sesame@cam/live");
    separateLogin(settings);
    EXPECT_EQ("rtsp://cam/live", textOf(settings, "url"));
    EXPECT_EQ("ann", textOf(settings, "user"));
    EXPECT_EQ("sesame", secretOf(settings, "password").reveal());

    settings = cameraSettings("rtsp://bob:old@cam/live", "ann", "sesame");
    separateLogin(settings);
    EXPECT_EQ("rtsp://cam/live", textOf(settings, "url"));
    EXPECT_EQ("ann", textOf(settings, "user"));
    EXPECT_EQ("sesame", secretOf(settings, "password").reveal());

    settings = cameraSettings("half typed @ nonsense");
    const Settings before = settings;
    separateLogin(settings);
    EXPECT_EQ(before, settings);
}

TEST(CameraClock, K8_KeepsWhatIsPlausibleAndRebasesWhatIsNot)
{
    CameraClock clock;
    const auto place = [&](Timestamp said, Timestamp arrived) {
        return clock.place(TrackId::Video, said, {}, arrived).pts;
    };
    EXPECT_EQ(100s - 50ms, place(100s - 50ms, 100s));
    EXPECT_EQ(101s - 50ms, place(101s - 50ms, 101s));
    EXPECT_EQ(102s, place(5000s, 102s)); // it jumped
    EXPECT_EQ(103s, place(5001s, 103s)); // and goes on from there
    EXPECT_EQ(104s, place(10s, 104s)); // and back
    EXPECT_EQ(105s, place(11s, 105s));
}

TEST(CameraClock, K8_OneTracksJumpLeavesTheOtherAlone)
{
    CameraClock clock;
    clock.place(TrackId::Video, 100s, {}, 100s);
    clock.place(TrackId::Audio, 100s, {}, 100s);
    clock.place(TrackId::Video, 9000s, {}, 101s);
    EXPECT_EQ(101s, clock.place(TrackId::Audio, 101s, {}, 101s).pts);
}

TEST(CameraClock, DecodingTimesRiseBelowThoseOfPicturesOutOfOrder)
{
    CameraClock clock;
    clock.expectReorder(80ms);
    Timestamp last = Timestamp::min();
    for (int group = 0; group < 20; ++group)
        for (const int place : {2, 0, 1}) {
            const Timestamp said = 100s + 40ms * (3 * group + place);
            const auto times = clock.place(TrackId::Video, said, {}, said + 100ms);
            EXPECT_EQ(said, times.pts); // not bent
            EXPECT_LE(times.dts, times.pts);
            EXPECT_GT(times.dts, last);
            last = times.dts;
        }
}

TEST(CameraClock, LearnsByHowMuchPicturesAreReordered)
{
    CameraClock clock;
    clock.expectReorder();
    Timestamp last = Timestamp::min();
    int bent = 0;
    for (int group = 0; group < 20; ++group)
        for (const int place : {2, 0, 1}) {
            const Timestamp said = 100s + 40ms * (3 * group + place);
            const auto times = clock.place(TrackId::Video, said, {}, said + 100ms);
            bent += times.pts == said ? 0 : 1;
            EXPECT_GT(times.dts, last);
            EXPECT_LE(times.dts, times.pts);
            last = times.dts;
        }
    EXPECT_LE(bent, 4);
}

// Behind a stall of 1.5 s all that waited comes at once, and the jitter buffer gives it times that
// nearly stand still, or go back.
TEST(CameraClock, K8_ABurstLeavesNoTraceInTheTimesBehindIt)
{
    for (const bool isReordered : {false, true}) {
        CameraClock clock;
        if (isReordered)
            clock.expectReorder(80ms);
        const std::vector<int> order = isReordered ? std::vector{2, 0, 1} : std::vector{0, 1, 2};
        std::optional<CameraClock::Times> last;
        Timestamp apart{0};
        const auto place = [&](Timestamp said, Timestamp arrived) {
            const auto times = clock.place(TrackId::Video, said, {}, arrived);
            EXPECT_LE(times.dts, times.pts);
            if (last) {
                EXPECT_GT(times.dts, last->dts);
            }
            if (last && !isReordered) {
                EXPECT_GT(times.pts, last->pts);
            }
            apart = times.pts - times.dts;
            last = times;
        };
        const auto play = [&](Timestamp from) {
            for (int group = 0; group < 20; ++group)
                for (const int offset : order)
                    place(from + 40ms * (3 * group + offset), from + 40ms * (3 * group + 2));
        };
        play(100s);
        const Timestamp before = apart;
        for (int i = 0; i < 36; ++i)
            place(104s - 90ms * (i % 3), 104s);
        play(104s + 40ms);
        EXPECT_LE(apart - before, 110ms) << isReordered;
        if (!isReordered) {
            EXPECT_EQ(Timestamp(0), apart);
        }
    }
}

TEST(CameraClock, SoundWithoutATimeFollowsTheFrameBefore)
{
    CameraClock clock;
    EXPECT_EQ(100s, clock.place(TrackId::Audio, 100s, 20ms, 100s).pts);
    EXPECT_EQ(100s + 20ms, clock.place(TrackId::Audio, std::nullopt, 20ms, 100s).pts);
    EXPECT_EQ(100s + 40ms, clock.place(TrackId::Audio, std::nullopt, 20ms, 100s).pts);
}

TEST(TransportOrder, K1_BeginsWithWhatWorked)
{
    using enum CameraTransport;
    TransportMemory memory;
    const std::vector udpFirst{Udp, Tcp};
    const std::vector tcpFirst{Tcp, Udp};
    EXPECT_EQ(udpFirst, transportOrder("automatic", "rtsp://a", memory));
    rememberTransport("rtsp://a", Tcp, memory);
    EXPECT_EQ(tcpFirst, transportOrder("automatic", "rtsp://a", memory));
    EXPECT_EQ(udpFirst, transportOrder("automatic", "rtsp://b", memory));
    EXPECT_EQ(std::vector{Udp}, transportOrder("udp", "rtsp://a", memory));
    rememberTransport("rtsp://a", Udp, memory);
    EXPECT_EQ(udpFirst, transportOrder("automatic", "rtsp://a", memory));
}

TEST(CameraLogin, K5_TakesTheStrongestThatItKnows)
{
    CountingRandom random;
    CameraLogin login("ann", Secret("sesame"), random);
    CameraLogin::Challenge basic;
    CameraLogin::Challenge md5{true};
    CameraLogin::Challenge sha{true, DigestAlgorithm::Sha256};
    CameraLogin::Challenge strange{true, DigestAlgorithm::Md5, false};
    EXPECT_FALSE(login.choose({}));
    EXPECT_FALSE(login.choose(std::vector{strange}));
    EXPECT_TRUE(login.choose(std::vector{basic, strange, sha, md5}));
    EXPECT_EQ("Digest (SHA-256)", login.challenge().name());
    EXPECT_FALSE(login.isNearlyPlain());
    EXPECT_TRUE(login.choose(std::vector{basic, md5}));
    EXPECT_TRUE(login.isPlain());
    md5.qop = true;
    EXPECT_TRUE(login.choose(std::vector{md5}));
    EXPECT_FALSE(login.isPlain());
    EXPECT_NE(login.authorize("PLAY", "rtsp://cam"), login.authorize("PLAY", "rtsp://cam"));
    CameraLogin quotes("a\"b", Secret("x"), random);
    EXPECT_TRUE(quotes.choose(std::vector{md5}));
    EXPECT_FALSE(quotes.isNearlyPlain());
}

TEST(CameraPlan, PassesH264H265AndAacAndDecodesTheRest)
{
    const std::string aac = "mode=AAC-hbr;config=1190";
    const auto plan = [](std::vector<sdp::Media> media, bool reencode = false) {
        sdp::Session session;
        session.media = std::move(media);
        return planCamera(session, reencode);
    };
    const auto both = plan({media("application", "vnd.onvif.metadata"), media("video", "H264"),
                            media("audio", "mpeg4-generic", 48000, aac), media("video", "JPEG")});
    ASSERT_TRUE(both);
    ASSERT_EQ(2u, both->size());
    EXPECT_TRUE(both->at(0).passes);
    EXPECT_EQ("H.264 video", both->at(0).name);
    EXPECT_TRUE(both->at(1).passes);
    EXPECT_EQ(48000, both->at(1).aac->sampleRate);

    EXPECT_FALSE(plan({media("video", "H264")}, true)->at(0).passes);
    EXPECT_TRUE(plan({media("video", "h265")})->at(0).passes);
    for (const std::string encoding : {"JPEG", "MP4V-ES"})
        EXPECT_FALSE(plan({media("video", encoding)})->at(0).passes) << encoding;
    for (const std::string encoding : {"PCMU", "PCMA", "OPUS", "MP4A-LATM"})
        EXPECT_FALSE(plan({media("audio", encoding)})->at(0).passes) << encoding;
    // A kind of AAC that we cannot describe to players.
    EXPECT_FALSE(
        plan({media("audio", "mpeg4-generic", 48000, "mode=AAC-hbr;config=f8e6")})->at(0).passes);

    sdp::Media telephone = media("audio", "");
    telephone.payloadType = 0;
    EXPECT_EQ("G.711 sound", plan({telephone})->at(0).name);
    const auto g711 = plan({telephone})->at(0).g711;
    ASSERT_TRUE(g711);
    EXPECT_EQ(OpaqueCodec::Pcmu, g711->codec);
    EXPECT_EQ(8000, g711->sampleRate);
    EXPECT_EQ(1, g711->channels);
    EXPECT_EQ(ErrorCode::Unsupported, plan({media("application", "x")}).error().code);
}

TEST(Doctor, TellsWhatHappenedAndTakesMeasurementsAnew)
{
    ManualClock clock;
    const auto memory = std::make_shared<SourceMemory>();
    Doctor doctor(memory, clock);
    doctor.tell(Fact::Calling, "rtsp://ann:sesame@cam/live?token=x");
    Timestamp pts{0};
    for (int i = 0; i < 25 * 12; ++i, pts += 40ms)
        doctor.notePicture(pts, i % 50 == 0, {640, 360}, {});
    doctor.noteLoss(990, 10);
    doctor.noteLoss(1990, 10);
    doctor.tellEnd(Fact::Ended, {ErrorCode::Stalled, {}});
    std::vector<std::string> told;
    for (const StoryLine &line : *memory->story.get())
        told.push_back(sentence(line));
    const std::vector<std::string> expected = {
        "Calling rtsp://…@cam/live?….",
        "The first picture came after 0 ms: 640x360.",
        "It sends 25 pictures a second and a keyframe every 2.0 s.",
        "10 packets were lost on the way (0.5 %).",
        {"It ended. Nothing is arriving. Check the device and its cable: Heliograph keeps "
         "trying."},
    };
    EXPECT_EQ(expected, told);
    Doctor another(memory, clock);
    another.tell(Fact::Calling, "rtsp://cam");
    EXPECT_EQ(1u, memory->story.get()->size());
}

TEST(DriftMeter, SeesAFastClockThroughDelays)
{
    DriftMeter meter;
    WallTime ours = 1'700'000'000s;
    WallTime theirs = ours - 300ms;
    EXPECT_FALSE(meter.measured());
    for (int i = 0; i < 25 * 60; ++i) {
        ours += 40ms;
        theirs += 40ms + 4us; // 100 ppm
        meter.note(theirs, ours + (i % 25 == 7 ? 0ms : 30ms)); // mostly late
    }
    ASSERT_TRUE(meter.measured());
    EXPECT_NEAR(100, meter.measured()->partsPerMillion, 2);
    EXPECT_NEAR(-0.294, std::chrono::duration<double>(meter.measured()->ahead).count(), 0.002);
    meter.note(theirs + 3600s, ours); // it was set
    EXPECT_FALSE(meter.measured());
}

TEST(Backoff, GrowsToHalfAMinuteScatteredAndBeginsAnew)
{
    CountingRandom random;
    Backoff backoff(random);
    std::chrono::milliseconds expected(1000);
    for (int i = 0; i < 8;
         ++i, expected = std::min(2 * expected, std::chrono::milliseconds(30000))) {
        const auto wait = backoff.next(ErrorCode::ConnectionLost);
        EXPECT_GE(wait, std::max(expected * 3 / 4, 1000ms));
        EXPECT_LE(wait, std::min(expected * 5 / 4, 30000ms));
    }
    backoff.begin();
    EXPECT_LE(backoff.next(ErrorCode::ConnectionLost), 1250ms);
    EXPECT_EQ(1000ms, backoff.next(ErrorCode::DeviceGone));
    EXPECT_EQ(0ms, backoff.next(ErrorCode::NoPublisher));
    EXPECT_GE(backoff.next(ErrorCode::LoginRefused), 22500ms); // cameras lock accounts
}
