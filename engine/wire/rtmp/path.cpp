#include "wire/rtmp/path.h"

#include "wire/text.h"
#include "wire/url_parts.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace heliograph::rtmp {

namespace {

constexpr std::uint16_t rtmpPort = 1935;
constexpr std::uint16_t rtmpsPort = 443;
constexpr std::size_t longestPath = 1024;
constexpr std::size_t mostQueryItems = 64;
constexpr std::string_view liveApp = "live/";

tl::unexpected<Error> broken(const char *what)
{
    return failure(ErrorCode::Malformed, std::string("read RTMP path › ") + what);
}

// How Flash named the kind of a file: "mp4:cam".
std::string_view withoutKind(std::string_view streamName)
{
    constexpr std::array<std::string_view, 2> kinds = {"mp4:", "flv:"};
    for (const std::string_view kind : kinds) {
        if (wire::startsIgnoringCase(streamName, kind) && streamName.size() >= kind.size())
            return streamName.substr(kind.size());
    }
    return streamName;
}

// The path as sent, cut in two at one of its slashes, which neither part has; the second is ""
// when there is no such slash.
std::pair<std::string_view, std::string_view> splitApp(std::string_view path)
{
    const std::size_t first = path.find('/');
    if (first == std::string_view::npos)
        return {path, {}};
    const std::size_t second = path.find('/', first + 1);
    const std::size_t cut = second == std::string_view::npos ? first : second;
    return {path.substr(0, cut), path.substr(cut + 1)};
}

void setLogin(Url &url, std::string_view login)
{
    url.user = wire::percentDecoded(wire::takeUntil(login, ':'));
    url.password = wire::percentDecoded(login);
}

// path: without the slash in front.
void setPath(Url &url, std::string_view text)
{
    const std::string_view path = wire::trimmed(wire::takeUntil(text, '?'), "/");
    const auto [app, name] = splitApp(path);
    url.app = app;
    url.streamName = name;
    if (!text.empty())
        (name.empty() ? url.app : url.streamName).append("?").append(text);
}

} // namespace

Query parseQuery(std::string_view text)
{
    Query query;
    while (!text.empty() && query.size() < mostQueryItems) {
        std::string_view value = wire::takeUntil(text, '&');
        const std::string_view name = wire::takeUntil(value, '=');
        if (!name.empty())
            query.push_back({wire::percentDecoded(name), wire::percentDecoded(value)});
    }
    return query;
}

std::string_view valueOf(const Query &query, std::string_view name)
{
    const auto found = std::ranges::find(query, name, &QueryItem::name);
    return found == query.end() ? std::string_view() : std::string_view(found->value);
}

Result<MountPath> resolvePath(std::string_view app, std::string_view streamName)
{
    if (app.size() + streamName.size() > longestPath)
        return broken("too long");
    const std::string_view appPath = wire::takeUntil(app, '?');
    const std::string_view namePath = withoutKind(wire::takeUntil(streamName, '?'));
    MountPath path;
    path.literal =
        wire::foldSlashes(wire::percentDecoded(std::string(appPath) + '/' + std::string(namePath)));
    if (wire::hasControl(path.literal))
        return broken("control character");
    path.mount = path.literal.substr(path.literal.starts_with(liveApp) ? liveApp.size() : 0);
    path.query = parseQuery(app);
    std::ranges::move(parseQuery(streamName), std::back_inserter(path.query));
    return path;
}

std::string Url::tcUrl() const
{
    const bool isIpv6 = host.find(':') != std::string::npos;
    return (secure ? "rtmps://" : "rtmp://") + (isIpv6 ? '[' + host + ']' : host) + ':'
        + std::to_string(port) + '/' + app;
}

Result<Url> parseUrl(std::string_view text)
{
    const std::size_t end = text.find("://");
    const std::string scheme = wire::lowered(text.substr(0, end));
    if (end == std::string_view::npos || (scheme != "rtmp" && scheme != "rtmps"))
        return broken("another scheme");
    if (wire::hasControl(text))
        return broken("control character");
    text.remove_prefix(end + 3);
    const std::string_view origin = text.substr(0, text.find_first_of("/?"));
    Result<wire::Authority> authority = wire::parseAuthority(origin);
    if (!authority)
        return tl::unexpected(std::move(authority.error()));
    Url url;
    url.secure = scheme == "rtmps";
    url.host = std::move(authority->host);
    url.port = authority->port;
    if (url.port == 0)
        url.port = url.secure ? rtmpsPort : rtmpPort;
    setLogin(url, authority->login);
    setPath(url, text.substr(origin.size()));
    return url;
}

} // namespace heliograph::rtmp
