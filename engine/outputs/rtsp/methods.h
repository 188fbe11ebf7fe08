// What each RTSP method does (RFC 2326 section 10).
// Thread: the loop.
#pragma once

#include "wire/rtsp/message.h"

#include <optional>

namespace heliograph::rtsp {

class Connection;
class Mount;
class Server;
class Session;

// Nothing: the answer comes later, through Connection::answerLater().
std::optional<Response> answer(Server &server, Connection &connection, const Request &request);

// SETUP has a room of its own (setup.cpp): transports, ports and channels.
Response answerSetup(Server &server, Connection &connection, const Request &request);

// Shared by both rooms.
Response withStatus(int status);
// The standard phrase with a sentence behind it, which players show to people.
Response withReason(int status, const std::string &sentence);
// The same, and the connection ends after it.
Response withGoodbye(int status, const std::string &sentence);
// The session that the request names, if this client may use it.
Session *sessionOf(Server &server, Connection &connection, const Request &request);
void addSessionHeader(Response &response, const Server &server, const Session &session);

} // namespace heliograph::rtsp
