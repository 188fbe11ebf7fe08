// A whole server without a network: two peers who say anything, torn anywhere, on connections that
// are full and free again, while pictures come and time passes. One mount is open, one needs a
// password (u, p); a source waits for the stream key "key". Whatever they do, each byte that leaves
// is a handshake or whole chunks, and nothing lives on after the end.
//
// Script: actions until the end; the peer is the lowest bit of the action:
//   0, 1   says    size u16, bytes
//   2, 3   says the message of the table that the byte after it numbers
//   4, 5   can be sent so many bytes and no more: u16 * 4 (0: as many as it likes), and is writable
//   6      a picture of the open mount: u8 * 64 bytes, a keyframe when odd
//   7      a picture of the closed mount, the same
//   8      time passes: u8 * 100 ms
//   9      hangs up, and comes again without a handshake: the peer is the byte after it
// Both have shaken hands at the beginning.
#include "outputs/rtmp/connection.h"
#include "support/bare_server.h"

#include "fuzz/require.h"
#include "fuzz/script.h"
#include "fuzz/targets.h"
#include "wire/rtmp/chunk_reader.h"
#include "wire/rtmp/chunk_writer.h"
#include "wire/rtmp/handshake.h"

#include <array>

namespace heliograph::fuzz {

namespace {

using namespace rtmp;

constexpr std::size_t mostActions = 200; // an input costs milliseconds

Bytes message(MessageType type, std::uint32_t stream, std::vector<std::uint8_t> body)
{
    return writeMessage({5, type, stream, 0}, ByteSpan(body), initialChunkSize);
}

Bytes say(const std::string &name, std::uint32_t stream, amf0::Value object,
          std::vector<amf0::Value> arguments)
{
    return message(MessageType::CommandAmf0, stream,
                   writeCommand({name, 1, std::move(object), std::move(arguments)}));
}

const std::vector<Bytes> &table()
{
    static const std::vector<Bytes> messages = {
        say("connect", 0, amf0::Value::object({{"app", "live"}}), {}),
        say("connect", 0, amf0::Value::object({{"app", "a\nb"}}), {}),
        say("createStream", 0, {}, {}),
        say("play", 1, {}, {"open"}),
        say("play", 1, {}, {"closed?user=u&pass=p"}),
        say("play", 1, {}, {"closed?user=u&pass=x"}),
        say("play", 2, {}, {"open", -2, -1, false}),
        say("publish", 1, {}, {"key", "live"}),
        say("publish", 1, {}, {"wrong", "live"}),
        say("pause", 1, {}, {true, 1}),
        say("pause", 1, {}, {false, 1}),
        say("receiveVideo", 1, {}, {false}),
        say("receiveVideo", 1, {}, {true}),
        say("deleteStream", 0, {}, {1}),
        say("closeStream", 1, {}, {}),
        say("FCUnpublish", 0, {}, {"key"}),
        message(MessageType::Video, 1, {0x17, 0, 0, 0, 0, 1}),
        message(MessageType::Video, 1, {0x90, 'h', 'v', 'c', '1', 1, 2, 3}),
        message(MessageType::Audio, 1, {0xaf, 1, 1}),
        message(MessageType::DataAmf3, 1, {0}),
        message(MessageType::DataAmf0, 1, {}),
        Bytes(writeControl(SetChunkSize{1})),
        Bytes(writeControl(SetChunkSize{65536})),
        Bytes(writeControl(WindowAckSize{1})),
        Bytes(writeControl(UserControl{UserControl::Event::PingRequest, 1, 0})),
    };
    return messages;
}

std::string_view textOf(ByteSpan bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

class Peer {
public:
    explicit Peer(test::BareRtmpServer &server)
        : m_server(server)
    {
        connect();
        const std::vector<std::uint8_t> random(ClientHandshake::randomSize, 7);
        ClientHandshake handshake(random);
        say(handshake.hello());
        std::vector<std::uint8_t> answer;
        const std::size_t taken = handshake.feed(sent(), answer).value();
        m_peer->sent.erase(0, taken);
        say(answer);
        m_shaken = true;
    }

    void connect()
    {
        m_peer = m_server.connect();
        m_reader = ChunkReader();
        m_shaken = false;
    }
    void hangUp()
    {
        if (m_peer->open)
            m_peer->open->hangUp();
        m_server.loop.runReady();
        connect();
    }
    void say(ByteSpan bytes)
    {
        if (m_peer->open)
            m_peer->open->receive(textOf(bytes));
    }
    void setRoom(std::size_t bytes)
    {
        m_peer->room = bytes == 0 ? SIZE_MAX : bytes;
        if (m_peer->open)
            m_peer->open->makeWritable();
    }

    // What has left so far is whole chunks, and perhaps the beginning of one more. Without a
    // handshake of ours, a script may have made one.
    void look()
    {
        if (m_shaken) {
            m_reader.feed(sent());
            for (;;) {
                const auto arrived = m_reader.next();
                require(arrived.has_value(), "the framing is kept");
                if (!*arrived)
                    break;
            }
        }
        m_peer->sent.clear();
    }

private:
    ByteSpan sent() const
    {
        return {reinterpret_cast<const std::uint8_t *>(m_peer->sent.data()), m_peer->sent.size()};
    }

    test::BareRtmpServer &m_server;
    test::BareEngine::Peer m_peer;
    ChunkReader m_reader;
    bool m_shaken = false;
};

void act(Script &script, test::BareRtmpServer &server, std::array<Peer, 2> &peers)
{
    const std::uint8_t action = script.byte() % 10;
    Peer &peer = peers[action % 2];
    switch (action) {
    case 0:
    case 1:
        return peer.say(script.bytes(script.word()));
    case 2:
    case 3:
        return peer.say(table()[script.byte() % table().size()]);
    case 4:
    case 5:
        return peer.setRoom(std::size_t{4} * script.word());
    case 6:
    case 7: {
        const std::uint8_t size = script.byte();
        return server.push(*server.streams[action - 6], size % 2 != 0, std::size_t{64} * size);
    }
    case 8:
        return server.pass(std::chrono::milliseconds(100) * script.byte());
    default:
        return peers[script.byte() % 2].hangUp();
    }
}

} // namespace

int runRtmpSession(ByteSpan input)
{
    {
        test::BareRtmpServer server;
        server.addStream("open");
        PublishConfig closed;
        closed.audience = Audience::MyNetworkWithPassword;
        closed.users = {{"u", Secret("p"), {}}};
        server.addStream("closed", closed);
        const auto door = std::make_shared<IngestDoor>(IngestDoor::TakeOver::NewestWins);
        const auto place = server.desk.take("key", door);
        std::array<Peer, 2> peers = {Peer(server), Peer(server)};
        Script script(input);
        for (std::size_t i = 0; i < mostActions && !script.empty(); ++i) {
            act(script, server, peers);
            server.loop.runReady();
            for (Peer &peer : peers)
                peer.look();
            while (door->take(std::chrono::milliseconds(0), {})) {
            }
        }
    }
    require(Player::living() == 0, "no player lives on");
    require(Publisher::living() == 0, "no publisher lives on");
    require(Connection::living() == 0, "no connection lives on");
    return 0;
}

} // namespace heliograph::fuzz
