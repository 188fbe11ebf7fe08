#include "wire/rtsp/url.h"

#include "wire/text.h"
#include "wire/url_parts.h"

#include <array>
#include <optional>

namespace heliograph::rtsp {

namespace {

constexpr std::uint16_t rtspPort = 554; // RFC 2326 section 3.2
constexpr std::uint16_t rtspsPort = 322; // RFC 7826 section 4.2

tl::unexpected<Error> broken(const char *what)
{
    return failure(ErrorCode::Malformed, std::string("read URL › ") + what);
}

// "trackID=0", "track0", "streamid=0": the ways in which players and cameras number tracks.
std::optional<int> trackNumber(std::string_view segment)
{
    constexpr std::array<std::string_view, 4> prefixes = {"trackID=", "track",
                                                          "streamid=", "stream="};
    for (const std::string_view prefix : prefixes) {
        if (!wire::startsIgnoringCase(segment, prefix))
            continue;
        if (const auto number = wire::toNumber<std::uint8_t>(segment.substr(prefix.size())))
            return *number;
    }
    return std::nullopt;
}

std::string_view lastSegment(std::string_view path)
{
    return path.substr(path.rfind('/') + 1); // npos + 1: all of it
}

// Takes scheme and authority off the front. A path alone is left as it is.
Result<> takeOrigin(std::string_view &rest, Url &url)
{
    if (rest.substr(0, 1) == "/")
        return {};
    const std::size_t end = rest.find("://");
    if (end == std::string_view::npos)
        return broken("neither a scheme nor a path");
    url.scheme = wire::lowered(rest.substr(0, end));
    if (url.scheme != "rtsp" && url.scheme != "rtsps")
        return broken("another scheme");
    url.port = url.scheme == "rtsps" ? rtspsPort : rtspPort;
    rest.remove_prefix(end + 3);
    const std::string_view text = rest.substr(0, rest.find_first_of("/?"));
    rest.remove_prefix(text.size());
    Result<wire::Authority> authority = wire::parseAuthority(text);
    if (!authority)
        return tl::unexpected(std::move(authority.error()));
    url.host = std::move(authority->host);
    url.port = authority->port != 0 ? authority->port : url.port;
    return {};
}

// FFmpeg joins a control to a URL by its text: "cam?x=1/trackID=0", and others a bare slash.
// Returns what belongs to the path. Other segments stay: a token may hold slashes.
std::string_view takeJoined(std::string_view &query)
{
    const std::size_t slash = query.rfind('/');
    if (slash == std::string_view::npos)
        return {};
    const std::string_view segment = query.substr(slash);
    if (segment != "/" && !trackNumber(segment.substr(1)))
        return {};
    query = query.substr(0, slash);
    return segment;
}

} // namespace

Result<Url> parseUrl(std::string_view text)
{
    Url url;
    if (Result<> origin = takeOrigin(text, url); !origin)
        return tl::unexpected(std::move(origin.error()));
    const std::string_view path = wire::takeUntil(text, '?');
    const std::string_view joined = takeJoined(text);
    url.query = text;
    url.path = wire::foldSlashes(wire::percentDecoded(std::string(path) + std::string(joined)));
    if (wire::hasControl(url.path) || wire::hasControl(url.query))
        return broken("control character");
    return url;
}

TrackPath splitTrack(std::string_view path)
{
    const std::string_view last = lastSegment(path);
    const std::optional<int> track = trackNumber(last);
    if (!track)
        return {std::string(path), -1};
    std::string_view mount = path.substr(0, path.size() - last.size());
    if (!mount.empty())
        mount.remove_suffix(1); // its slash
    return {std::string(mount), *track};
}

std::string baseUrl(std::string_view requestUrl)
{
    std::string base;
    const std::size_t scheme = requestUrl.find("://");
    const bool pathAlone = requestUrl.substr(0, 1) == "/"; // which may hold anything
    if (scheme != std::string_view::npos && !pathAlone) {
        base = requestUrl.substr(0, scheme + 3);
        requestUrl.remove_prefix(scheme + 3);
        const std::string_view authority = requestUrl.substr(0, requestUrl.find_first_of("/?"));
        base += authority.substr(authority.rfind('@') + 1);
        requestUrl.remove_prefix(authority.size());
    }
    const std::string_view path = requestUrl.substr(0, requestUrl.find('?'));
    base += path;
    if (base.empty() || base.back() != '/')
        base += '/';
    base += requestUrl.substr(path.size());
    return base;
}

} // namespace heliograph::rtsp
