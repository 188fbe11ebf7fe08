// --list-encoders: every H.264 encoder that there may be, and why one does not work here, as text
// or as JSON. Thread: main.
#pragma once

#include <engine/encoder.h>

#include <string>
#include <vector>

namespace heliograph::cli {

std::string toText(const std::vector<EncoderInfo> &encoders);

// {"encoders": [{"id", "name", "available", "reason"}]}, on one line. id: what the setting
// "encoder" of a source takes. reason: a sentence; null when it is available.
std::string toJson(const std::vector<EncoderInfo> &encoders);

} // namespace heliograph::cli
