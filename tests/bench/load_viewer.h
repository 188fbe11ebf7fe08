// One simulated viewer of the load generator: an RTSP client that counts what it receives and
// keeps nothing. Reading is kept cheap, for the generator shares the machine with the server.
// Thread: the generator's one. Owner: the generator.
#pragma once

#include "core/clock.h"
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
    std::vector<float> latencyMs; // from the stamp in the picture to the arrival of its end
    std::vector<float> gapMs; // between the ends of two pictures
};

class LoadViewer {
public:
    // Blocking: DESCRIBE, SETUP, PLAY. Throws with the server's answer.
    // host: which machine it seems to be on (loopback.h); over UDP always the same.
    LoadViewer(const std::string &url, Over over, unsigned host);
    ~LoadViewer();
    LoadViewer(const LoadViewer &) = delete;
    LoadViewer &operator=(const LoadViewer &) = delete;

    int socket() const { return m_over == Over::Tcp ? m_tcp : m_udp; } // to poll for reading
    // What is there, as far as one call gets it. False: the server has closed the connection.
    bool read();
    void startCounting() { m_counts = {}; }
    const ViewerCounts &counts() const { return m_counts; }
    // From PLAY to the end of the first keyframe.
    std::optional<double> firstPictureMs() const { return m_firstPictureMs; }

private:
    using Clock = std::chrono::steady_clock;

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
    ViewerCounts m_counts;
    std::optional<std::uint16_t> m_expected;
    std::optional<WallTime> m_stamp; // of the picture that is arriving
    bool m_keyframe = false; // the picture that is arriving is one
    Clock::time_point m_played;
    Clock::time_point m_now; // when what is being taken was read
    std::optional<Clock::time_point> m_lastPicture;
    std::optional<double> m_firstPictureMs;
};

} // namespace heliograph::bench
