#include "codec/ffmpeg/hardware_reason.h"

#include <unistd.h>
#include <vector>

namespace heliograph::ffmpeg {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> find(const DeviceNodes &nodes)
{
    std::vector<fs::path> found;
    std::error_code none;
    for (fs::directory_iterator at(nodes.folder, none), end; !none && at != end; at.increment(none))
        if (at->path().filename().string().starts_with(nodes.prefix))
            found.push_back(at->path());
    return found;
}

bool mayUse(const fs::path &node)
{
    return ::access(node.c_str(), R_OK | W_OK) == 0;
}

} // namespace

DeviceNodes deviceNodes(std::string_view id)
{
    if (id == "nvenc")
        return {"/dev", "nvidia"};
    if (id == "v4l2m2m")
        return {"/dev", "video"};
    return {"/dev/dri", "renderD"};
}

Error hardwareReason(const DeviceNodes &nodes, const Error &said)
{
    const std::vector<fs::path> found = find(nodes);
    if (found.empty())
        return {ErrorCode::HardwareMissing, (nodes.folder / nodes.prefix).string() + "*"};
    for (const fs::path &node : found)
        if (mayUse(node))
            return {ErrorCode::HardwareFailed, said.detail};
    return {ErrorCode::HardwareForbidden, found.front().string()};
}

} // namespace heliograph::ffmpeg
