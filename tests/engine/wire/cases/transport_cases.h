// Transport headers as clients and servers send them, and what they mean. One table for parsing,
// for writing and for the seeds of the fuzz target transport.
#pragma once

#include "wire/rtsp/transport.h"

#include <string>
#include <vector>

namespace heliograph::test {

struct TransportCase {
    std::string name;
    std::string header;
    std::vector<rtsp::Transport> transports; // none: Malformed
    std::string written; // the first of them, as we write it
};

inline rtsp::Transport udpOf(std::uint16_t first, std::uint16_t second)
{
    rtsp::Transport transport;
    transport.clientPort = rtsp::PortPair{first, second};
    return transport;
}

inline rtsp::Transport tcpOf(std::uint8_t first, std::uint8_t second)
{
    rtsp::Transport transport;
    transport.lower = rtsp::LowerTransport::Tcp;
    transport.interleaved = rtsp::ChannelPair{first, second};
    return transport;
}

inline rtsp::Transport with(rtsp::Transport transport, auto change)
{
    change(transport);
    return transport;
}

inline std::vector<TransportCase> transportCases()
{
    using rtsp::Transport;
    const Transport bare;
    return {
        {"udp_ffmpeg",
         "RTP/AVP/UDP;unicast;client_port=20544-20545",
         {udpOf(20544, 20545)},
         "RTP/AVP;unicast;client_port=20544-20545"},
        {"tcp_ffmpeg",
         "RTP/AVP/TCP;unicast;interleaved=0-1",
         {tcpOf(0, 1)},
         "RTP/AVP/TCP;unicast;interleaved=0-1"},
        {"list_gstreamer",
         "RTP/AVP;unicast;client_port=5000-5001;mode=\"PLAY\",RTP/AVP;multicast,"
         "RTP/AVP/TCP;unicast;interleaved=2-3",
         {with(udpOf(5000, 5001), [](Transport &t) { t.mode = "PLAY"; }),
          with(bare, [](Transport &t) { t.multicast = true; }), tcpOf(2, 3)},
         "RTP/AVP;unicast;client_port=5000-5001;mode=\"PLAY\""},
        {"neither_unicast_nor_multicast",
         "RTP/AVP;client_port=6000-6001",
         {udpOf(6000, 6001)},
         "RTP/AVP;unicast;client_port=6000-6001"},
        {"one_port",
         "RTP/AVP;unicast;client_port=6000",
         {udpOf(6000, 6001)},
         "RTP/AVP;unicast;client_port=6000-6001"},
        {"one_channel",
         "RTP/AVP/TCP;interleaved=4",
         {tcpOf(4, 5)},
         "RTP/AVP/TCP;unicast;interleaved=4-5"},
        {"lower_case",
         "rtp/avp/tcp;UNICAST;Interleaved=0-1;MODE=play",
         {with(tcpOf(0, 1), [](Transport &t) { t.mode = "PLAY"; })},
         "RTP/AVP/TCP;unicast;interleaved=0-1;mode=\"PLAY\""},
        {"another_order_and_unknown_ones",
         "RTP/AVP;x-new=\"a;b,c\";client_port = 7000 - 7001 ;ttl=16;append;layers=2;unicast",
         {with(udpOf(7000, 7001), [](Transport &t) { t.ttl = 16; })},
         "RTP/AVP;unicast;client_port=7000-7001;ttl=16"},
        {"multicast_reply",
         "RTP/AVP;multicast;destination=239.255.42.1;port=5004-5005;ttl=3",
         {with(Transport(),
               [](Transport &t) {
                   t.multicast = true;
                   t.destination = "239.255.42.1";
                   t.port = rtsp::PortPair{5004, 5005};
                   t.ttl = 3;
               })},
         "RTP/AVP;multicast;destination=239.255.42.1;port=5004-5005;ttl=3"},
        {"quoted_list_in_mode",
         "RTP/AVP/TCP;interleaved=0-1;mode=\"PLAY,RECORD\"",
         {with(tcpOf(0, 1), [](Transport &t) { t.mode = "PLAY,RECORD"; })},
         "RTP/AVP/TCP;unicast;interleaved=0-1;mode=\"PLAY,RECORD\""},
        {"answer_of_a_server",
         "RTP/AVP;unicast;destination=10.0.0.2;source=10.0.0.1;client_port=5000-5001;"
         "server_port=6970-6971;ssrc=0A1B2C3D",
         {with(udpOf(5000, 5001),
               [](Transport &t) {
                   t.destination = "10.0.0.2";
                   t.source = "10.0.0.1";
                   t.serverPort = rtsp::PortPair{6970, 6971};
                   t.ssrc = 0x0a1b2c3d;
               })},
         "RTP/AVP;unicast;destination=10.0.0.2;source=10.0.0.1;client_port=5000-5001;"
         "server_port=6970-6971;ssrc=0A1B2C3D"},
        {"six",
         "RTP/AVP;unicast;client_port=1-2;source=fe80::1%eth0",
         {with(udpOf(1, 2), [](Transport &t) { t.source = "fe80::1%eth0"; })},
         "RTP/AVP;unicast;source=fe80::1%eth0;client_port=1-2"},
        {"other_profiles",
         "RAW/RAW/UDP;unicast;client_port=1-2, RTP/SAVP;unicast",
         {with(udpOf(1, 2), [](Transport &t) { t.profile = "RAW/RAW"; }),
          with(bare, [](Transport &t) { t.profile = "RTP/SAVP"; })},
         "RAW/RAW;unicast;client_port=1-2"},
        {"malformed_first_is_left_out",
         "RTP/AVP;client_port=fish,RTP/AVP/TCP;interleaved=0-256,RTP/AVP/DCCP,RTP/AVP;"
         "client_port=8-9",
         {udpOf(8, 9)},
         "RTP/AVP;unicast;client_port=8-9"},
        {"short_ssrc",
         "RTP/AVP/TCP;interleaved=0-1;ssrc=ab",
         {with(tcpOf(0, 1), [](Transport &t) { t.ssrc = 0xab; })},
         "RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=000000AB"},
        {"empty", "", {}, ""},
        {"commas", ",,,", {}, ""},
        {"no_profile", "RTP;unicast", {}, ""},
        {"port_zero", "RTP/AVP;client_port=0-1", {}, ""},
        {"port_past_the_last", "RTP/AVP;client_port=65535", {}, ""},
        {"port_past_16_bits", "RTP/AVP;client_port=65536-65537", {}, ""},
        {"negative_port", "RTP/AVP;client_port=-1", {}, ""},
        {"ssrc_no_hex", "RTP/AVP;ssrc=xyz", {}, ""},
        {"ssrc_past_32_bits", "RTP/AVP;ssrc=123456789", {}, ""},
        {"address_with_an_end", "RTP/AVP;destination=\"a;b\"", {}, ""},
        {"unclosed_quote", "RTP/AVP;mode=\"PLAY;client_port=1-2", {}, ""},
    };
}

} // namespace heliograph::test
