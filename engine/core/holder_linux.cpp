#include "core/holder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace heliograph {

namespace {

namespace fs = std::filesystem;

bool holds(const fs::path &process, const std::vector<std::string> &links)
{
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(process / "fd", error)) {
        std::error_code unreadable;
        const std::string link = fs::read_symlink(entry.path(), unreadable).string();
        if (std::ranges::find(links, link) != links.end())
            return true;
    }
    return false;
}

bool isNumber(const std::string &text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

} // namespace

std::string holderOf(const std::vector<std::string> &links)
{
    std::error_code error;
    for (const auto &process : fs::directory_iterator("/proc", error)) {
        const std::string id = process.path().filename().string();
        if (!isNumber(id) || !holds(process.path(), links))
            continue;
        std::string name;
        std::getline(std::ifstream(process.path() / "comm"), name);
        return name + " (process " + id + ")";
    }
    return "another user's program";
}

} // namespace heliograph
