#include "support/rtmp_client.h"

#include "support/sockets.h"
#include "wire/rtmp/handshake.h"

#include <array>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace heliograph::test {

namespace {

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds left(Clock::time_point end)
{
    return std::max(std::chrono::milliseconds(0),
                    std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()));
}

} // namespace

RtmpClient::RtmpClient(std::uint16_t port, const std::string &host, Secure secure)
    : m_fd(connectTcp(host, port))
{
    if (secure == Secure::Yes)
        m_tls.emplace(m_fd);
    shakeHands();
}

RtmpClient::~RtmpClient()
{
    disconnect();
}

void RtmpClient::disconnect()
{
    if (m_fd >= 0)
        ::close(std::exchange(m_fd, -1));
}

void RtmpClient::shakeHands()
{
    const std::vector<std::uint8_t> random(rtmp::ClientHandshake::randomSize, 7);
    rtmp::ClientHandshake handshake(random);
    sendRaw(handshake.hello());
    while (!handshake.isDone()) {
        if (!readMore(patience))
            throw std::runtime_error("the server does not shake hands");
        std::vector<std::uint8_t> answer;
        const auto taken = handshake.feed(m_unread, answer);
        if (!taken)
            throw std::runtime_error("the handshake failed: " + taken.error().detail);
        m_unread.erase(m_unread.begin(), m_unread.begin() + std::ptrdiff_t(*taken));
        if (!answer.empty())
            sendRaw(answer);
    }
    m_shaken = true;
    m_reader.feed(m_unread);
}

void RtmpClient::sendRaw(ByteSpan bytes)
{
    if (!(m_tls ? m_tls->send(bytes) : sendAll(m_fd, bytes)))
        throw std::runtime_error("the server closed the connection");
}

bool RtmpClient::readMore(Patience time)
{
    const bool held = m_tls && m_tls->holdsBytes();
    if (m_closed || (!held && !isReadable(m_fd, time)))
        return false;
    std::array<std::uint8_t, 65536> buffer;
    std::size_t count = 0;
    if (m_tls) {
        const auto received = m_tls->receive(buffer.data(), buffer.size());
        if (!received)
            return true; // a part of a record
        count = *received;
    } else {
        const ssize_t received = ::recv(m_fd, buffer.data(), buffer.size(), 0);
        count = received > 0 ? std::size_t(received) : 0;
    }
    m_closed = count == 0;
    if (m_shaken)
        m_reader.feed(ByteSpan(buffer).first(count));
    else
        m_unread.insert(m_unread.end(), buffer.begin(), buffer.begin() + std::ptrdiff_t(count));
    return !m_closed;
}

rtmp::Message RtmpClient::next(Patience time)
{
    const auto end = Clock::now() + time;
    while (true) {
        auto message = m_reader.next();
        if (!message)
            throw std::runtime_error("the server's chunks are broken: " + message.error().detail);
        if (*message)
            return **std::move(message);
        if (!readMore(left(end)) && (m_closed || Clock::now() >= end))
            throw std::runtime_error(m_closed ? "the server closed the connection"
                                              : "the message that was waited for never came");
    }
}

rtmp::Message RtmpClient::waitFor(const std::function<bool(const rtmp::Message &)> &pleases,
                                  Patience time)
{
    const auto end = Clock::now() + time;
    while (true)
        if (rtmp::Message message = next(left(end)); pleases(message))
            return message;
}

rtmp::Message RtmpClient::next(rtmp::MessageType type, Patience time)
{
    return waitFor([type](const rtmp::Message &message) { return message.head.type == type; },
                   time);
}

std::optional<rtmp::Message> RtmpClient::tryNext(rtmp::MessageType type, Patience time)
{
    try {
        return next(type, time);
    } catch (const std::runtime_error &) {
        return std::nullopt;
    }
}

RtmpClient::Picture RtmpClient::nextPicture()
{
    while (true) {
        Picture picture{next(rtmp::MessageType::Video), {}};
        picture.tag = rtmp::parseVideoTag(picture.message.payload).value();
        if (picture.tag.kind == rtmp::PacketKind::Frames)
            return picture;
    }
}

void RtmpClient::send(const rtmp::Message &message)
{
    std::vector<std::uint8_t> out;
    m_writer.append(out, message);
    sendRaw(out);
}

void RtmpClient::send(const rtmp::Control &control)
{
    send({{rtmp::chunk_stream::control, rtmp::typeOf(control), 0, 0},
          Bytes(rtmp::writePayload(control))});
    if (const auto *size = std::get_if<rtmp::SetChunkSize>(&control))
        m_writer.setChunkSize(size->bytes);
}

void RtmpClient::sendCommand(std::uint32_t stream, const std::string &name,
                             std::vector<rtmp::amf0::Value> arguments, double transaction)
{
    const rtmp::Command command{name, transaction, {}, std::move(arguments)};
    send({{rtmp::chunk_stream::command, rtmp::MessageType::CommandAmf0, stream, 0},
          Bytes(rtmp::writeCommand(command))});
}

rtmp::Command RtmpClient::call(const std::string &name, rtmp::amf0::Value object,
                               std::vector<rtmp::amf0::Value> arguments)
{
    const double transaction = ++m_transaction;
    send({{rtmp::chunk_stream::command, rtmp::MessageType::CommandAmf0, 0, 0},
          Bytes(rtmp::writeCommand({name, transaction, std::move(object), std::move(arguments)}))});
    rtmp::Command answer;
    waitFor(
        [&](const rtmp::Message &message) {
            if (!rtmp::isCommand(message.head.type))
                return false;
            answer = rtmp::parseCommand(message.head.type, message.payload).value();
            return answer.transaction == transaction
                && (answer.name == "_result" || answer.name == "_error");
        },
        patience);
    return answer;
}

rtmp::amf0::Value RtmpClient::connect(const std::string &app, rtmp::amf0::Properties more)
{
    rtmp::amf0::Properties properties = {
        {"app", app}, {"flashVer", "LNX 9,0,124,2"}, {"tcUrl", "rtmp://127.0.0.1/" + app}};
    properties.insert(properties.end(), more.begin(), more.end());
    return call("connect", rtmp::amf0::Value::object(std::move(properties))).argument(0);
}

std::uint32_t RtmpClient::createStream()
{
    return std::uint32_t(call("createStream").argument(0).number().value_or(0));
}

std::string RtmpClient::nextStatus()
{
    std::string code;
    waitFor(
        [&](const rtmp::Message &message) {
            if (!rtmp::isCommand(message.head.type))
                return false;
            const auto command = rtmp::parseCommand(message.head.type, message.payload).value();
            if (command.name != "onStatus")
                return false;
            const auto *found = command.argument(0).find("code");
            const auto *description = command.argument(0).find("description");
            code = found ? found->string().value_or("") : "";
            m_description = description ? description->string().value_or("") : "";
            return true;
        },
        patience);
    return code;
}

std::string RtmpClient::play(const std::string &app, const std::string &name)
{
    connect(app);
    m_stream = createStream();
    sendCommand(m_stream, "play", {name});
    std::string code = nextStatus();
    return code == "NetStream.Play.Reset" ? nextStatus() : code;
}

std::string RtmpClient::publish(const std::string &app, const std::string &name)
{
    connect(app);
    m_stream = createStream();
    sendCommand(m_stream, "publish", {name, "live"});
    return nextStatus();
}

bool RtmpClient::isClosedWithin(Patience time)
{
    const auto end = Clock::now() + time;
    while (!m_closed && Clock::now() < end)
        readMore(left(end));
    return m_closed;
}

} // namespace heliograph::test
