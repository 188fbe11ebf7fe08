// The screen of an X server, one of its monitors or one of its windows.
#pragma once

#include "sources/source.h"

namespace heliograph {

SourceType screenSource();

} // namespace heliograph
