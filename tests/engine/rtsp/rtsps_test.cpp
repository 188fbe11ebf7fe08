// RTSP inside TLS: a real server, and players with OpenSSL at their end.
#include "support/folder.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"
#include "wire/rtsp/authorization.h"

#include <engine/await.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace heliograph;
using test::RtspPlayer;
using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace {

constexpr const char *overTcp = "RTP/AVP/TCP;unicast;interleaved=0-1";

class Rtsps : public ::testing::Test {
protected:
    Rtsps()
        : m_studio(withTls({}))
    {
        m_source = m_studio.addPattern("cam");
    }

    // The certificate that is made goes into a folder of this test's own.
    Settings withTls(Settings more) const
    {
        ::setenv("XDG_DATA_HOME", m_folder.path().c_str(), 1);
        more.emplace("port", std::int64_t(0));
        more.emplace("tls", true);
        more.emplace("tls_port", std::int64_t(0));
        return more;
    }

    Result<> configure(const Settings &settings)
    {
        return await([&](Reply<> reply) {
            m_studio->configureOutput({"rtsp", settings}, std::move(reply));
        });
    }

    OutputSnapshot waitForOutput(const std::function<bool(const OutputSnapshot &)> &pleases)
    {
        return m_studio
            .waitFor([&](const Snapshot &s) { return pleases(s.outputs.at(0)); },
                     std::chrono::seconds(20))
            ->outputs[0];
    }

    std::string url()
    {
        const auto output = waitForOutput([](const auto &each) { return each.securePort != 0; });
        return "rtsps://127.0.0.1:" + std::to_string(output.securePort) + "/cam";
    }

    test::Folder m_folder;
    test::TestStudio m_studio;
    SourceId m_source{};
};

std::string allOf(const rtsp::Response &response, std::string_view wanted)
{
    std::string all;
    for (const auto &[name, value] : response.headers.all())
        all += name == wanted ? value + "\n" : "";
    return all;
}

bool wasNoted(const Snapshot &snapshot, Notice::Event event)
{
    for (const Notice &notice : snapshot.notices)
        if (notice.event == event && notice.subject == "RTSPS")
            return true;
    return false;
}

} // namespace

TEST_F(Rtsps, AHundredPicturesArriveBesideAPlainViewer)
{
    RtspPlayer plain(m_studio.url("cam"));
    RtspPlayer secure(url());
    EXPECT_EQ(200, plain.play(RtspPlayer::Over::Tcp).status);
    EXPECT_EQ(200, secure.play(RtspPlayer::Over::Tcp).status);
    EXPECT_TRUE(secure.nextPicture().keyframe);
    for (int i = 0; i < 100; ++i)
        secure.nextPicture();
    plain.nextPicture();
    EXPECT_EQ(0u, secure.depacketizer().lostPackets());
    const auto snapshot = m_studio.waitFor([](const Snapshot &s) { return s.viewers.size() == 2; });
    EXPECT_EQ(snapshot->outputs[0].fingerprint, secure.tls().fingerprint());
    EXPECT_EQ(HealthState::Ok, snapshot->outputs[0].secureHealth.value().state);
    EXPECT_EQ((std::vector{m_studio.url("cam"), url()}), snapshot->streams.at(0).urls);
    EXPECT_EQ(200, secure.request("TEARDOWN").status);
}

TEST_F(Rtsps, R7_R24_UrlsInRepliesKeepTheScheme)
{
    RtspPlayer player(url());
    const auto described = player.request("DESCRIBE");
    EXPECT_EQ(url() + "/", described.headers.find("Content-Base"));
    const auto played = player.play(RtspPlayer::Over::Tcp);
    EXPECT_THAT(std::string(played.headers.find("RTP-Info").value_or("")),
                StartsWith("url=" + url() + "/trackID=0;"));
}

// Their datagrams would leave for everybody to see.
TEST_F(Rtsps, DatagramsAreRefusedWith461AndOnlyTheyAre)
{
    ASSERT_TRUE(m_studio.tryPublish(m_source, {"cam", Audience::MyNetwork, {}, true}));
    RtspPlayer player(url());
    ASSERT_EQ(200, player.request("DESCRIBE").status);
    const auto statusOf = [&](const std::string &transport) {
        return player.request("SETUP", url() + "/trackID=0", {{"Transport", transport}}).status;
    };
    EXPECT_EQ(461, statusOf("RTP/AVP;unicast;client_port=40000-40001"));
    EXPECT_EQ(461, statusOf("RTP/AVP/UDP;unicast;client_port=40000-40001"));
    EXPECT_EQ(461, statusOf("RTP/AVP;multicast"));
    EXPECT_EQ(461, statusOf("RTP/AVP;multicast,RTP/AVP;unicast;client_port=40000-40001"));
    const auto mixed = player.request(
        "SETUP", url() + "/trackID=0",
        {{"Transport", std::string("RTP/AVP;unicast;client_port=40000-40001,") + overTcp}});
    EXPECT_EQ(200, mixed.status);
    EXPECT_THAT(allOf(mixed, "Transport"), HasSubstr("RTP/AVP/TCP"));
    RtspPlayer plain(m_studio.url("cam"));
    EXPECT_EQ(200, plain.play(RtspPlayer::Over::Udp).status);
}

TEST_F(Rtsps, R29_BasicPasswordsAreOfferedAndTakenHereAlone)
{
    ASSERT_TRUE(m_studio.tryPublish(
        m_source,
        {"cam", Audience::MyNetworkWithPassword, {{"viewer", Secret("lusab-babad"), {}}}}));
    m_studio.waitFor([](const Snapshot &s) { return !s.streams.empty() && s.streams[0].ready; });
    for (const std::string &where : {url(), m_studio.url("cam")}) {
        const bool secure = where.starts_with("rtsps");
        RtspPlayer player(where);
        const auto challenged = player.request("DESCRIBE");
        EXPECT_EQ(401, challenged.status);
        EXPECT_EQ(secure, allOf(challenged, "WWW-Authenticate").find("Basic") != std::string::npos);
        const auto statusOf = [&](const char *password) {
            const BasicCredentials basic{"viewer", Secret(password)};
            return player
                .request("DESCRIBE", where, {{"Authorization", rtsp::writeAuthorization(basic)}})
                .status;
        };
        EXPECT_EQ(401, statusOf("wrong"));
        EXPECT_EQ(secure ? 200 : 401, statusOf("lusab-babad"));
    }
    RtspPlayer digest(url());
    digest.logIn("viewer", "lusab-babad", DigestAlgorithm::Sha256);
    EXPECT_EQ(200, digest.play(RtspPlayer::Over::Tcp).status);
    digest.nextPicture();
}

TEST_F(Rtsps, WhoSpeaksPlainlyThereIsClosedAndNobodyElseNotices)
{
    RtspPlayer watching(url());
    watching.play(RtspPlayer::Over::Tcp);
    RtspPlayer lost("rtsp" + url().substr(5));
    lost.sendRaw("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n");
    EXPECT_THROW(lost.readResponse(), std::runtime_error);
    RtspPlayer other("rtsps" + m_studio.url("cam").substr(4));
    EXPECT_THROW(other.request("OPTIONS"), std::runtime_error);
    watching.nextPicture();
}

// What waits for it is dropped by whole pictures, and the records stay whole.
TEST_F(Rtsps, AViewerThatStallsLosesPicturesAndComesBack)
{
    m_studio.addPattern("snow",
                        {{"pattern", std::string("snow")},
                         {"size", std::string("640x360")},
                         {"bitrate", std::int64_t(20000)},
                         {"gop", 0.5}});
    const std::string secure = url();
    RtspPlayer stalled(secure.substr(0, secure.size() - 3) + "snow");
    stalled.play(RtspPlayer::Over::Tcp);
    const auto dropping = [](const Snapshot &s) {
        return s.viewers.size() == 1 && s.viewers[0].framesDropped > 10;
    };
    m_studio.waitFor(dropping, std::chrono::seconds(30));
    RtspPlayer watching(url());
    watching.play(RtspPlayer::Over::Tcp);
    watching.nextPicture();
    for (int i = 0; i < 200; ++i) // the backlog, then what is live again
        stalled.nextPicture();
    EXPECT_EQ(200, stalled.request("TEARDOWN").status);
}

TEST_F(Rtsps, TurnedOffItIsClosedAndItsViewersStay)
{
    RtspPlayer player(url());
    player.play(RtspPlayer::Over::Tcp);
    ASSERT_TRUE(configure({{"port", std::int64_t(0)}}));
    const auto output = waitForOutput([](const auto &each) { return each.securePort == 0; });
    EXPECT_FALSE(output.secureHealth);
    EXPECT_EQ("", output.fingerprint);
    for (int i = 0; i < 30; ++i)
        player.nextPicture();
    EXPECT_EQ(std::vector{m_studio.url("cam")}, m_studio.freshSnapshot()->streams.at(0).urls);
}

TEST_F(Rtsps, ACertificateThatCannotBeUsedIsToldAndWaitedForWhilePlainRtspGoesOn)
{
    const std::string made = url(); // and with it the files
    const std::string before = m_studio.freshSnapshot()->outputs[0].fingerprint;
    const auto later = m_folder / "later.pem";
    const auto key = (m_folder / "heliograph/tls-key.pem").string();
    const auto refused =
        configure(withTls({{"certificate", later.string()}, {"certificate_key", key}}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(ErrorCode::FileUnreadable, refused.error().code);
    const auto output = waitForOutput([](const auto &each) {
        return each.secureHealth && each.secureHealth->state == HealthState::Retrying;
    });
    EXPECT_EQ(HealthState::Ok, output.health.state);
    EXPECT_EQ(0, output.securePort);
    EXPECT_TRUE(wasNoted(*m_studio.freshSnapshot(), Notice::Event::OutputFailed));
    RtspPlayer plain(m_studio.url("cam"));
    EXPECT_EQ(200, plain.play(RtspPlayer::Over::Tcp).status);

    std::filesystem::copy(m_folder / "heliograph/tls-certificate.pem", later);
    const auto healed = waitForOutput([](const auto &each) { return each.securePort != 0; });
    EXPECT_EQ(before, healed.fingerprint);
    EXPECT_TRUE(wasNoted(*m_studio.freshSnapshot(), Notice::Event::OutputRecovered));
    RtspPlayer secure(url());
    EXPECT_EQ(200, secure.request("OPTIONS").status);
}

TEST_F(Rtsps, SettingsThatCannotBeAreToldInWords)
{
    const auto port = std::int64_t(m_studio.port());
    const struct {
        Settings settings;
        ErrorCode code;
        const char *words;
    } cases[] = {
        {{{"certificate", std::string("/a.pem")}}, ErrorCode::InvalidArgument, "needs its key"},
        {{{"certificate_key", std::string("/a.pem")}},
         ErrorCode::InvalidArgument,
         "its certificate"},
        {{{"port", port}, {"tls_port", port}}, ErrorCode::InvalidArgument, "a port each"},
    };
    for (const auto &each : cases) {
        const auto refused = configure(withTls(each.settings));
        ASSERT_FALSE(refused) << each.words;
        EXPECT_EQ(each.code, refused.error().code);
        EXPECT_THAT(refused.error().detail, HasSubstr(each.words));
        EXPECT_EQ(200, RtspPlayer(m_studio.url("cam")).request("OPTIONS").status);
    }
}

TEST_F(Rtsps, APortThatIsTakenLeavesPlainRtspAlone)
{
    test::TestStudio other;
    const auto refused = configure(withTls({{"tls_port", std::int64_t(other.port())}}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(ErrorCode::PortInUse, refused.error().code);
    EXPECT_EQ(200, RtspPlayer(m_studio.url("cam")).request("OPTIONS").status);
}
