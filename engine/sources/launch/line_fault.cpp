#include "sources/launch/line_fault.h"

#include "sources/launch/line_words.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace heliograph {

namespace {

bool isNameCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}

// Whether the message names it as a whole word; an element may have its number behind it.
// The names in a message stay what they are in every language, the rest of it does not.
bool mentions(std::string_view message, std::string_view name, bool numbered)
{
    for (std::size_t at = message.find(name); !name.empty() && at != std::string_view::npos;
         at = message.find(name, at + 1)) {
        std::size_t end = at + name.size();
        while (numbered && end < message.size()
               && std::isdigit(static_cast<unsigned char>(message[end])))
            ++end;
        const bool begins = at == 0 || !isNameCharacter(message[at - 1]);
        if (begins && (end == message.size() || !isNameCharacter(message[end])))
            return true;
    }
    return false;
}

std::string_view withoutBracket(std::string_view word)
{
    return word.substr(std::min(word.find_first_not_of('('), word.size()));
}

std::string_view keyOf(const LineWord &word)
{
    return word.text.substr(0, word.text.find('='));
}

bool isCaps(const LinePart &part)
{
    return part[0].text.find('/') != std::string_view::npos;
}

std::string_view nameOf(const LineWord &word) // of "name.", else what it says
{
    const std::string_view name = withoutBracket(word.text);
    return name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
}

// As links name what a part begins with: by name=, as "name." or by its kind.
bool mentionsFirst(std::string_view message, const LinePart &part)
{
    for (const LineWord &word : part)
        if (word.text.starts_with("name=") && mentions(message, word.text.substr(5), false))
            return true;
    return mentions(message, nameOf(part[0]), true);
}

bool mentionsLast(std::string_view message, const LinePart &part)
{
    return part.back().text.ends_with('.') ? mentions(message, nameOf(part.back()), true)
                                           : mentionsFirst(message, part);
}

bool isSyntaxError(const std::string &line)
{
    GError *problem = nullptr;
    const gst::Handle<GstElement> element(
        gst_parse_launch_full(line.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &problem));
    if (element)
        gst_object_ref_sink(element.get());
    const gst::Handle<GError> owned(problem);
    return problem && g_error_matches(problem, GST_PARSE_ERROR, GST_PARSE_ERROR_SYNTAX);
}

// Whether something could follow that makes a line of it.
bool canGoOn(const std::string &beginning)
{
    const auto open = std::ranges::count(beginning, '(') - std::ranges::count(beginning, ')');
    const std::string closing(std::size_t(std::max<std::ptrdiff_t>(open, 0)), ')');
    return !isSyntaxError(beginning + " " + closing)
        || !isSyntaxError(beginning + " identity " + closing)
        || !isSyntaxError(beginning + " ! identity " + closing); // caps
}

// The first word that no line can have there. None: the line is not finished.
std::optional<LineWord> syntaxPlace(const std::string &line, const std::vector<LineWord> &words)
{
    const auto found = std::ranges::find_if(words, [&](const LineWord &word) {
        return !canGoOn(line.substr(0, word.at + word.text.size()));
    });
    return found == words.end() ? std::nullopt : std::optional(*found);
}

std::optional<LineWord> elementPlace(const std::vector<LineWord> &words,
                                     const std::vector<std::string> &missing)
{
    const auto found = std::ranges::find_if(words, [&](const LineWord &word) {
        return std::ranges::find(missing, withoutBracket(word.text)) != missing.end();
    });
    if (found == words.end())
        return std::nullopt;
    const auto bracket = found->text.size() - withoutBracket(found->text).size();
    return LineWord{withoutBracket(found->text), found->at + bracket};
}

// The first word in the place of an element that no element can be called: the parser leaves out
// what is not ASCII, and tells of the rest, if of anything.
std::optional<LineWord> foreignPlace(const std::vector<LineWord> &words)
{
    bool isValue = false;
    for (const LineWord &word : words) {
        const std::string_view name = withoutBracket(word.text);
        const bool isName = !isValue && name.find_first_of("=/\"'") == name.npos;
        if (isName && std::ranges::any_of(name, [](char c) { return (c & 0x80) != 0; }))
            return LineWord{name, word.at + word.text.size() - name.size()};
        isValue = word.text.ends_with('=');
    }
    return std::nullopt;
}

// "name." or "name.pad", of which the message says that nothing is called so.
std::optional<LineWord> referencePlace(const std::vector<LineWord> &words, std::string_view message)
{
    for (const LineWord &word : words) {
        const std::string_view text = withoutBracket(word.text);
        const std::string_view name = text.substr(0, text.find('.'));
        const bool isReference = name.size() < text.size() && text.find('=') == text.npos;
        if (isReference && message.find('"' + std::string(name) + '"') != message.npos)
            return LineWord{name, word.at + word.text.size() - text.size()};
    }
    return std::nullopt;
}

std::optional<LineWord> propertyPlace(const std::vector<LinePart> &parts, std::string_view message)
{
    for (const LinePart &part : parts)
        if (mentions(message, withoutBracket(part[0].text), true))
            for (const LineWord &word : part)
                if (&word != &part[0] && mentions(message, keyOf(word), false))
                    return word;
    return std::nullopt;
}

// The later one of the two that do not fit, or the caps that cannot be read.
std::optional<LineWord> linkPlace(const std::vector<LinePart> &parts, std::string_view message)
{
    const LinePart *last = nullptr;
    for (const LinePart &part : parts) {
        if (isCaps(part) && message.find('"' + std::string(part[0].text) + '"') != message.npos)
            return part[0];
        if (isCaps(part))
            continue;
        if (last && mentionsLast(message, *last) && mentionsFirst(message, part))
            return part[0];
        last = &part;
    }
    return std::nullopt;
}

std::string describe(const GError &problem, const std::string &line,
                     const std::vector<std::string> &missing)
{
    const auto words = wordsOf(line);
    const auto at = [&line](const std::optional<LineWord> &word) {
        return word ? placed(line, *word) : std::string();
    };
    std::string place = at(foreignPlace(words));
    if (!place.empty())
        return "there is no element called " + place;
    switch (problem.code) {
    case GST_PARSE_ERROR_SYNTAX:
        place = at(syntaxPlace(line, words));
        return place.empty() ? "the line is not finished"
                             : "a launch line cannot go on with " + place;
    case GST_PARSE_ERROR_NO_SUCH_ELEMENT:
        place = at(elementPlace(words, missing));
        if (!place.empty())
            return "there is no element called " + place;
        place = at(referencePlace(words, problem.message));
        return place.empty() ? problem.message : "nothing in the line has the name " + place;
    case GST_PARSE_ERROR_NO_SUCH_PROPERTY:
        place = at(propertyPlace(partsOf(words), problem.message));
        return place.empty() ? problem.message : "the element has no property " + place;
    case GST_PARSE_ERROR_COULD_NOT_SET_PROPERTY: // its message repeats the value
        place = at(propertyPlace(partsOf(words), problem.message));
        return "the element does not take this value of its property " + place;
    case GST_PARSE_ERROR_LINK:
        place = at(linkPlace(partsOf(words), problem.message));
        return problem.message + (place.empty() ? "" : ": " + place);
    default:
        return problem.message;
    }
}

} // namespace

Error faultOf(const std::string &line, const GError &problem,
              const std::vector<std::string> &missing)
{
    return {ErrorCode::InvalidArgument, describe(problem, line, missing)};
}

} // namespace heliograph
