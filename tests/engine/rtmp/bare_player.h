// A player of the server without a network: it says what players say, and reads what was sent.
// Thread: one.
#pragma once

#include "support/bare_server.h"
#include "wire/rtmp/chunk_reader.h"
#include "wire/rtmp/chunk_writer.h"
#include "wire/rtmp/command.h"
#include "wire/rtmp/control.h"
#include "wire/rtmp/handshake.h"

#include <string>
#include <vector>

namespace heliograph::test {

class BarePlayer {
public:
    // address: where it comes from; not from this computer, unless it says so.
    explicit BarePlayer(BareRtmpServer &server, const std::string &address = "192.0.2.9")
        : m_peer(server.connect(address))
    {
        const std::vector<std::uint8_t> random(rtmp::ClientHandshake::randomSize, 7);
        rtmp::ClientHandshake handshake(random);
        say(handshake.hello());
        std::vector<std::uint8_t> answer;
        const std::size_t taken = handshake.feed(span(m_peer->sent), answer).value();
        m_peer->sent.erase(0, taken);
        say(answer);
    }

    void command(const std::string &name, std::uint32_t stream, rtmp::amf0::Value object = {},
                 std::vector<rtmp::amf0::Value> arguments = {})
    {
        const auto body = rtmp::writeCommand({name, ++m_transaction, std::move(object), arguments});
        const Bytes bytes = rtmp::writeMessage(
            {rtmp::chunk_stream::command, rtmp::MessageType::CommandAmf0, stream, 0},
            ByteSpan(body), rtmp::initialChunkSize);
        say(bytes);
    }

    // On message stream 1.
    void message(rtmp::MessageType type, const std::vector<std::uint8_t> &body)
    {
        const Bytes bytes = rtmp::writeMessage({rtmp::chunk_stream::data, type, 1, 0},
                                               ByteSpan(body), rtmp::initialChunkSize);
        say(bytes);
    }

    void play(const std::string &mount)
    {
        command("connect", 0, rtmp::amf0::Value::object({{"app", "live"}}));
        command("createStream", 0);
        command("play", 1, {}, {mount});
    }

    // What was sent since the last call.
    std::vector<rtmp::Message> messages()
    {
        m_reader.feed(span(m_peer->sent));
        m_peer->sent.clear();
        std::vector<rtmp::Message> all;
        while (auto message = m_reader.next().value())
            all.push_back(*std::move(message));
        return all;
    }

    std::vector<rtmp::UserControl> userControls() // among them
    {
        std::vector<rtmp::UserControl> all;
        for (const rtmp::Message &message : messages())
            if (const auto control = rtmp::parseControl(message.head.type, message.payload))
                if (const auto *user = std::get_if<rtmp::UserControl>(&*control))
                    all.push_back(*user);
        return all;
    }

    // The codes among them.
    std::vector<std::string> statuses()
    {
        std::vector<std::string> codes;
        for (const rtmp::Message &message : messages()) {
            if (!rtmp::isCommand(message.head.type))
                continue;
            const auto command = rtmp::parseCommand(message.head.type, message.payload).value();
            const rtmp::amf0::Value *code = command.argument(0).find("code");
            if (code && command.name == "onStatus")
                codes.emplace_back(code->string().value_or(""));
        }
        return codes;
    }

    BareEngine::Peer peer() const { return m_peer; }

private:
    static ByteSpan span(const std::string &text)
    {
        return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
    }
    void say(ByteSpan bytes)
    {
        if (m_peer->open)
            m_peer->open->receive({reinterpret_cast<const char *>(bytes.data()), bytes.size()});
    }

    BareEngine::Peer m_peer;
    rtmp::ChunkReader m_reader;
    double m_transaction = 0;
};

} // namespace heliograph::test
