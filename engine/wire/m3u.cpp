#include "wire/m3u.h"

#include "wire/url_parts.h"

#include <algorithm>

namespace heliograph::wire {

namespace {

constexpr std::size_t mostFiles = 1000;
constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view liveTag = "#EXT-X-";
constexpr std::string_view localUrl = "file://";
constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view line)
{
    const std::size_t first = line.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return line.substr(first, line.find_last_not_of(blanks) - first + 1);
}

} // namespace

Result<std::vector<std::string>> readM3u(std::string_view text)
{
    std::vector<std::string> files;
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with(liveTag))
            return failure(ErrorCode::Unsupported, "HTTP Live Streaming");
        if (line.empty() || line.front() == '#')
            continue;
        if (files.size() == mostFiles)
            return failure(ErrorCode::TooLarge, std::to_string(mostFiles) + " files");
        const bool isUrl = line.starts_with(localUrl);
        files.push_back(isUrl ? percentDecoded(line.substr(localUrl.size())) : std::string(line));
    }
    return files;
}

} // namespace heliograph::wire
