#include "engine/secret.h"

#include <algorithm>

namespace heliograph {

namespace {

constexpr std::string_view hidden = "…";

// What stands behind "://". A password may hold what belongs behind a host: the last '@' counts.
std::string maskRest(std::string_view url)
{
    std::string shown;
    if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) {
        shown = hidden;
        url.remove_prefix(at);
    }
    const std::size_t query = url.find_first_of("?#");
    shown += url.substr(0, query);
    if (query != std::string_view::npos)
        shown += url[query] + std::string(hidden);
    return shown;
}

} // namespace

std::string maskCredentials(std::string_view text)
{
    constexpr std::string_view mark = "://";
    std::string shown;
    for (;;) {
        const std::size_t scheme = text.find(mark);
        if (scheme == std::string_view::npos)
            return shown.append(text);
        const std::size_t rest = scheme + mark.size();
        const std::size_t end = std::min(text.find_first_of(" \t\r\n\"'<>", rest), text.size());
        shown.append(text.substr(0, rest)).append(maskRest(text.substr(rest, end - rest)));
        text.remove_prefix(end);
    }
}

} // namespace heliograph
