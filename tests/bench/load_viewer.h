// One simulated viewer of the load generator: an RTSP client that counts what it receives and
// keeps nothing.
// Thread: the generator's one. Owner: the generator.
#pragma once

#include "wire/rtp/rtp_packet.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::bench {

enum class Over { Tcp, Udp };

struct ViewerCounts {
    std::uint64_t frames = 0;
    std::uint64_t lostPackets = 0;
    std::uint64_t bytes = 0;
    std::vector<double> latencyMs; // from the stamp in the picture to its arrival
};

class LoadViewer {
public:
    // Blocking: DESCRIBE, SETUP, PLAY. Throws with the server's answer.
    LoadViewer(const std::string &url, Over over);
    ~LoadViewer();
    LoadViewer(const LoadViewer &) = delete;
    LoadViewer &operator=(const LoadViewer &) = delete;

    int socket() const { return m_over == Over::Tcp ? m_tcp : m_udp; } // to poll for reading
    void readAll(); // until the socket is empty
    void startCounting() { m_counts = {}; }
    const ViewerCounts &counts() const { return m_counts; }
    // From PLAY to the last packet of the first picture; nothing before it came.
    std::optional<double> firstPictureMs() const { return m_firstPictureMs; }

private:
    using Clock = std::chrono::steady_clock;

    std::string ask(const std::string &method, const std::string &url, const std::string &fields);
    void setUp();
    void takeStream();
    void takePacket(ByteSpan bytes);
    void takeStamp(ByteSpan nal);

    const std::string m_url;
    const Over m_over;
    int m_tcp = -1;
    int m_udp = -1;
    int m_rtcp = -1;
    int m_cseq = 0;
    std::string m_session;
    std::vector<std::uint8_t> m_buffer; // of the TCP stream
    ViewerCounts m_counts;
    std::optional<std::uint16_t> m_expected;
    Clock::time_point m_played;
    std::optional<double> m_firstPictureMs;
};

} // namespace heliograph::bench
