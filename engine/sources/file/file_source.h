// A video file as a source: its H.264 and its AAC are passed on as they are, at the file's own
// speed, and over again without a seam.
#pragma once

#include "sources/file/pacer.h"
#include "sources/source.h"

namespace heliograph {

SourceType fileSource();

// With a clock that tests can wind on.
std::unique_ptr<Source> openableFile(std::string path, bool loop, Pacer pacer);

} // namespace heliograph
