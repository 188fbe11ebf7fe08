// A whole server without a network: two players who say anything, torn anywhere, on connections
// that are full and free again, while pictures come and time passes. One mount is open, one needs a
// password (Basic dTpw is its viewer). Whatever they do, each byte that leaves is a reply or a
// whole interleaved frame, and nothing lives on after the end.
//
// Script: actions until the end; the player is the lowest bit of the action:
//   0, 1   says    size u16, bytes
//   2, 3   says the line of the table that the byte after it numbers, with its session filled in
//   4, 5   can be sent so many bytes and no more: u16 * 4 (0: as many as it likes), and is writable
//   6      a picture of the open mount: u8 * 64 bytes, a keyframe when odd
//   7      a picture of the closed mount, the same
//   8      time passes: u8 * 100 ms
//   9      hangs up, and comes again: the player is the byte after it
#include "outputs/rtsp/connection.h"
#include "outputs/rtsp/session.h"
#include "support/bare_server.h"

#include "fuzz/require.h"
#include "fuzz/script.h"
#include "fuzz/targets.h"
#include "wire/rtsp/reader.h"

#include <array>

namespace heliograph::fuzz {

namespace {

constexpr std::size_t mostActions = 200; // an input costs milliseconds

constexpr std::array<std::string_view, 16> lines = {
    "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
    "DESCRIBE rtsp://h/open RTSP/1.0\r\nCSeq: 2\r\n\r\n",
    "DESCRIBE rtsp://h/closed RTSP/1.0\r\nCSeq: 3\r\nAuthorization: Basic dTpw\r\n\r\n",
    "DESCRIBE rtsp://h/closed RTSP/1.0\r\nCSeq: 4\r\nAuthorization: Basic dTpx\r\n\r\n",
    "SETUP rtsp://h/open/trackID=0 RTSP/1.0\r\nCSeq: 5\r\nTransport: "
    "RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n",
    "SETUP rtsp://h/open/trackID=0 RTSP/1.0\r\nCSeq: 6\r\nTransport: RTP/AVP/TCP;unicast\r\n\r\n",
    "SETUP rtsp://h/closed/trackID=0 RTSP/1.0\r\nCSeq: 7\r\nAuthorization: Basic dTpw\r\n"
    "Transport: RTP/AVP/TCP;unicast;interleaved=2-3\r\n\r\n",
    "SETUP rtsp://h/open/trackID=0 RTSP/1.0\r\nCSeq: 8\r\nTransport: "
    "RTP/AVP;unicast;client_port=9000-9001\r\n\r\n",
    "PLAY rtsp://h/open RTSP/1.0\r\nCSeq: 9\r\nSession: @\r\n\r\n",
    "PLAY rtsp://h/closed RTSP/1.0\r\nCSeq: 10\r\nAuthorization: Basic dTpw\r\nSession: @\r\n\r\n",
    "PAUSE rtsp://h/open RTSP/1.0\r\nCSeq: 11\r\nSession: @\r\n\r\n",
    "TEARDOWN rtsp://h/open RTSP/1.0\r\nCSeq: 12\r\nSession: @\r\n\r\n",
    "GET_PARAMETER rtsp://h/open RTSP/1.0\r\nCSeq: 13\r\nSession: @\r\n\r\n",
    "DESCRIBE rtsp://h/closed RTSP/1.0\r\nCSeq: 14\r\nAuthorization: Digest username=\"u\", "
    "realm=\"Heliograph\", nonce=\"0\", uri=\"/closed\", response=\"0\"\r\n\r\n",
    "SETUP rtsp://h/open/trackID=0 RTSP/1.0\r\nCSeq: 15\r\nSession: @\r\nTransport: "
    "RTP/AVP;multicast,RTP/AVP/TCP;interleaved=254-255\r\n\r\n",
    "SET_PARAMETER rtsp://h/open RTSP/1.0\r\nCSeq: 16\r\nSession: @\r\nContent-Length: "
    "3\r\n\r\na=b",
};

class Player {
public:
    explicit Player(test::BareServer &server)
        : m_server(server)
    {
        connect();
    }

    void connect()
    {
        m_peer = m_server.connect();
        m_reader = rtsp::Reader();
    }
    void hangUp()
    {
        if (m_peer->open)
            m_peer->open->hangUp();
        m_server.loop.runReady();
        connect();
    }
    void say(std::string_view bytes)
    {
        if (m_peer->open)
            m_peer->open->receive(bytes);
    }
    void sayLine(std::string_view line)
    {
        std::string text(line);
        if (const std::size_t at = text.find('@'); at != std::string::npos)
            text.replace(at, 1, m_session);
        say(text);
    }
    void setRoom(std::size_t bytes)
    {
        m_peer->room = bytes == 0 ? SIZE_MAX : bytes;
        if (m_peer->open)
            m_peer->open->makeWritable();
    }

    // What has left so far is replies and frames, and perhaps the beginning of one more.
    void look()
    {
        m_reader.feed(
            {reinterpret_cast<const std::uint8_t *>(m_peer->sent.data()), m_peer->sent.size()});
        m_peer->sent.clear();
        for (;;) {
            const auto arrival = m_reader.next();
            require(arrival.has_value(), "the framing is kept");
            if (std::holds_alternative<rtsp::NeedMore>(*arrival))
                return;
            const auto *response = std::get_if<rtsp::Response>(&*arrival);
            require(response || std::holds_alternative<rtsp::InterleavedFrame>(*arrival),
                    "only replies and frames leave");
            if (!response)
                continue;
            if (const auto session = response->headers.find("Session"))
                m_session = session->substr(0, session->find(';'));
        }
    }

private:
    test::BareServer &m_server;
    test::BareServer::Peer m_peer;
    rtsp::Reader m_reader;
    std::string m_session;
};

void act(Script &script, test::BareServer &server, std::array<Player, 2> &players)
{
    const std::uint8_t action = script.byte() % 10;
    Player &player = players[action % 2];
    switch (action) {
    case 0:
    case 1: {
        const ByteSpan bytes = script.bytes(script.word());
        return player.say({reinterpret_cast<const char *>(bytes.data()), bytes.size()});
    }
    case 2:
    case 3:
        return player.sayLine(lines[script.byte() % lines.size()]);
    case 4:
    case 5:
        return player.setRoom(std::size_t{4} * script.word());
    case 6:
    case 7: {
        const std::uint8_t size = script.byte();
        return server.push(*server.streams[action - 6], size % 2 != 0, std::size_t{64} * size);
    }
    case 8:
        return server.pass(std::chrono::milliseconds(100) * script.byte());
    default:
        return players[script.byte() % 2].hangUp();
    }
}

} // namespace

int runRtspSession(ByteSpan input)
{
    {
        test::BareServer server({{"basic", true}, {"session_timeout", std::int64_t(5)}});
        server.addStream("open");
        PublishConfig closed;
        closed.audience = Audience::MyNetworkWithPassword;
        closed.users = {{"u", Secret("p"), {}}};
        server.addStream("closed", closed);
        std::array<Player, 2> players = {Player(server), Player(server)};
        Script script(input);
        for (std::size_t i = 0; i < mostActions && !script.empty(); ++i) {
            act(script, server, players);
            server.loop.runReady();
            for (Player &player : players)
                player.look();
        }
    }
    require(rtsp::Session::living() == 0, "no session lives on");
    require(rtsp::Connection::living() == 0, "no connection lives on");
    return 0;
}

} // namespace heliograph::fuzz
