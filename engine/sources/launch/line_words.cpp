#include "sources/launch/line_words.h"

#include <algorithm>

namespace heliograph {

namespace {

constexpr std::string_view blanks = " \t\r\n";

// Where the word that begins at from ends.
std::size_t endOfWord(std::string_view line, std::size_t from)
{
    char quote = 0;
    for (std::size_t i = from; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '\\')
            ++i;
        else if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (blanks.find(c) != blanks.npos)
            return i;
    }
    return line.size();
}

bool beginsCharacter(char c) // UTF-8
{
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

} // namespace

std::vector<LineWord> wordsOf(std::string_view line)
{
    std::vector<LineWord> words;
    std::size_t at = line.find_first_not_of(blanks);
    while (at < line.size()) {
        const std::size_t end = endOfWord(line, at);
        words.push_back({line.substr(at, end - at), at});
        at = line.find_first_not_of(blanks, end);
    }
    return words;
}

std::vector<LinePart> partsOf(const std::vector<LineWord> &words)
{
    std::vector<LinePart> parts(1);
    for (const LineWord &word : words)
        if (word.text == "!")
            parts.emplace_back();
        else
            parts.back().push_back(word);
    std::erase_if(parts, [](const LinePart &part) { return part.empty(); });
    return parts;
}

std::string placed(std::string_view line, const LineWord &word)
{
    const std::string_view before = line.substr(0, word.at);
    const auto characters = std::ranges::count_if(before, beginsCharacter);
    return "“" + std::string(word.text.substr(0, word.text.find('='))) + "” (at character "
        + std::to_string(characters + 1) + ")";
}

} // namespace heliograph
