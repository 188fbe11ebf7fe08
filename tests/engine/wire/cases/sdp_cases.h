// Session descriptions as we write them and as cameras and servers send them. One table for
// parsing, for writing and for the seeds of the fuzz target sdp.
#pragma once

#include "wire/sdp/sdp.h"

#include <string>
#include <vector>

namespace heliograph::test {

struct SdpCase {
    std::string name;
    std::string text;
    sdp::Session session;
    bool ours = false; // writing the value gives this text back
};

inline sdp::Session sessionNamed(std::string name, std::vector<sdp::Media> media = {})
{
    sdp::Session session;
    session.name = std::move(name);
    session.media = std::move(media);
    return session;
}

inline sdp::Media videoMedia()
{
    sdp::Media media;
    media.kind = "video";
    media.encoding = "H264";
    media.format = "packetization-mode=1; profile-level-id=42C01E; "
                   "sprop-parameter-sets=Z0LAHtkAoC/5cBEAAAMAAQAAAwAyDxYuSA==,aMuDyyA=";
    media.bandwidthKbit = 2500;
    media.framerate = 30;
    media.control = "trackID=0";
    return media;
}

inline sdp::Media soundMedia()
{
    sdp::Media media;
    media.kind = "audio";
    media.payloadType = 97;
    media.encoding = "mpeg4-generic";
    media.clockRate = 48000;
    media.channels = 2;
    media.format = "streamtype=5; profile-level-id=1; mode=AAC-hbr; sizelength=13; indexlength=3; "
                   "indexdeltalength=3; config=1190";
    media.control = "trackID=1";
    return media;
}

inline std::vector<SdpCase> sdpCases()
{
    sdp::Session both = sessionNamed("K\xc3\xbc"
                                     "che",
                                     {videoMedia(), soundMedia()});
    both.id = 18446744073709551615ULL;
    both.version = 2;
    both.originAddress = "192.168.1.7";
    sdp::Session six = sessionNamed("cam", {videoMedia()});
    six.originAddress = "fe80::1";
    six.media[0].framerate = 29.97;
    sdp::Media camera;
    camera.kind = "video";
    camera.encoding = "H264";
    camera.format = "packetization-mode=1;profile-level-id=640028";
    camera.control = "rtsp://10.0.0.9/stream1/track1";
    sdp::Media metadata;
    metadata.kind = "application";
    metadata.payloadType = 107;
    metadata.encoding = "vnd.onvif.metadata";
    metadata.control = "track3";
    sdp::Session named = sessionNamed("Media Presentation", {camera, metadata});
    named.originAddress = "10.0.0.9";
    named.id = 1109162014219182;
    named.version = 1109162014219192;
    named.control = "rtsp://10.0.0.9/stream1/";
    sdp::Media bare;
    bare.kind = "audio";
    bare.payloadType = 0;
    return {
        {"both_tracks",
         "v=0\r\no=- 18446744073709551615 2 IN IP4 192.168.1.7\r\ns=K\xc3\xbc"
         "che\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\na=control:*\r\na=range:npt=now-\r\n"
         "m=video 0 RTP/AVP 96\r\nb=AS:2500\r\na=rtpmap:96 H264/90000\r\n"
         "a=fmtp:96 packetization-mode=1; profile-level-id=42C01E; "
         "sprop-parameter-sets=Z0LAHtkAoC/5cBEAAAMAAQAAAwAyDxYuSA==,aMuDyyA=\r\n"
         "a=framerate:30\r\na=control:trackID=0\r\n"
         "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 mpeg4-generic/48000/2\r\n"
         "a=fmtp:97 streamtype=5; profile-level-id=1; mode=AAC-hbr; sizelength=13; indexlength=3; "
         "indexdeltalength=3; config=1190\r\na=control:trackID=1\r\n",
         both, true},
        {"six_and_a_broken_rate",
         "v=0\r\no=- 0 0 IN IP6 fe80::1\r\ns=cam\r\nc=IN IP6 ::\r\nt=0 0\r\na=control:*\r\n"
         "a=range:npt=now-\r\nm=video 0 RTP/AVP 96\r\nb=AS:2500\r\na=rtpmap:96 H264/90000\r\n"
         "a=fmtp:96 packetization-mode=1; profile-level-id=42C01E; "
         "sprop-parameter-sets=Z0LAHtkAoC/5cBEAAAMAAQAAAwAyDxYuSA==,aMuDyyA=\r\n"
         "a=framerate:29.97\r\na=control:trackID=0\r\n",
         six, true},
        {"no_tracks",
         "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\na=control:*\r\n"
         "a=range:npt=now-\r\n",
         sessionNamed("-"), true},
        {"camera",
         "v=0\no=- 1109162014219182 1109162014219192 IN IP4 10.0.0.9\ns=Media Presentation\n"
         "e=NONE\nb=AS:5050\nt=0 0\na=control:rtsp://10.0.0.9/stream1/\n\nx-garbage\n"
         "m=video 0 RTP/AVP 96\nc=IN IP4 0.0.0.0\na=recvonly\na=x-dimensions:1920,1080\n"
         "a=control:rtsp://10.0.0.9/stream1/track1\na=rtpmap:96 H264/90000\n"
         "a=fmtp:96 packetization-mode=1;profile-level-id=640028\n"
         "m=application 0 RTP/AVP 107\na=control:track3\na=rtpmap:107 vnd.onvif.metadata/90000\n",
         named},
        {"only_a_version", "v=0", sessionNamed("-")},
        {"broken_origin", "v=0\r\no=fish\r\ns=\r\nm=audio 49170 RTP/AVP 0 8 97\r\n",
         sessionNamed("-", {bare})},
        {"values_out_of_range",
         "v=0\r\nm=audio 0 RTP/AVP 0\r\nb=AS:-4\r\nb=AS:99999999999\r\na=framerate:nan\r\n"
         "a=framerate:1e9\r\na=framerate:-1\r\na=rtpmap:0 /8000\r\na=rtpmap:8 PCMA/8000\r\n"
         "a=rtpmap\r\na=fmtp:96 x=y\r\na=control:\r\n",
         sessionNamed("-", {bare})},
    };
}

struct BrokenSdpCase {
    std::string name;
    std::string text;
    ErrorCode code;
};

inline std::vector<BrokenSdpCase> brokenSdpCases()
{
    std::string sections = "v=0\r\n";
    for (int i = 0; i < 33; ++i)
        sections += "m=audio 0 RTP/AVP 0\r\n";
    return {
        {"empty", "", ErrorCode::Malformed},
        {"no_version", "o=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\n", ErrorCode::Malformed},
        {"web_page", "<html>\r\n<body a=b>\r\n", ErrorCode::Malformed},
        {"media_without_type", "v=0\r\nm=video 0 RTP/AVP\r\n", ErrorCode::Malformed},
        {"media_type_no_number", "v=0\r\nm=video 0 RTP/AVP fish\r\n", ErrorCode::Malformed},
        {"media_type_past_7_bits", "v=0\r\nm=video 0 RTP/AVP 128\r\n", ErrorCode::Malformed},
        {"media_sections", sections, ErrorCode::TooLarge},
    };
}

} // namespace heliograph::test
