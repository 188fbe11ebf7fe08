// The seeds of the targets rtmp_handshake, rtmp_chunks, amf0 and flv_tags; see seeds.h.
#pragma once

#include "fuzz/seeds.h"

namespace heliograph::fuzz {

void addRtmp(std::vector<Seed> &out);

} // namespace heliograph::fuzz
