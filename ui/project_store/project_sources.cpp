#include "project_store/project_sources.h"

namespace heliograph::ui {

std::vector<ProjectSource> projectSources(const StudioBridge &bridge, const PublishDesk &desk)
{
    std::vector<ProjectSource> sources;
    for (const SourceSnapshot &source : bridge.snapshot().sources) {
        if (bridge.sourceType(source.config.type))
            sources.push_back({source.config, desk.configOf(source), source.published});
    }
    return sources;
}

} // namespace heliograph::ui
