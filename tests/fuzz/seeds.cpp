#include "fuzz/seeds.h"

#include "engine/media/cases/annex_b_cases.h"
#include "engine/media/cases/hevc_sps_cases.h"
#include "engine/media/cases/sps_cases.h"
#include "engine/media/hex.h"
#include "engine/wire/cases/authorization_cases.h"
#include "engine/wire/cases/m3u_cases.h"
#include "engine/wire/cases/message_cases.h"
#include "engine/wire/cases/rtcp_cases.h"
#include "engine/wire/cases/rtp_cases.h"
#include "engine/wire/cases/sdp_cases.h"
#include "engine/wire/cases/transport_cases.h"
#include "engine/wire/cases/url_cases.h"
#include "fuzz/rtmp_seeds.h"
#include "media/latency_sei.h"
#include "wire/big_endian.h"

#include <array>

namespace heliograph::fuzz {

namespace {

using Bytes8 = std::vector<std::uint8_t>;
using test::hex;

Bytes8 bytesOf(const std::string &text)
{
    return {text.begin(), text.end()};
}

void append(Bytes8 &out, const Bytes8 &more)
{
    out.insert(out.end(), more.begin(), more.end());
}

std::string numbered(const char *name, std::size_t index)
{
    return name + std::string(index < 10 ? "_0" : "_") + std::to_string(index);
}

void addAuthorizations(std::vector<Seed> &out)
{
    for (const test::AuthorizationCase &item : test::authorizationCases())
        out.push_back({"authorization", item.name, bytesOf(item.header)});
}

void addMessages(std::vector<Seed> &out)
{
    for (const test::MessageCase &item : test::messageCases())
        out.push_back({"rtsp_message", item.name, bytesOf(item.bytes)});
    for (const test::LostFramingCase &item : test::lostFramingCases())
        out.push_back({"rtsp_message", item.name, bytesOf(item.bytes)});
}

// Scripts of the target interleaved; see there.
void addConversations(std::vector<Seed> &out)
{
    const Bytes8 frame = hex("00 01 0004 80c80001");
    const Bytes8 request = hex("01 0a 626172706172616d3a31");
    const Bytes8 lines = hex("02 03");
    Bytes8 mixed = hex("00");
    for (const Bytes8 &part : {frame, request, frame, lines, request, request, frame})
        append(mixed, part);
    out.push_back({"interleaved", "mixed_byte_by_byte", mixed});
    mixed[0] = 0x06;
    out.push_back({"interleaved", "mixed_in_sevens", mixed});
    mixed[0] = 0xff;
    append(mixed, hex("03"));
    append(mixed, bytesOf("TEARDOWN rtsp://h/cam RTSP/1.0\r\nCSeq: 9\r\n\r\n$\x01"));
    out.push_back({"interleaved", "rubbish_at_the_end", mixed});
    out.push_back(
        {"interleaved", "frame_full_of_frames", hex("02 00 24 0008 2424242400000000 01 00")});
    out.push_back(
        {"interleaved", "body_full_of_frames", hex("01 01 08 24000004 0d0a0d0a 00 00 0000")});
}

// Scripts of the target rtsp_session; see there.
void addSessions(std::vector<Seed> &out)
{
    // A player sets up and plays; pictures; a request between them; the other with its password.
    out.push_back({"rtsp_session", "plays_over_tcp",
                   hex("02 01 02 04 02 08 06 21 06 20 06 20 02 0c 06 20 02 0b 08 05")});
    out.push_back({"rtsp_session", "plays_with_a_password",
                   hex("03 02 03 06 03 09 07 21 07 20 07 20 03 0b")});
    out.push_back(
        {"rtsp_session", "guesses_and_waits", hex("02 03 02 03 02 03 02 03 08 ff 02 0d")});
    out.push_back({"rtsp_session", "slow_then_drained",
                   hex("02 04 02 08 04 0001 06 ff 06 fe 08 10 06 ff 08 7f 04 0000")});
    out.push_back({"rtsp_session", "pauses_and_hangs_up",
                   hex("02 05 02 08 06 11 02 0a 02 08 06 11 09 00 02 01 09 01")});
    out.push_back({"rtsp_session", "frames_before_play_and_rubbish",
                   hex("00 000c 24 01 0008 80c9000100000007 02 04 00 0004 24 01 ffff 02 08")});
    out.push_back({"rtsp_session", "udp_and_multicast", hex("02 07 02 0e 03 07 08 ff 02 0f")});
}

void addTexts(std::vector<Seed> &out)
{
    for (const test::M3uCase &item : test::m3uCases())
        out.push_back({"m3u", item.name, bytesOf(item.text)});
    out.push_back({"m3u", "live", bytesOf(test::liveM3u())});
    for (const test::TransportCase &item : test::transportCases())
        out.push_back({"transport", item.name, bytesOf(item.header)});
    for (const test::UrlCase &item : test::urlCases())
        out.push_back({"url_session", item.name, bytesOf(item.text)});
    for (std::size_t i = 0; i < test::sessionCases().size(); ++i)
        out.push_back(
            {"url_session", numbered("session", i), bytesOf(test::sessionCases()[i].value)});
    for (std::size_t i = 0; i < test::rtpInfoCases().size(); ++i)
        out.push_back(
            {"url_session", numbered("rtp_info", i), bytesOf(test::rtpInfoCases()[i].value)});
    for (const test::SdpCase &item : test::sdpCases())
        out.push_back({"sdp", item.name, bytesOf(item.text)});
    for (const test::BrokenSdpCase &item : test::brokenSdpCases())
        out.push_back({"sdp", item.name, bytesOf(item.text)});
}

Bytes8 packetOf(const test::Arrived &arrived)
{
    std::array<std::uint8_t, rtp::headerSize> header{};
    rtp::writeHeader(header,
                     {arrived.marker, 96, std::uint16_t(arrived.sequence), arrived.timestamp, 1});
    Bytes8 packet(header.begin(), header.end());
    append(packet, hex(arrived.payload));
    return packet;
}

void appendSized(Bytes8 &out, const Bytes8 &packet)
{
    wire::append16(out, std::uint16_t(packet.size()));
    append(out, packet);
}

// Scripts of the target rtp_depacketizer; see there.
void addPackets(std::vector<Seed> &out)
{
    Bytes8 headers = {0};
    for (const test::RtpCase &item : test::rtpCases())
        appendSized(headers, hex(item.hex));
    out.push_back({"rtp_depacketizer", "headers", headers});
    for (const test::DepacketizerCase &item : test::depacketizerCases()) {
        Bytes8 script = {0};
        for (const test::Arrived &arrived : item.packets)
            appendSized(script, packetOf(arrived));
        out.push_back({"rtp_depacketizer", item.name, script});
    }
    out.push_back(
        {"rtp_depacketizer", "our_keyframe", hex("01 0578 67 0018 11 68 0004 22 65 4000 00")});
    out.push_back({"rtp_depacketizer", "our_slices",
                   hex("01 04a4 09 0001 f0 06 0020 01 41 0800 33 41 0801 33 0c 0100 ff")});
    out.push_back({"rtp_depacketizer", "our_smallest_packets",
                   hex("01 0000 65 003f 00 65 0040 00 65 1000 00")});
    for (const test::RtcpCase &item : test::rtcpCases())
        out.push_back({"rtcp", item.name, hex(item.hex)});
}

void addH264(std::vector<Seed> &out)
{
    for (const test::AnnexBCase &item : test::annexBCases())
        out.push_back({"h264_nal", item.name, hex(item.stream)});
    Bytes8 stamped = hex("000001");
    append(stamped, latency_sei::make(WallTime(0x0100000000000003)));
    out.push_back({"h264_nal", "latency_stamp", stamped});
    for (const test::SpsCase &item : test::spsCases())
        out.push_back({"h264_sps", item.name, hex(item.hex)});
    for (const test::HevcSpsCase &item : test::hevcSpsCases())
        out.push_back({"hevc_sps", item.name, hex(item.hex)});
}

} // namespace

std::vector<Seed> seeds()
{
    std::vector<Seed> all;
    addAuthorizations(all);
    addMessages(all);
    addConversations(all);
    addSessions(all);
    addTexts(all);
    addPackets(all);
    addH264(all);
    addRtmp(all);
    return all;
}

} // namespace heliograph::fuzz
