#include "engine/project_check.h"

#include <algorithm>

namespace heliograph {

namespace {

template <class Types>
std::string idsOf(const Types &types)
{
    std::string text;
    for (const auto &type : types)
        text += (text.empty() ? "" : ", ") + type.id;
    return text;
}

class FaultFinder {
public:
    explicit FaultFinder(const std::function<std::string(const ProjectPath &)> &placeOf)
        : m_placeOf(placeOf)
    {
    }

    // The type of a source or a server, and its settings. Who: how a sentence about it begins.
    template <class Item, class Types>
    void check(ProjectFault::Where where, ProjectPath path, const Item &item, const Types &types,
               const std::string &who)
    {
        const auto type = std::ranges::find(types, item.type, &Types::value_type::id);
        if (type != types.end()) {
            checkSettings(where, std::move(path), item.settings, type->schema, who);
            return;
        }
        if (!item.type.empty())
            path.keys = {"type"};
        note(where, path,
             who + (item.type.empty() ? "type is missing: it is one of " : "type must be one of ")
                 + idsOf(types));
    }

    void note(ProjectFault::Where where, const ProjectPath &path, const std::string &what)
    {
        m_faults.push_back(
            {where, path.index, Error{ErrorCode::FileMistaken, m_placeOf(path) + ": " + what}});
    }

    std::vector<ProjectFault> take() { return std::move(m_faults); }

private:
    // One after the other, to know which it is that the schema refuses.
    void checkSettings(ProjectFault::Where where, ProjectPath path, const Settings &settings,
                       const SettingsSchema &schema, const std::string &who)
    {
        for (const auto &[key, value] : settings)
            if (const auto checked = completeSettings(schema, {{key, value}}); !checked) {
                path.keys = {"settings", key};
                note(where, path, who + checked.error().detail);
                return;
            }
    }

    const std::function<std::string(const ProjectPath &)> &m_placeOf;
    std::vector<ProjectFault> m_faults;
};

} // namespace

std::vector<ProjectFault> findFaults(const Project &project, const ProjectRules &rules,
                                     const std::function<std::string(const ProjectPath &)> &placeOf)
{
    using Where = ProjectFault::Where;
    FaultFinder finder(placeOf);
    for (std::size_t i = 0; i < project.banned.size(); ++i)
        if (!rules.checkBan(project.banned[i]))
            finder.note(Where::Ban, {"banned", i, {}}, "a banned address must be an IP address");
    for (std::size_t i = 0; i < project.outputs.size(); ++i) {
        const OutputConfig &output = project.outputs[i];
        finder.check(Where::Output, {"output", i, {}}, output, rules.outputs, "");
    }
    for (std::size_t i = 0; i < project.sources.size(); ++i) {
        const SourceConfig &source = project.sources[i].source;
        finder.check(Where::Source, {"source", i, {}}, source, rules.sources,
                     source.name.empty() ? "" : "“" + source.name + "”: ");
    }
    return finder.take();
}

} // namespace heliograph
