#include "cli/wrapped.h"

#include <algorithm>
#include <sstream>

namespace heliograph::cli {

namespace {

// A character of UTF-8 is one column, whatever its bytes.
std::size_t columns(const std::string &word)
{
    return std::size_t(std::ranges::count_if(word, [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string wrappedLine(const std::string &line, std::size_t width, const std::string &indent)
{
    std::istringstream words(line);
    std::string out;
    std::size_t used = 0;
    for (std::string word; words >> word; used += columns(word)) {
        const bool fits = used == 0 || used + 1 + columns(word) <= width;
        if (!fits)
            used = 0;
        out += used > 0 ? " " : fits ? "" : "\n" + indent;
        used += used > 0;
        out += word;
    }
    return out;
}

} // namespace

std::string wrapped(const std::string &text, std::size_t width, const std::string &indent)
{
    std::istringstream lines(text);
    std::string out;
    for (std::string line; std::getline(lines, line);)
        out += (out.empty() ? "" : "\n" + indent) + wrappedLine(line, width, indent);
    return out;
}

} // namespace heliograph::cli
