#include "wire/url_parts.h"

#include "wire/text.h"

#include <algorithm>
#include <optional>

namespace heliograph::wire {

namespace {

tl::unexpected<Error> broken(const char *what)
{
    return failure(ErrorCode::Malformed, std::string("read URL › ") + what);
}

} // namespace

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view digits = text.substr(i + 1, 2);
        const auto code =
            text[i] == '%' && digits.size() == 2 ? toNumber<unsigned>(digits, 16) : std::nullopt;
        decoded += code ? char(*code) : text[i];
        i += code ? 2 : 0;
    }
    return decoded;
}

std::string foldSlashes(std::string_view path)
{
    std::string folded;
    folded.reserve(path.size());
    while (!path.empty()) {
        const std::string_view segment = takeUntil(path, '/');
        if (segment.empty())
            continue;
        if (!folded.empty())
            folded += '/';
        folded += segment;
    }
    return folded;
}

Result<Authority> parseAuthority(std::string_view text)
{
    Authority authority;
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
        authority.login = text.substr(0, at);
        text.remove_prefix(at + 1);
    }
    const bool isBracketed = text.substr(0, 1) == "[";
    if (isBracketed) {
        text.remove_prefix(1);
        if (text.find(']') == std::string_view::npos)
            return broken("bracket without end");
    }
    authority.host = lowered(percentDecoded(takeUntil(text, isBracketed ? ']' : ':')));
    if (isBracketed && !text.empty() && text.front() != ':')
        return broken("text behind the bracket");
    if (isBracketed)
        text = text.substr(std::min<std::size_t>(1, text.size()));
    if (authority.host.empty() || hasControl(authority.host))
        return broken("host");
    authority.port = toNumber<std::uint16_t>(text).value_or(0);
    if (!text.empty() && authority.port == 0)
        return broken("port");
    return authority;
}

} // namespace heliograph::wire
