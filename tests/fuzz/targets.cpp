#include "fuzz/targets.h"

#include <utility>

namespace heliograph::fuzz {

Run findTarget(std::string_view name)
{
    static constexpr std::pair<std::string_view, Run> targets[] = {
        {"amf0", runAmf0},
        {"authorization", runAuthorization},
        {"flv_tags", runFlvTags},
        {"h264_nal", runH264Nal},
        {"h264_sps", runH264Sps},
        {"hevc_sps", runHevcSps},
        {"interleaved", runInterleaved},
        {"m3u", runM3u},
        {"rtcp", runRtcp},
        {"rtmp_chunks", runRtmpChunks},
        {"rtmp_handshake", runRtmpHandshake},
        {"rtp_depacketizer", runRtpDepacketizer},
        {"rtsp_message", runRtspMessage},
        {"rtmp_session", runRtmpSession},
        {"rtsp_session", runRtspSession},
        {"sdp", runSdp},
        {"transport", runTransport},
        {"url_session", runUrlSession},
    };
    for (const auto &[key, run] : targets) {
        if (key == name)
            return run;
    }
    return nullptr;
}

} // namespace heliograph::fuzz
