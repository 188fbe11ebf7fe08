#include "sources/rtsp/camera_address.h"

#include "wire/text.h"
#include "wire/url_parts.h"

namespace heliograph {

namespace {

constexpr std::uint16_t usualPort = 554;
constexpr std::uint16_t usualSecurePort = 322;

tl::unexpected<Error> refuse()
{
    return failure(ErrorCode::InvalidArgument,
                   "the address of a camera looks like rtsp://192.168.1.20/stream");
}

// The scheme's end is behind "://"; nothing was said: 0.
std::size_t schemeEnd(std::string_view url)
{
    const std::size_t end = url.find("://");
    return end == std::string_view::npos ? 0 : end + 3;
}

// A password with a slash in it would end the authority too early: then what is in front of that
// slash is no host, and the login ends at the last "@".
std::size_t authorityEnd(std::string_view rest)
{
    const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
    if (wire::parseAuthority(rest.substr(0, end)))
        return end;
    const std::size_t at = rest.rfind('@');
    return at == std::string_view::npos ? end : std::min(rest.find_first_of("/?", at), rest.size());
}

} // namespace

Result<CameraAddress> parseCameraAddress(std::string_view url)
{
    const std::string_view text = wire::trimmed(url);
    const std::size_t start = schemeEnd(text);
    const std::string scheme = wire::lowered(start == 0 ? "rtsp://" : text.substr(0, start));
    const std::string_view rest = text.substr(start);
    const std::size_t end = authorityEnd(rest);
    const auto authority = wire::parseAuthority(rest.substr(0, end));
    const bool isHost =
        authority && authority->host.find_first_of(wire::blanks) == std::string::npos;
    if (!isHost || (scheme != "rtsp://" && scheme != "rtsps://") || wire::hasControl(text))
        return refuse();
    CameraAddress address;
    address.secure = scheme == "rtsps://";
    address.host = authority->host;
    const std::uint16_t usual = address.secure ? usualSecurePort : usualPort;
    address.port = authority->port != 0 ? authority->port : usual;
    const std::size_t host = authority->login.empty() ? 0 : authority->login.size() + 1;
    address.url = scheme + std::string(rest.substr(host));
    const std::size_t colon = authority->login.find(':');
    address.user = wire::percentDecoded(authority->login.substr(0, colon));
    if (colon != std::string::npos)
        address.password = Secret(wire::percentDecoded(authority->login.substr(colon + 1)));
    return address;
}

Result<CameraAddress> cameraAddress(const Settings &settings)
{
    auto address = parseCameraAddress(textOf(settings, "url"));
    if (!address)
        return address;
    if (const std::string &user = textOf(settings, "user"); !user.empty())
        address->user = user;
    if (const Secret &password = secretOf(settings, "password"); !password.empty())
        address->password = password;
    return address;
}

void separateLogin(Settings &settings)
{
    const auto inUrl = parseCameraAddress(textOf(settings, "url"));
    if (!inUrl || !inUrl->hasLogin())
        return;
    const auto whole = cameraAddress(settings);
    settings["user"] = whole->user;
    settings["password"] = whole->password;
    settings["url"] = whole->url;
}

} // namespace heliograph
