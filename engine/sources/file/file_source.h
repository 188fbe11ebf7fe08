// Files of video or sound as a source, one after the other: what viewers can take is passed on as
// it is, the rest is decoded; at the files' own speed, and over again without a seam.
#pragma once

#include "sources/file/pacer.h"
#include "sources/source.h"

namespace heliograph {

SourceType fileSource();

// With a clock that tests can wind on.
std::unique_ptr<Source>
openableFile(std::string paths, bool loop, Pacer pacer,
             std::shared_ptr<SourceMemory> memory = std::make_shared<SourceMemory>());

} // namespace heliograph
