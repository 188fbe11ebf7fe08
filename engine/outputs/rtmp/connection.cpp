#include "outputs/rtmp/connection.h"

#include "net/loop.h"
#include "outputs/rtmp/methods.h"
#include "outputs/rtmp/server.h"
#include "serve/leaving.h"
#include "wire/rtmp/chunk_writer.h"

#include <algorithm>

namespace heliograph::rtmp {

namespace {

constexpr Timestamp handshakeTime = std::chrono::seconds(10);
constexpr Timestamp silentPublisher = std::chrono::seconds(10);
constexpr std::chrono::milliseconds retryPeriod(20);
constexpr std::uint32_t usualWindow = 2'500'000;
constexpr std::size_t mostStreams = 16;

// Whoever only talks needs no more; see publish().
constexpr ChunkLimits strangersLimits{.messageBytes = 64 * 1024,
                                      .partialBytes = 128 * 1024,
                                      .partialMessages = 8,
                                      .chunkStreams = 32};

std::vector<std::uint8_t> randomBytes(Random &random, std::size_t count)
{
    std::vector<std::uint8_t> bytes(count);
    random.fill(bytes);
    return bytes;
}

} // namespace

Connection::Connection(Server &server, std::unique_ptr<net::Connection> socket)
    : m_link(server.context(), std::move(socket), server.limits().queue, [this] { leave(); })
    , m_server(server)
    , m_network(peer().address.networkText())
    , m_since(server.context().clock.now())
    , m_stranger(server.admission().placeForStranger(m_network))
    , m_reader(strangersLimits)
    , m_window(usualWindow)
    , m_heard(m_since)
    , m_idleSince(m_since)
    , m_timer(server.context().loop)
{
}

Connection::~Connection() = default;

void Connection::start()
{
    m_link.socket().start(*this);
}

void Connection::onBytes(ByteSpan bytes)
{
    m_heard = m_server.context().clock.now();
    m_received += std::uint32_t(bytes.size());
    if (const auto shaken = takeHandshake(bytes); !shaken) {
        giveUp(shaken.error());
        return;
    }
    m_reader.feed(bytes);
    readMessages();
    acknowledge();
}

// Takes what belongs to the handshake off the front.
Result<> Connection::takeHandshake(ByteSpan &bytes)
{
    if (m_isGreeted)
        return {};
    if (!m_handshake)
        m_handshake = std::make_unique<ServerHandshake>(
            randomBytes(m_server.context().random, ServerHandshake::randomSize));
    std::vector<std::uint8_t> answer;
    const auto taken = m_handshake->feed(bytes, answer);
    if (!taken)
        return tl::unexpected(taken.error());
    if (!answer.empty())
        m_link.sendControl(Bytes(std::move(answer)));
    bytes = bytes.subspan(*taken);
    m_isGreeted = m_handshake->isDone();
    if (m_isGreeted)
        m_handshake.reset();
    return {};
}

void Connection::acknowledge()
{
    if (!m_isGreeted || m_received - m_acknowledged < m_window)
        return;
    m_acknowledged = m_received;
    send(Acknowledgement{m_received});
}

void Connection::readMessages()
{
    if (m_reading)
        return;
    m_reading = true;
    while (!m_waiting && !m_link.isClosing()) {
        const auto message = m_reader.next();
        if (!message)
            giveUp(message.error());
        if (!message || !*message)
            break;
        handle(**message);
    }
    m_reading = false;
}

void Connection::handle(const Message &message)
{
    const MessageType type = message.head.type;
    if (isControl(type))
        handleControl(message);
    else if (isCommand(type))
        answer(m_server, *this, message);
    else if (m_publisher && message.head.streamId == m_publisher->messageStream())
        m_publisher->take(message);
    // Shared objects, aggregates and what nobody knows: skipped.
}

void Connection::handleControl(const Message &message)
{
    const auto control = parseControl(message.head.type, message.payload);
    if (!control)
        return;
    if (const auto *window = std::get_if<WindowAckSize>(&*control); window && window->bytes > 0)
        m_window = window->bytes;
    const auto *user = std::get_if<UserControl>(&*control);
    if (user && user->event == UserControl::Event::PingRequest)
        send(UserControl{UserControl::Event::PingResponse, user->value, 0});
}

// Nothing can be told to who does not speak RTMP.
void Connection::giveUp(const Error &error)
{
    m_server.context().log.debug("rtmp {}: {}", peer().text(), error.detail);
    if (m_greeting)
        sendStatus(0, "error", "NetConnection.Connect.Closed",
                   error.code == ErrorCode::TooLarge ? "A message is too large"
                                                     : "This is no RTMP");
    closeSoon();
}

void Connection::setGreeting(Greeting greeting)
{
    m_agent = greeting.agent;
    m_greeting = std::move(greeting);
}

std::optional<std::uint32_t> Connection::createStream()
{
    if (m_streams.size() >= mostStreams)
        return std::nullopt;
    m_streams.insert(++m_lastStream);
    return m_lastStream;
}

void Connection::deleteStream(std::uint32_t id)
{
    if (m_player && m_player->messageStream() == id)
        endPlayer(CloseReason::Left);
    if (m_publisher && m_publisher->messageStream() == id)
        endPublisher();
    m_streams.erase(id);
}

void Connection::play(Mount &mount, std::uint32_t messageStream, std::string user)
{
    m_stranger.reset();
    m_player = std::make_unique<Player>(m_server, *this, mount, messageStream, std::move(user));
    m_player->start();
}

void Connection::publish(std::shared_ptr<IngestDoor> door, std::uint32_t messageStream)
{
    endPublisher(); // the source hears of its end before the new one's beginning
    m_stranger.reset();
    m_reader.setLimits({});
    m_publisher =
        std::make_unique<Publisher>(m_server.context().clock, std::move(door), messageStream);
}

void Connection::endPlayer(CloseReason reason)
{
    if (!m_player)
        return;
    m_player->finish(reason);
    m_server.bury(std::move(m_player));
    m_idleSince = m_server.context().clock.now();
}

void Connection::endPublisher()
{
    if (!m_publisher)
        return;
    const std::string mount = m_publisher->mount();
    m_publisher.reset();
    m_idleSince = m_server.context().clock.now();
    serve::tellLeaving(m_server.context(), guest(), mount);
}

void Connection::send(const Control &control)
{
    m_link.sendControl(Bytes(writeControl(control)));
}

void Connection::sendCommand(std::uint32_t messageStream, const Command &command)
{
    m_link.sendControl(
        writeMessage({chunk_stream::command, MessageType::CommandAmf0, messageStream, 0},
                     ByteSpan(writeCommand(command)), m_chunkSize));
}

void Connection::sendStatus(std::uint32_t messageStream, std::string_view level,
                            std::string_view code, std::string_view description)
{
    sendCommand(messageStream, {"onStatus", 0, {}, {status(level, code, description)}});
    logAnswer(code);
}

// Not the description: whoever hooks the engine may have written it.
void Connection::logAnswer(std::string_view code)
{
    m_server.context().log.debug("rtmp {} is answered {}", peer().text(), code);
}

void Connection::sendData(std::uint32_t messageStream, const Data &data)
{
    m_link.sendControl(writeMessage({chunk_stream::data, MessageType::DataAmf0, messageStream, 0},
                                    ByteSpan(writeData(data)), m_chunkSize));
}

void Connection::announceChunkSize()
{
    send(SetChunkSize{std::uint32_t(Mount::chunkSize)});
    m_chunkSize = Mount::chunkSize;
}

void Connection::refuseLater(Timestamp delay, std::function<void()> task)
{
    auto place = m_server.admission().placeToWait();
    if (delay == Timestamp(0) || !place) {
        task();
        if (!place)
            closeSoon();
        return;
    }
    m_waiting = true;
    m_link.socket().pauseReading();
    m_timer.once(std::chrono::ceil<std::chrono::milliseconds>(delay),
                 [this, task = std::move(task), place = std::move(place)] {
                     task();
                     resumeReading();
                 });
}

void Connection::retryUntil(std::chrono::milliseconds deadline, std::function<bool(bool late)> task)
{
    const Timestamp end = m_server.context().clock.now() + deadline;
    m_waiting = true;
    m_link.socket().pauseReading();
    m_timer.every(retryPeriod, [this, end, task = std::move(task)] {
        if (!task(m_server.context().clock.now() >= end))
            return;
        m_timer.cancel();
        resumeReading();
    });
}

// Nothing more is read: who published does so no more.
void Connection::closeSoon()
{
    endPublisher();
    m_link.closeSoon();
}

// What had been read already is handled from the top of the loop.
void Connection::resumeReading()
{
    m_waiting = false;
    m_link.socket().resumeReading();
    m_server.context().loop.post([this, alive = std::weak_ptr<bool>(m_alive)] {
        if (!alive.expired())
            readMessages();
    });
}

void Connection::sweep()
{
    m_link.noteProgress();
    if (m_player)
        m_player->sweep();
}

// Nothing that was to be answered later is.
void Connection::leave()
{
    m_timer.cancel();
    m_server.dropConnection(*this);
}

bool Connection::isOverdue() const
{
    const Timestamp now = m_server.context().clock.now();
    if (!m_isGreeted)
        return now - m_since > handshakeTime;
    if (m_publisher)
        return m_publisher->door().isClosed() || now - m_heard > silentPublisher;
    return !m_player && !m_waiting && now - m_idleSince > m_server.limits().strangerTime;
}

} // namespace heliograph::rtmp
