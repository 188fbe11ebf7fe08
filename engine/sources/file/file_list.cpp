#include "sources/file/file_list.h"

#include "wire/m3u.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace heliograph {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largestPlaylist = 1 << 20; // bytes

bool isPlaylist(const std::string &file)
{
    std::string extension = fs::path(file).extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char c) { return char(std::tolower(c)); });
    return extension == ".m3u" || extension == ".m3u8";
}

// Opening a pipe would block for ever.
Result<std::string> textOfFile(const std::string &file)
{
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (fs::exists(status) && !fs::is_regular_file(status))
        return failure(ErrorCode::FileUnplayable, "it is a folder, a device or a pipe");
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return failure(ErrorCode::FileUnreadable, std::strerror(errno));
    std::string text(largestPlaylist + 1, '\0');
    stream.read(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(stream.gcount()));
    if (text.size() > largestPlaylist)
        return failure(ErrorCode::FileUnplayable, "it is too long for a playlist");
    return text;
}

Result<std::vector<std::string>> readPlaylist(const std::string &file)
{
    const auto text = textOfFile(file);
    if (!text)
        return tl::unexpected(text.error());
    auto files = wire::readM3u(*text);
    if (!files && files.error().code == ErrorCode::Unsupported)
        return failure(ErrorCode::FileUnplayable,
                       "it is of another kind: a playlist of " + files.error().detail);
    if (!files)
        return failure(ErrorCode::FileUnplayable, "it lists more than " + files.error().detail);
    if (files->empty())
        return failure(ErrorCode::FileUnplayable, "it lists no file");
    for (std::string &each : *files) // relative ones are beside it
        each = (fs::path(file).parent_path() / each).string();
    return files;
}

std::vector<std::string> linesOf(std::string_view setting)
{
    std::vector<std::string> lines;
    while (!setting.empty()) {
        const std::size_t end = std::min(setting.find('\n'), setting.size());
        if (end > 0)
            lines.emplace_back(setting.substr(0, end));
        setting.remove_prefix(std::min(end + 1, setting.size()));
    }
    return lines;
}

} // namespace

Result<std::vector<std::string>> listFiles(std::string_view setting)
{
    std::vector<std::string> files;
    for (std::string &line : linesOf(setting)) {
        if (!isPlaylist(line)) {
            files.push_back(std::move(line));
            continue;
        }
        auto listed = readPlaylist(line);
        if (!listed)
            return within("open " + line, listed.error());
        std::ranges::move(*listed, std::back_inserter(files));
    }
    if (files.empty())
        return failure(ErrorCode::InvalidArgument, "no file is chosen");
    return files;
}

} // namespace heliograph
