// The small pieces of text parsing that RTSP and SDP share. ASCII only: a locale must not change
// what a protocol means.
// Thread: any (pure functions).
#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph::wire {

inline constexpr std::string_view blanks = " \t";

inline char toLower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

inline char toUpper(char c)
{
    return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
}

inline std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), toLower);
    return result;
}

inline std::string uppered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), toUpper);
    return result;
}

inline bool sameIgnoringCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return toLower(x) == toLower(y); });
}

inline bool startsIgnoringCase(std::string_view text, std::string_view prefix)
{
    return sameIgnoringCase(text.substr(0, prefix.size()), prefix);
}

inline bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

inline bool hasControl(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), isControl);
}

inline std::string_view trimmed(std::string_view text, std::string_view what = blanks)
{
    const std::size_t first = text.find_first_not_of(what);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(what) - first + 1);
}

// Takes what stands before the separator off the front; all when there is none.
inline std::string_view takeUntil(std::string_view &rest, char separator)
{
    const std::size_t end = rest.find(separator);
    const std::string_view head = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return head;
}

// The whole text as an unsigned number: no sign, no blank, nothing behind, no overflow.
template <class Number>
std::optional<Number> toNumber(std::string_view text, int base = 10)
{
    Number value = 0;
    const char *const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value, base);
    const bool isSigned = !text.empty() && text.front() == '-';
    if (error != std::errc() || stopped != end || isSigned)
        return std::nullopt;
    return value;
}

} // namespace heliograph::wire
