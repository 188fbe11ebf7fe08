#include "rtmp_client.h"

#include "loopback.h"
#include "wire/rtmp/control.h"
#include "wire/rtmp/handshake.h"

#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace heliograph::bench {

namespace {

constexpr std::uint32_t sentChunks = 64 * 1024; // bytes: as large as FFmpeg's largest

} // namespace

RtmpClient::RtmpClient(const std::string &url, unsigned host)
    : m_url(rtmp::parseUrl(url).value())
    , m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    , m_received(64 * 1024)
{
    const sockaddr_in own = loopback(0, host);
    ::bind(m_socket, reinterpret_cast<const sockaddr *>(&own), sizeof own);
    const sockaddr_in address = loopback(m_url.port);
    if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect to " + url);
    const int on = 1; // what is asked or fed late is seen late
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    shakeHands();
    ask({"connect",
         ++m_transaction,
         rtmp::amf0::Value::object({{"app", m_url.app}, {"tcUrl", m_url.tcUrl()}}),
         {}},
        0);
    await("_result");
    ask({"createStream", ++m_transaction, {}, {}}, 0);
    m_stream = std::uint32_t(await("_result").argument(0).number().value_or(0));
}

RtmpClient::~RtmpClient()
{
    ::close(m_socket);
}

void RtmpClient::shakeHands()
{
    rtmp::ClientHandshake handshake(std::vector<std::uint8_t>(rtmp::ClientHandshake::randomSize));
    sendBytes(handshake.hello());
    while (!handshake.isDone()) {
        ByteSpan bytes = receive();
        std::vector<std::uint8_t> out;
        bytes = bytes.subspan(handshake.feed(bytes, out).value());
        sendBytes(out);
        m_reader.feed(bytes);
    }
}

void RtmpClient::play()
{
    ask({"play", 0, {}, {m_url.streamName}}, m_stream);
}

void RtmpClient::publish()
{
    ask({"publish", ++m_transaction, {}, {m_url.streamName, "live"}}, m_stream);
    await("onStatus");
    sendBytes(rtmp::writeControl(rtmp::SetChunkSize{sentChunks}));
    m_writer.setChunkSize(sentChunks);
}

void RtmpClient::ask(rtmp::Command command, std::uint32_t stream)
{
    std::vector<std::uint8_t> out;
    m_writer.append(out,
                    {{rtmp::chunk_stream::command, rtmp::MessageType::CommandAmf0, stream, 0},
                     Bytes(rtmp::writeCommand(command))});
    sendBytes(out);
}

void RtmpClient::send(const rtmp::Message &message)
{
    rtmp::Message ours = message;
    ours.head.streamId = m_stream;
    std::vector<std::uint8_t> out;
    m_writer.append(out, ours);
    sendBytes(out);
}

rtmp::Command RtmpClient::await(const std::string &name)
{
    for (;;) {
        while (const auto message = next()) {
            if (!rtmp::isCommand(message->head.type))
                continue;
            auto command = rtmp::parseCommand(message->head.type, message->payload).value();
            if (command.name == name)
                return command;
            if (command.name == "_error")
                throw std::runtime_error("the server refused");
        }
        m_reader.feed(receive());
    }
}

std::optional<rtmp::Message> RtmpClient::next()
{
    auto message = m_reader.next();
    if (!message)
        throw std::runtime_error("this is no RTMP: " + message.error().detail);
    return *std::move(message);
}

void RtmpClient::sendBytes(ByteSpan bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            throw std::runtime_error("the server closed the connection");
        bytes = bytes.subspan(std::size_t(sent));
    }
}

ByteSpan RtmpClient::receive()
{
    const ssize_t count = ::recv(m_socket, m_received.data(), m_received.size(), 0);
    if (count <= 0)
        throw std::runtime_error("the server closed the connection");
    return ByteSpan(m_received).first(std::size_t(count));
}

} // namespace heliograph::bench
