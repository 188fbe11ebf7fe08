// A project file against what this Heliograph takes: its kinds of sources and servers, with their
// settings. A value that they refuse is told with its place in the file, and the rest is good.
// Thread: any (values); loadProject blocks on the disk.
#pragma once

#include "engine/project.h"

#include <functional>

namespace heliograph {

struct ProjectRules {
    const std::vector<SourceTypeInfo> &sources;
    const std::vector<OutputTypeInfo> &outputs;
    std::function<Result<>(const std::string &address)> checkBan;
};

struct ProjectFault {
    enum class Where { Source, Output, Ban };
    Where where = Where::Source;
    std::size_t index = 0; // of Project::sources, outputs or banned
    Error error;
};

// Where a value stands: in which list ("source"), which one of it, and the keys from there on.
struct ProjectPath {
    std::string list;
    std::size_t index = 0;
    std::vector<std::string> keys;
};

// At most one for each source, server and address. An error's detail names no value, which may be
// a password at the wrong place. placeOf: "line 3, column 7".
// Errors: FileMistaken (detail: "line 3, column 7: …").
std::vector<ProjectFault>
findFaults(const Project &project, const ProjectRules &rules,
           const std::function<std::string(const ProjectPath &)> &placeOf);

struct LoadedProject {
    Project project;
    std::vector<ProjectFault> faults; // their details begin with the file's path
};

// Errors: as loadProject(file).
Result<LoadedProject> loadProject(const std::filesystem::path &file, const ProjectRules &rules);

} // namespace heliograph
