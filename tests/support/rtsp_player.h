// An RTSP client that hides nothing: every reply, interleaved frame and datagram is handed out.
// Thread: one. Every wait ends after a few seconds, by an exception that fails the test.
#pragma once

#include "access/credentials.h"
#include "support/tls_client.h"
#include "wire/rtp/h264_depacketizer.h"
#include "wire/rtp/rtcp.h"
#include "wire/rtsp/message.h"
#include "wire/rtsp/reader.h"

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace heliograph::test {

class RtspPlayer {
public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    // "rtsp://127.0.0.1:PORT/mount"; "rtsps://…" for TLS, with any certificate
    // from: this computer's address to come from; empty: whichever.
    explicit RtspPlayer(std::string url, const std::string &from = {});
    ~RtspPlayer();

    RtspPlayer(const RtspPlayer &) = delete;
    RtspPlayer &operator=(const RtspPlayer &) = delete;

    // From now on every request proves this user, by digest once it was challenged.
    void logIn(std::string user, std::string password,
               DigestAlgorithm algorithm = DigestAlgorithm::Md5);
    // The header as it would be sent now; empty before the first challenge.
    std::string authorization(const std::string &method, const std::string &url) const;

    // Sends with CSeq, User-Agent and the session; frames that come before the reply are kept.
    rtsp::Response request(const std::string &method, const std::string &url,
                           const Fields &fields = {}, const std::string &body = {});
    rtsp::Response request(const std::string &method) { return request(method, m_url); }
    void sendRaw(const std::string &bytes);
    rtsp::Response readResponse();

    // DESCRIBE, SETUP of every track, PLAY. Returns PLAY's reply.
    enum class Over { Tcp, Udp };
    rtsp::Response play(Over over);
    rtsp::Response setUp(Over over, int track);

    bool hasFrames() const { return !m_frames.empty(); } // that were read already

    // The next frame of a channel (TCP), or datagram: even for RTP, odd for RTCP.
    std::vector<std::uint8_t>
    nextPacket(int channel, std::chrono::milliseconds patience = std::chrono::seconds(30));
    // The same; nothing when it does not come.
    std::optional<std::vector<std::uint8_t>> tryPacket(int channel,
                                                       std::chrono::milliseconds patience);
    rtp::ReceivedUnit nextPicture();
    std::vector<rtcp::Report> nextReports(int channel = 1);
    void sendRtcp(const std::vector<std::uint8_t> &compound, int channel = 1);

    // True when the server has closed the connection (what is still buffered is thrown away).
    bool isClosedWithin(std::chrono::milliseconds patience);
    void disconnect();

    const std::string &url() const { return m_url; }
    // The system's socket of a channel (UDP).
    int udpSocket(int channel) const;
    const std::string &session() const { return m_session; }
    const std::string &sdp() const { return m_sdp; }
    int socket() const { return m_tcp; }
    const TlsClient &tls() const { return *m_tls; }
    const rtp::H264Depacketizer &depacketizer() const { return m_depacketizer; }

private:
    rtsp::Response send(const std::string &method, const std::string &url, const Fields &fields,
                        const std::string &body);
    bool noteChallenge(const rtsp::Response &response);
    bool readMore(std::chrono::milliseconds patience); // false: nothing came, or closed
    // Nothing: no whole TLS record yet. 0: closed.
    std::optional<std::size_t> receive(std::uint8_t *to, std::size_t most);
    void takeArrivals();
    std::optional<std::vector<std::uint8_t>> popPacket(int channel);

    std::string m_url;
    std::string m_host;
    std::string m_session;
    std::string m_sdp;
    std::optional<DigestProof> m_proof; // with the newest nonce
    Secret m_password;
    int m_tcp = -1;
    std::optional<TlsClient> m_tls; // over it, for rtsps://
    int m_nextCseq = 1;
    bool m_overUdp = false;
    bool m_closed = false;
    rtsp::Reader m_reader;
    rtp::H264Depacketizer m_depacketizer;
    std::deque<rtsp::Response> m_responses;
    std::deque<rtsp::InterleavedFrame> m_frames;
    struct UdpSocket {
        int channel;
        int fd;
        std::uint16_t serverPort;
    };
    std::vector<UdpSocket> m_udp;
};

} // namespace heliograph::test
