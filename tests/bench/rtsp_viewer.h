// A viewer over RTSP, interleaved or over UDP.
// Thread: the generator's one. Owner: the generator.
#pragma once

#include "load_viewer.h"
#include "wire/rtp/rtp_packet.h"

#include <string>

namespace heliograph::bench {

enum class Over { Tcp, Udp };

class RtspViewer final : public LoadViewer {
public:
    // Blocking: DESCRIBE, SETUP, PLAY. Throws with the server's answer.
    // host: which machine it seems to be on (loopback.h); over UDP always the same.
    RtspViewer(const std::string &url, Over over, unsigned host);
    ~RtspViewer() override;

    int socket() const override { return m_over == Over::Tcp ? m_tcp : m_udp; }
    bool read() override;

private:
    std::string ask(const std::string &method, const std::string &url, const std::string &fields);
    void setUp();
    std::string bindUdp();
    bool readStream();
    void readDatagrams();
    void takeRest();
    void takeStream(ByteSpan bytes);
    void takePacket(ByteSpan bytes);
    void takePayload(ByteSpan payload);
    void finishPicture();

    const std::string m_url;
    const Over m_over;
    int m_tcp = -1;
    int m_udp = -1;
    int m_rtcp = -1;
    int m_cseq = 0;
    std::string m_session;
    std::vector<std::uint8_t> m_rest; // the beginning of a frame of the TCP stream
    std::optional<std::uint16_t> m_expected;
    std::optional<WallTime> m_stamp; // of the picture that is arriving
    bool m_keyframe = false; // the picture that is arriving is one
};

} // namespace heliograph::bench
