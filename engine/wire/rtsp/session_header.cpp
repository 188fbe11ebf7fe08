#include "wire/rtsp/session_header.h"

#include "wire/text.h"

#include <algorithm>
#include <array>
#include <optional>

namespace heliograph::rtsp {

namespace {

constexpr std::size_t maximumEntries = 32;
constexpr std::string_view edges = " \t\""; // RFC 7826 quotes the URL

std::size_t findIgnoringCase(std::string_view text, std::string_view what, std::size_t from)
{
    const auto found = std::search(
        text.begin() + std::ptrdiff_t(std::min(from, text.size())), text.end(), what.begin(),
        what.end(), [](char a, char b) { return wire::toLower(a) == wire::toLower(b); });
    return found == text.end() ? std::string_view::npos : std::size_t(found - text.begin());
}

// Where the next entry begins at or behind `from`. A comma alone does not tell: URLs hold commas.
std::size_t findEntry(std::string_view text, std::size_t from)
{
    std::size_t at = findIgnoringCase(text, "url=", from);
    while (at != std::string_view::npos && at != 0) {
        const std::size_t before = text.find_last_not_of(wire::blanks, at - 1);
        if (before == std::string_view::npos || text[before] == ',')
            break;
        at = findIgnoringCase(text, "url=", at + 1);
    }
    return at;
}

std::optional<std::string_view> valueOf(std::string_view parameters, std::string_view name)
{
    while (!parameters.empty()) {
        std::string_view value = wire::takeUntil(parameters, ';');
        if (wire::sameIgnoringCase(wire::trimmed(wire::takeUntil(value, '=')), name))
            return wire::trimmed(value, edges);
    }
    return std::nullopt;
}

//  url=rtsp://h/cam/trackID=0;seq=45102;rtptime=12345678
std::optional<RtpInfo> parseEntry(std::string_view entry)
{
    entry.remove_prefix(std::string_view("url=").size());
    const std::size_t end =
        std::min(findIgnoringCase(entry, ";seq=", 0), findIgnoringCase(entry, ";rtptime=", 0));
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view url = wire::trimmed(entry.substr(0, end), edges);
    const std::string_view parameters = entry.substr(end + 1);
    const auto sequence = wire::toNumber<std::uint16_t>(valueOf(parameters, "seq").value_or(""));
    const auto time = wire::toNumber<std::uint32_t>(valueOf(parameters, "rtptime").value_or(""));
    if (url.empty() || !sequence || !time)
        return std::nullopt;
    return RtpInfo{std::string(url), *sequence, *time};
}

} // namespace

SessionHeader parseSession(std::string_view value)
{
    SessionHeader session;
    session.id = wire::trimmed(wire::takeUntil(value, ';'));
    const auto timeout = wire::toNumber<int>(valueOf(value, "timeout").value_or(""));
    if (timeout && *timeout > 0)
        session.timeout = *timeout;
    return session;
}

std::string writeSession(const SessionHeader &session)
{
    return session.id + ";timeout=" + std::to_string(session.timeout);
}

std::string writeRtpInfo(const std::vector<RtpInfo> &entries)
{
    std::string out;
    for (const RtpInfo &entry : entries) {
        if (!out.empty())
            out += ',';
        out += "url=" + entry.url + ";seq=" + std::to_string(entry.sequence)
            + ";rtptime=" + std::to_string(entry.rtpTime);
    }
    return out;
}

std::vector<RtpInfo> parseRtpInfo(std::string_view value)
{
    std::vector<RtpInfo> entries;
    std::size_t begin = findEntry(value, 0);
    for (std::size_t read = 0; begin != std::string_view::npos && read < maximumEntries; ++read) {
        const std::size_t next = findEntry(value, begin + 1);
        std::string_view entry = value.substr(begin, next - begin);
        begin = next;
        if (auto parsed = parseEntry(wire::trimmed(entry, " \t,")))
            entries.push_back(std::move(*parsed));
    }
    return entries;
}

} // namespace heliograph::rtsp
