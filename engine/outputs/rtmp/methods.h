// What each command asks for, and what it is answered (RTMP 1.0 section 7.2).
// Thread: the loop.
#pragma once

#include "wire/rtmp/message.h"

namespace heliograph::rtmp {

class Connection;
class Server;

// A command message. What cannot be read, and what nobody knows, is passed over: encoders and
// players send much that asks for nothing.
void answer(Server &server, Connection &connection, const Message &message);

} // namespace heliograph::rtmp
