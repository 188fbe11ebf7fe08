// A plain RTMP client of the benchmarks: connects, then plays or publishes.
// Thread: the caller's, which waits for the answers. Owner: a viewer, or the feeder.
#pragma once

#include "wire/rtmp/chunk_reader.h"
#include "wire/rtmp/chunk_writer.h"
#include "wire/rtmp/command.h"
#include "wire/rtmp/path.h"

#include <optional>
#include <string>

namespace heliograph::bench {

class RtmpClient {
public:
    // Blocking: handshake, connect, createStream. Throws with the server's answer.
    // host: which machine it seems to be on (loopback.h).
    RtmpClient(const std::string &url, unsigned host);
    ~RtmpClient();
    RtmpClient(const RtmpClient &) = delete;
    RtmpClient &operator=(const RtmpClient &) = delete;

    int socket() const { return m_socket; }
    void play(); // its answer comes with the stream
    void publish(); // waits until the server wants the stream
    void send(const rtmp::Message &message); // on the stream that was created

    void feed(ByteSpan bytes) { m_reader.feed(bytes); }
    // Nothing: more bytes are needed. Throws when they are no RTMP.
    std::optional<rtmp::Message> next();

private:
    void shakeHands();
    void sendBytes(ByteSpan bytes);
    ByteSpan receive(); // valid until the next call
    void ask(rtmp::Command command, std::uint32_t stream);
    rtmp::Command await(const std::string &name);

    const rtmp::Url m_url;
    int m_socket = -1;
    std::vector<std::uint8_t> m_received;
    rtmp::ChunkReader m_reader;
    rtmp::ChunkWriter m_writer;
    double m_transaction = 0;
    std::uint32_t m_stream = 0;
};

} // namespace heliograph::bench
