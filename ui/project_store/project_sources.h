// The sources there are now, as the project keeps them.
// Thread: Qt main (a pure function).
#pragma once

#include "publish/publish_desk.h"

namespace heliograph::ui {

// Only sources of a type that can be added again.
std::vector<ProjectSource> projectSources(const StudioBridge &bridge, const PublishDesk &desk);

} // namespace heliograph::ui
