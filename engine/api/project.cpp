#include "engine/project.h"

#include <algorithm>
#include <cstdlib>

namespace heliograph {

namespace {

bool isMountCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || std::string_view("-_.~/").find(c) != std::string_view::npos;
}

bool hasEmptyOrDotPart(std::string_view mount)
{
    for (std::size_t start = 0; start <= mount.size();) {
        const std::size_t end = std::min(mount.find('/', start), mount.size());
        const std::string_view part = mount.substr(start, end - start);
        if (part.empty() || part == "." || part == "..")
            return true;
        start = end + 1;
    }
    return false;
}

} // namespace

std::filesystem::path defaultProjectPath()
{
    const char *config = std::getenv("XDG_CONFIG_HOME");
    const char *home = std::getenv("HOME");
    std::filesystem::path base = config && *config
        ? std::filesystem::path(config)
        : std::filesystem::path(home ? home : ".") / ".config";
    return base / "heliograph" / "project.toml";
}

Result<std::string> normalizeMount(std::string_view text)
{
    if (text.starts_with('/'))
        text.remove_prefix(1);
    if (text.ends_with('/'))
        text.remove_suffix(1);
    if (text.empty() || text.size() > 100)
        return failure(ErrorCode::InvalidArgument, "a stream's name has 1 to 100 characters");
    if (!std::all_of(text.begin(), text.end(), isMountCharacter))
        return failure(ErrorCode::InvalidArgument,
                       "a stream's name is made of letters, digits, - _ . ~ and /");
    if (hasEmptyOrDotPart(text))
        return failure(ErrorCode::InvalidArgument,
                       "a stream's name has something other than dots between its slashes");
    return std::string(text);
}

} // namespace heliograph
