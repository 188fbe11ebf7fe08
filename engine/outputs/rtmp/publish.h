// The publish command: which source waits for it, and who was there before (RTMP 1.0 section
// 7.2.2.6).
// Thread: the loop.
#pragma once

#include "stream/ingest.h"

#include <cstdint>
#include <memory>
#include <string>

namespace heliograph::rtmp {

class Connection;
class Server;

struct PublishRequest {
    std::uint32_t messageStream = 0;
    std::string name; // as the encoder wrote it: the stream key. Never to be logged.
};

// Where a source waits for the key; null: none does.
std::shared_ptr<IngestDoor> findDoor(const Server &server, const Connection &connection,
                                     const std::string &name);

void answerPublish(Server &server, Connection &connection, const PublishRequest &request);

} // namespace heliograph::rtmp
