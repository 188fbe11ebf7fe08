// The words for how a viewer comes, fares and goes, and the word that somebody has gone.
// Thread: any; posting on the loop.
#pragma once

#include "stream/output.h"
#include "stream/viewer.h"

#include <string>

namespace heliograph::serve {

// Of a notice: "192.168.1.20:5000 (VLC/3.0.18)".
std::string whoIs(const Guest &guest);

// For whoever hooks the engine: a viewer or a publisher is gone.
void tellLeaving(const EngineContext &context, const Guest &guest, const std::string &mount);

// Of a viewer: for the studio as well.
void noteLeaving(const EngineContext &context, CloseReason reason, const Guest &guest,
                 const std::string &mount);

// For the viewer, where its protocol carries a text.
const char *farewell(CloseReason reason);

// Why pictures of a viewer over TCP are dropped; both in bit/s.
std::string tooSlowSentence(double taken, double stream);

} // namespace heliograph::serve
