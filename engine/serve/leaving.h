// The words for how a viewer comes, fares and goes.
// Thread: any; posting on the loop.
#pragma once

#include "stream/output.h"
#include "stream/viewer.h"

#include <string>

namespace heliograph::serve {

// Of a notice: "192.168.1.20:5000 (VLC/3.0.18)".
std::string whoIs(const Guest &guest);

// For the studio, and whoever hooks it.
void noteLeaving(const EngineContext &context, CloseReason reason, const Guest &guest,
                 const std::string &mount);

// For the viewer, where its protocol carries a text.
const char *farewell(CloseReason reason);

// Why pictures of a viewer over TCP are dropped; both in bit/s.
std::string tooSlowSentence(double taken, double stream);

} // namespace heliograph::serve
