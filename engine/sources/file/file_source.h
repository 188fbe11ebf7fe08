// A file of video or sound as a source: what viewers can take is passed on as it is, the rest is
// decoded; at the file's own speed, and over again without a seam.
#pragma once

#include "sources/file/pacer.h"
#include "sources/source.h"

namespace heliograph {

SourceType fileSource();

// With a clock that tests can wind on.
std::unique_ptr<Source> openableFile(std::string path, bool loop, Pacer pacer);

} // namespace heliograph
