// The test pattern: a moving picture with a running clock and a frame number burnt in, and an
// optional tone. For trying players without a camera.
#pragma once

#include "sources/source.h"

namespace heliograph {

SourceType patternSource();

} // namespace heliograph
