// The play command: which mount, whether it may, and how it begins (RTMP 1.0 section 7.2.2.1).
// Thread: the loop.
#pragma once

#include <cstdint>
#include <string>

namespace heliograph::rtmp {

class Connection;
class Mount;
class Server;

struct PlayRequest {
    std::uint32_t messageStream = 0;
    std::string name; // as the player wrote it, with its query
    bool reset = true; // what was played before ends
};

// The mount of this name that this player may know of; null: none.
Mount *findMount(const Server &server, const Connection &connection, const std::string &name);

void answerPlay(Server &server, Connection &connection, const PlayRequest &request);

} // namespace heliograph::rtmp
