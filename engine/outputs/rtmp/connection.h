// One RTMP connection: its handshake, messages in and replies out, and the one stream that it plays
// or publishes.
// Thread: the loop. Owner: the server.
#pragma once

#include "core/live_count.h"
#include "net/connection.h"
#include "net/timer.h"
#include "outputs/rtmp/player.h"
#include "outputs/rtmp/publisher.h"
#include "serve/admission.h"
#include "serve/viewer_link.h"
#include "wire/rtmp/capabilities.h"
#include "wire/rtmp/chunk_reader.h"
#include "wire/rtmp/command.h"
#include "wire/rtmp/control.h"
#include "wire/rtmp/handshake.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace heliograph::rtmp {

class Connection final : public net::Connection::Handler, LiveCount<Connection> {
public:
    using LiveCount<Connection>::living;

    Connection(Server &server, std::unique_ptr<net::Connection> socket);
    ~Connection() override;

    void start();

    net::Endpoint peer() const { return m_link.socket().peer(); }
    net::Endpoint local() const { return m_link.socket().local(); }
    // Whom it counts for, in limits and bans: see net::Address::networkText().
    const std::string &network() const { return m_network; }
    const std::string &agent() const { return m_agent; } // as it says; may be empty
    Guest guest() const { return {"RTMP", peer().text(), m_agent}; }
    serve::ViewerLink &link() { return m_link; }

    // What connect said.
    struct Greeting {
        std::string app;
        std::string agent;
        Capabilities capabilities;
    };
    const std::optional<Greeting> &greeting() const { return m_greeting; }
    void setGreeting(Greeting greeting);
    // What can be asked for before connect is answered with this sentence; then it ends.
    const std::optional<std::string> &refusal() const { return m_refusal; }
    void refuse(std::string sentence) { m_refusal = std::move(sentence); }

    // Message streams: 1 and up. Nothing: it has too many.
    std::optional<std::uint32_t> createStream();
    bool hasStream(std::uint32_t id) const { return m_streams.contains(id); }
    void deleteStream(std::uint32_t id);

    // It does one of the two at a time, on one message stream.
    Player *player() const { return m_player.get(); }
    Publisher *publisher() const { return m_publisher.get(); }
    void play(Mount &mount, std::uint32_t messageStream, std::string user);
    void publish(std::shared_ptr<IngestDoor> door, std::uint32_t messageStream);
    void endPlayer(CloseReason reason);
    void endPublisher();

    void send(const Control &control);
    void sendCommand(std::uint32_t messageStream, const Command &command);
    void sendStatus(std::uint32_t messageStream, std::string_view level, std::string_view code,
                    std::string_view description);
    void sendData(std::uint32_t messageStream, const Data &data);
    void logAnswer(std::string_view code); // such as NetStream.Play.StreamNotFound
    // From here on everything is cut by Mount::chunkSize.
    void announceChunkSize();

    // Runs the task, which refuses a guess, when so much time has passed. What has been read waits
    // meanwhile.
    void refuseLater(Timestamp delay, std::function<void()> task);
    // Runs the task until it returns true, or the deadline has passed and it has run once more
    // with `late` set. What has been read waits meanwhile.
    void retryUntil(std::chrono::milliseconds deadline, std::function<bool(bool late)> task);

    // To be called a few times a second.
    void sweep();
    // It takes too long over its handshake, neither plays nor publishes, or sends nothing although
    // it publishes.
    bool isOverdue() const;
    void closeSoon();

    // net::Connection::Handler
    void onBytes(ByteSpan bytes) override;
    void onWritable() override { m_link.onWritable(); }
    void onClosed() override { m_link.end(); }

private:
    Result<> takeHandshake(ByteSpan &bytes);
    void acknowledge();
    void readMessages();
    void handle(const Message &message);
    void handleControl(const Message &message);
    void resumeReading();
    void giveUp(const Error &error);
    void leave();

    serve::ViewerLink m_link; // first: what a picture on its way touches
    Server &m_server;
    const std::string m_network;
    std::string m_agent;
    const Timestamp m_since;
    serve::Admission::Place m_stranger; // null: it plays or publishes
    std::unique_ptr<ServerHandshake> m_handshake; // while it lasts, from the first byte on
    bool m_isGreeted = false; // it is done
    ChunkReader m_reader;
    std::optional<Greeting> m_greeting;
    std::optional<std::string> m_refusal;
    std::set<std::uint32_t> m_streams;
    std::uint32_t m_lastStream = 0;
    std::unique_ptr<Player> m_player;
    std::unique_ptr<Publisher> m_publisher;
    std::size_t m_chunkSize = initialChunkSize; // ours
    std::uint32_t m_window; // bytes after which the peer wants to hear of them
    std::uint32_t m_received = 0; // modulo 2^32
    std::uint32_t m_acknowledged = 0;
    Timestamp m_heard; // when bytes came last
    Timestamp m_idleSince; // since when it neither plays nor publishes
    bool m_waiting = false; // an answer is due later
    bool m_reading = false; // in readMessages()
    net::Timer m_timer;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace heliograph::rtmp
