// Every kind of source that Heliograph has; a new one is one line here.
// Thread: any.
#pragma once

#include "sources/source.h"

#include <vector>

namespace heliograph {

const std::vector<SourceType> &sourceCatalogue();
const SourceType *findSourceType(std::string_view id);

// The type's own fields, then those of the encoder where its pictures are, or may be, encoded.
SettingsSchema wholeSchema(const SourceType &type);

} // namespace heliograph
