// The words for how a viewer comes, fares and goes.
// Thread: any; posting on the loop.
#pragma once

#include "net/endpoint.h"
#include "stream/notice_board.h"
#include "stream/viewer.h"

#include <string>

namespace heliograph::serve {

// Of a notice: "192.168.1.20:5000 (VLC/3.0.18)".
std::string whoIs(const net::Endpoint &peer, const std::string &userAgent);

// For the studio.
void noteLeaving(NoticeBoard &notices, CloseReason reason, std::string who, std::string mount);

// For the viewer, where its protocol carries a text.
const char *farewell(CloseReason reason);

// Why pictures of a viewer over TCP are dropped; both in bit/s.
std::string tooSlowSentence(double taken, double stream);

} // namespace heliograph::serve
