// An RTMP client that hides nothing: a player, or an encoder that publishes.
// Thread: one. Every wait ends after a few seconds, by an exception that fails the test.
#pragma once

#include "support/tls_client.h"
#include "wire/rtmp/chunk_reader.h"
#include "wire/rtmp/chunk_writer.h"
#include "wire/rtmp/command.h"
#include "wire/rtmp/control.h"
#include "wire/rtmp/video_tag.h"

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <string>

namespace heliograph::test {

class RtmpClient {
public:
    using Patience = std::chrono::milliseconds;
    static constexpr Patience patience{30000};

    enum class Secure { No, Yes };
    // Connects and shakes hands.
    explicit RtmpClient(std::uint16_t port, const std::string &host = "127.0.0.1",
                        Secure secure = Secure::No);
    ~RtmpClient();
    RtmpClient(const RtmpClient &) = delete;
    RtmpClient &operator=(const RtmpClient &) = delete;

    // Sends the command with a transaction of its own, and waits for _result or _error.
    rtmp::Command call(const std::string &name, rtmp::amf0::Value object = {},
                       std::vector<rtmp::amf0::Value> arguments = {});
    // Its answer's information object.
    rtmp::amf0::Value connect(const std::string &app, rtmp::amf0::Properties more = {});
    std::uint32_t createStream();

    // Without waiting.
    void send(const rtmp::Message &message);
    void sendCommand(std::uint32_t stream, const std::string &name,
                     std::vector<rtmp::amf0::Value> arguments, double transaction = 0);
    void send(const rtmp::Control &control);
    void sendRaw(ByteSpan bytes);

    // connect, createStream, play. Returns the code of the first status but Play.Reset.
    std::string play(const std::string &app, const std::string &name);
    // connect, createStream, publish. Returns the status' code.
    std::string publish(const std::string &app, const std::string &name);
    // The next onStatus: its code; messages of sound and pictures before it are thrown away.
    std::string nextStatus();
    std::string lastDescription() const { return m_description; } // of that status

    rtmp::Message next(Patience time = patience); // any message
    rtmp::Message next(rtmp::MessageType type, Patience time = patience);
    std::optional<rtmp::Message> tryNext(rtmp::MessageType type, Patience time);
    // The next picture that is coded, not a sequence header.
    struct Picture {
        rtmp::Message message;
        rtmp::VideoTag tag; // points into the message
    };
    Picture nextPicture();

    bool isClosedWithin(Patience time);
    std::uint32_t stream() const { return m_stream; }
    int socket() const { return m_fd; }
    void disconnect();

private:
    bool readMore(Patience time); // false: nothing came, or closed
    void shakeHands();
    rtmp::Message waitFor(const std::function<bool(const rtmp::Message &)> &pleases, Patience time);

    int m_fd;
    std::optional<TlsClient> m_tls;
    rtmp::ChunkReader m_reader;
    rtmp::ChunkWriter m_writer;
    std::vector<std::uint8_t> m_unread; // before the chunks begin
    bool m_shaken = false;
    bool m_closed = false;
    double m_transaction = 0;
    std::uint32_t m_stream = 0;
    std::string m_description;
};

} // namespace heliograph::test
