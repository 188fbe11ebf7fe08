// A launch line as the words that GStreamer's parser sees, each with its place, so that a mistake
// can be shown where it is.
// Thread: any (pure functions).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace heliograph {

struct LineWord {
    std::string_view text; // of the line, which must live longer
    std::size_t at = 0; // bytes before it
};

// Cut at blanks that no quotes and no backslash protect.
std::vector<LineWord> wordsOf(std::string_view line);

// What stands between two "!": an element with its properties, or caps.
using LinePart = std::vector<LineWord>;
std::vector<LinePart> partsOf(const std::vector<LineWord> &words);

// “videotestsrcc” (at character 7): what is after "=" is not repeated, it may be a password.
std::string placed(std::string_view line, const LineWord &word);

} // namespace heliograph
