// Every packet that a viewer gets, looked at: RTP (RFC 3550), H.264 in it (RFC 6184), sound, and
// what the description says of them (RFC 8866).
#include "media/h264.h"
#include "support/h264_feed.h"
#include "support/rtsp_player.h"
#include "support/test_studio.h"
#include "wire/base64.h"
#include "wire/rtp/rtp_packet.h"
#include "wire/rtsp/session_header.h"
#include "wire/rtsp/transport.h"
#include "wire/sdp/sdp.h"

#include <gtest/gtest.h>
#include <set>

using namespace heliograph;
using test::RtspPlayer;

namespace {

constexpr std::uint8_t fuA = 28;

class Packets : public testing::TestWithParam<RtspPlayer::Over> {
protected:
    Packets()
    {
        // Snow makes big pictures: all of them are fragmented.
        m_studio.addPattern("cam",
                            {{"pattern", std::string("snow")},
                             {"bitrate", std::int64_t(4000)},
                             {"tone", std::int64_t(440)},
                             {"gop", 1.0}});
    }
    test::TestStudio m_studio;
};

std::vector<std::vector<std::uint8_t>> next(RtspPlayer &player, std::size_t count)
{
    std::vector<std::vector<std::uint8_t>> packets;
    for (std::size_t i = 0; i < count; ++i)
        packets.push_back(player.nextPacket(0));
    return packets;
}

std::string line(const std::string &sdp, const std::string &start)
{
    const std::size_t at = sdp.find("\r\n" + start);
    return at == std::string::npos ? std::string()
                                   : sdp.substr(at + 2, sdp.find("\r\n", at + 2) - at - 2);
}

} // namespace

INSTANTIATE_TEST_SUITE_P(Over, Packets,
                         testing::Values(RtspPlayer::Over::Tcp, RtspPlayer::Over::Udp));

TEST_P(Packets, H1_TheSsrcIsTheOneOfSetupAndOfTheReports)
{
    RtspPlayer player(m_studio.url("cam"));
    const auto setUp = player.setUp(GetParam(), 0);
    const auto transport =
        rtsp::parseTransports(setUp.headers.find("Transport").value_or("")).value().at(0);
    player.request("PLAY");
    const auto bytes = player.nextPacket(0);
    EXPECT_EQ(transport.ssrc, rtp::parsePacket(bytes)->header.ssrc);
    const auto reports = player.nextReports(1);
    EXPECT_EQ(transport.ssrc, std::get<rtcp::SenderReport>(reports.at(0)).ssrc);
}

TEST_P(Packets, H2_H3_H4_H5_H6_H7_H8_APictureIsCutAsTheRfcSays)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    bool open = false; // a fragmented NAL unit
    int sets = 0; // SPS and PPS of this picture
    std::optional<rtp::Header> before;
    for (const auto &bytes : next(player, 1500)) {
        const auto packet = rtp::parsePacket(bytes);
        ASSERT_TRUE(packet);
        const rtp::Header &header = packet->header;
        ASSERT_LE(packet->payload.size(), 1400u); // H5
        const std::uint8_t type = packet->payload[0] & 0x1f;
        ASSERT_EQ(0, packet->payload[0] & 0x80); // H4: the F bit
        ASSERT_TRUE(type == fuA || (type >= 1 && type <= 8))
            << int(type); // H6, H7: no AUD, no filler, no STAP-A
        if (before) {
            ASSERT_EQ(std::uint16_t(before->sequence + 1), header.sequence);
            // H2, H3: a picture's packets share one time, the last has the marker.
            ASSERT_EQ(before->marker, before->timestamp != header.timestamp);
            ASSERT_GE(std::int32_t(header.timestamp - before->timestamp), 0); // no B-frames
        }
        before = header;
        if (type != fuA) {
            ASSERT_FALSE(open);
            sets += type == 7 || type == 8;
            ASSERT_FALSE(header.marker && (type == 7 || type == 8)); // H3
            continue;
        }
        const bool start = packet->payload[1] & 0x80;
        const bool end = packet->payload[1] & 0x40;
        ASSERT_FALSE(start && end);
        ASSERT_EQ(start, !open);
        open = !end;
        if (start && (packet->payload[1] & 0x1f) == 5) {
            ASSERT_GE(sets, 2); // H8
        }
        if (header.marker)
            sets = 0;
    }
}

TEST_P(Packets, H9_H10_H13_NothingComesBeforeWhatRtpInfoNames)
{
    RtspPlayer player(m_studio.url("cam"));
    const auto response = player.play(GetParam());
    const auto info = rtsp::parseRtpInfo(response.headers.find("RTP-Info").value_or(""));
    ASSERT_EQ(2u, info.size());
    for (int track = 0; track < 2; ++track) {
        const auto bytes = player.nextPacket(2 * track);
        const rtp::Header header = rtp::parsePacket(bytes)->header;
        EXPECT_EQ(info[std::size_t(track)].sequence, header.sequence);
        EXPECT_GE(std::int32_t(header.timestamp - info[std::size_t(track)].rtpTime), 0);
    }
}

TEST_P(Packets, H11_TheDescriptionHasTheParameterSetsOfTheStream)
{
    RtspPlayer player(m_studio.url("cam"));
    player.play(GetParam());
    const auto picture = player.nextPicture();
    const auto media = sdp::parse(player.sdp()).value().media.at(0);
    const std::string sets = media.parameter("sprop-parameter-sets").value();
    EXPECT_EQ(wire::toBase64(picture.nals.at(0)) + "," + wire::toBase64(picture.nals.at(1)), sets);
    char level[8] = {};
    std::snprintf(level, sizeof level, "%02X%02X%02X", picture.nals[0][1], picture.nals[0][2],
                  picture.nals[0][3]);
    EXPECT_EQ(level, media.parameter("profile-level-id"));
    EXPECT_EQ("1", media.parameter("packetization-mode"));
}

TEST(PacketNumbers, H1_EveryStreamBeginsWithOtherOnes)
{
    std::set<std::uint32_t> ssrcs;
    std::set<std::uint16_t> sequences;
    for (int i = 0; i < 3; ++i) {
        test::TestStudio studio;
        studio.addPattern("cam");
        RtspPlayer player(studio.url("cam"));
        player.play(RtspPlayer::Over::Tcp);
        const auto bytes = player.nextPacket(0);
        const rtp::Header header = rtp::parsePacket(bytes)->header;
        ssrcs.insert(header.ssrc);
        sequences.insert(header.sequence);
    }
    EXPECT_EQ(3u, ssrcs.size());
    EXPECT_GE(sequences.size(), 2u); // of 65536: two may be equal once in a long while
}

TEST(PacketNumbers, H5_PacketsCanBeMadeSmallerForATunnel)
{
    test::TestStudio studio({{"packet_size", std::int64_t(1200)}});
    studio.addPattern("cam", {{"pattern", std::string("snow")}});
    RtspPlayer player(studio.url("cam"));
    player.play(RtspPlayer::Over::Udp);
    std::size_t largest = 0;
    for (const auto &bytes : next(player, 300))
        largest = std::max(largest, bytes.size());
    EXPECT_EQ(1212u, largest); // with the RTP header; IPv6 and UDP add 48: 1260 of 1280
}

// 480 pictures of 143 packets: the sequence number goes round, and nothing is lost there.
TEST(PacketNumbers, H12_TheSequenceNumberWraps)
{
    constexpr std::size_t bytes = 200 * 1000;
    constexpr int pictures = 480;
    test::TestStudio studio;
    const auto feed = studio.openFeed("feed");
    const auto push = [&] {
        return feed->push(
            {test::idrPicture(bytes), std::chrono::steady_clock::now().time_since_epoch()});
    };
    ASSERT_TRUE(push());
    studio.waitFor([](const Snapshot &s) { return !s.streams.empty() && s.streams[0].ready; });
    RtspPlayer player(studio.url("feed"));
    player.play(RtspPlayer::Over::Tcp);
    for (int i = 0; i < pictures; ++i) {
        const auto picture = player.nextPicture();
        ASSERT_EQ(3u, picture.nals.size());
        ASSERT_FALSE(picture.damaged);
        ASSERT_TRUE(push());
    }
    EXPECT_EQ(0u, player.depacketizer().lostPackets());
}

// Time comes from the capture, not from a counter: gaps and crowds stay.
TEST(PacketNumbers, H15_IrregularPicturesKeepTheirTimes)
{
    using std::chrono::milliseconds;
    test::TestStudio studio;
    const auto feed = studio.openFeed("feed");
    const auto start = std::chrono::steady_clock::now().time_since_epoch();
    ASSERT_TRUE(feed->push({test::idrPicture(500), start}));
    studio.waitFor([](const Snapshot &s) { return !s.streams.empty() && s.streams[0].ready; });
    RtspPlayer player(studio.url("feed"));
    player.play(RtspPlayer::Over::Tcp);
    const std::uint32_t first = player.nextPicture().timestamp;
    for (const milliseconds at :
         {milliseconds(40), milliseconds(41), milliseconds(700), milliseconds(733)}) {
        ASSERT_TRUE(feed->push({test::interPicture(300), start + at}));
        EXPECT_EQ(std::uint32_t(at.count() * 90), player.nextPicture().timestamp - first);
    }
}

TEST(Description, S1_S2_S3_S4_S5_S6_S7_IsShortAndInOrder)
{
    test::TestStudio studio;
    studio.addPattern("cam", {{"tone", std::int64_t(440)}});
    studio.addPattern("silent");
    RtspPlayer player(studio.url("cam"));
    const auto response = player.request("DESCRIBE");
    const std::string &sdp = response.body;
    EXPECT_EQ(std::to_string(sdp.size()), response.headers.find("Content-Length").value_or(""));
    EXPECT_LT(sdp.size(), 1400u); // S5: old recorders take no more
    std::string order; // S1: of the session's lines
    for (std::size_t at = 0; sdp[at] != 'm' && at < sdp.size(); at = sdp.find("\r\n", at) + 2)
        order += sdp[at];
    EXPECT_EQ("vosctaa", order);
    EXPECT_EQ(std::string::npos, sdp.find("\n\n"));
    EXPECT_EQ("s=cam", line(sdp, "s=")); // S6
    EXPECT_EQ("c=IN IP4 0.0.0.0", line(sdp, "c=")); // S2
    EXPECT_EQ("t=0 0", line(sdp, "t="));
    EXPECT_EQ("a=control:*", line(sdp, "a=control:")); // S3
    EXPECT_EQ("a=range:npt=now-", line(sdp, "a=range:"));
    const auto media = sdp::parse(sdp).value().media;
    ASSERT_EQ(2u, media.size());
    EXPECT_NE(media[0].control, media[1].control);
    EXPECT_NE(media[0].payloadType, media[1].payloadType); // S4
    EXPECT_NE(std::string::npos, sdp.find("m=video 0 RTP/AVP "));
    EXPECT_LT(sdp.find("a=rtpmap:96"), sdp.find("a=fmtp:96"));
    EXPECT_GT(media[0].bandwidthKbit, 0);
    RtspPlayer other(studio.url("silent"));
    EXPECT_EQ(1u, sdp::parse(other.request("DESCRIBE").body).value().media.size()); // S7
}

TEST(Description, S1_TheVersionRisesWhenTheStreamChanges)
{
    test::TestStudio studio;
    const SourceId id = studio.addPattern("cam");
    const auto origin = [&] {
        return line(RtspPlayer(studio.url("cam")).request("DESCRIBE").body, "o=");
    };
    const std::string before = origin();
    EXPECT_EQ(before, origin());
    SourceConfig config = studio.freshSnapshot()->sources.at(0).config;
    config.settings["size"] = std::string("640x360");
    ASSERT_TRUE(studio.change(id, config));
    studio.waitFor([](const Snapshot &s) { return s.streams.at(0).size == PictureSize{640, 360}; });
    const auto session = [](const std::string &text) {
        return sdp::parse("v=0\r\n" + text + "\r\ns=-\r\nt=0 0\r\n").value();
    };
    EXPECT_EQ(session(before).id, session(origin()).id);
    EXPECT_EQ(session(before).version + 1, session(origin()).version);
}
