// Just enough RTSP that a load generator connects to the limit: it answers DESCRIBE, SETUP and
// PLAY, and knows where each viewer's packets go. It reads nothing else, forgets nobody and keeps
// no time.
// Thread: the limit's one. Owner: the limit.
#pragma once

#include "wire/rtsp/message.h"
#include "wire/rtsp/reader.h"

#include <chrono>
#include <memory>
#include <vector>

namespace heliograph::bench {

class LimitDoor {
public:
    // Throws when the port is taken.
    explicit LimitDoor(int port);
    ~LimitDoor();
    LimitDoor(const LimitDoor &) = delete;
    LimitDoor &operator=(const LimitDoor &) = delete;

    // Answers what comes in until then.
    void serveUntil(std::chrono::steady_clock::time_point end);

    // Sockets of those who play: a picture is written to each.
    const std::vector<int> &streams() const { return m_streams; } // TCP, channel 0
    const std::vector<int> &datagrams() const
    {
        return m_datagrams;
    } // UDP, connected to the viewer

private:
    struct Client {
        int socket = -1;
        int udp = -1; // -1: over TCP
        rtsp::Reader reader;
    };

    void accept();
    void read(Client &client);
    void answer(Client &client, const rtsp::Request &request);
    void setUp(Client &client, rtsp::Response &response, std::string_view transport);

    int m_listener;
    int m_epoll;
    std::vector<std::unique_ptr<Client>> m_clients;
    std::vector<int> m_streams;
    std::vector<int> m_datagrams;
};

} // namespace heliograph::bench
