// Every kind of server that Heliograph has; a new one is one line here.
// Thread: any.
#pragma once

#include "stream/output.h"

#include <vector>

namespace heliograph {

const std::vector<OutputType> &outputCatalogue();

} // namespace heliograph
