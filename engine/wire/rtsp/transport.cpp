#include "wire/rtsp/transport.h"

#include "wire/text.h"

#include <algorithm>
#include <limits>

namespace heliograph::rtsp {

namespace {

constexpr std::size_t maximumSpecs = 16;

bool isAlphanumeric(char c)
{
    const char low = wire::toLower(c);
    return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9');
}

// Letters, digits and the given marks: nothing that would end a parameter or a header.
bool isPlain(std::string_view text, std::string_view marks)
{
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return isAlphanumeric(c) || marks.find(c) != std::string_view::npos;
    });
}

// Takes what stands before the separator off the front, but for separators between quotes:
// mode="PLAY,RECORD" is one parameter.
std::string_view takeUnquoted(std::string_view &rest, char separator)
{
    bool quoted = false;
    std::size_t end = 0;
    for (; end < rest.size() && (quoted || rest[end] != separator); ++end)
        quoted = quoted != (rest[end] == '"');
    const std::string_view head = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return wire::trimmed(head);
}

// "5000-5001", or "5000", which means the same.
template <class Pair, class Number>
std::optional<Pair> parsePair(std::string_view value, Number smallest)
{
    const bool both = value.find('-') != std::string_view::npos;
    const auto first = wire::toNumber<Number>(wire::trimmed(wire::takeUntil(value, '-')));
    if (!first || *first < smallest || (!both && *first == std::numeric_limits<Number>::max()))
        return std::nullopt;
    if (!both)
        return Pair{*first, Number(*first + 1)};
    const auto second = wire::toNumber<Number>(wire::trimmed(value));
    if (!second || *second < smallest)
        return std::nullopt;
    return Pair{*first, *second};
}

// Each of these returns false when the value is malformed.
bool readPorts(std::string_view value, std::optional<PortPair> &ports)
{
    ports = parsePair<PortPair, std::uint16_t>(value, 1);
    return ports.has_value();
}

bool readChannels(std::string_view value, std::optional<ChannelPair> &channels)
{
    channels = parsePair<ChannelPair, std::uint8_t>(value, 0);
    return channels.has_value();
}

bool readTtl(std::string_view value, std::optional<std::uint8_t> &ttl)
{
    ttl = wire::toNumber<std::uint8_t>(value);
    return ttl.has_value();
}

bool readSsrc(std::string_view value, std::optional<std::uint32_t> &ssrc)
{
    ssrc = wire::toNumber<std::uint32_t>(value, 16);
    return ssrc.has_value();
}

bool readAddress(std::string_view value, std::string &address)
{
    address = value;
    return isPlain(value, ".:-_%[]");
}

bool readMode(std::string_view value, std::string &mode)
{
    mode = wire::uppered(value);
    return isPlain(value, ", -_");
}

bool readParameter(std::string_view parameter, Transport &transport)
{
    const std::string name = wire::lowered(wire::trimmed(wire::takeUntil(parameter, '=')));
    const std::string_view value = wire::trimmed(parameter, " \t\"");
    if (name == "unicast" || name == "multicast")
        transport.multicast = name == "multicast";
    if (name == "client_port")
        return readPorts(value, transport.clientPort);
    if (name == "server_port")
        return readPorts(value, transport.serverPort);
    if (name == "port")
        return readPorts(value, transport.port);
    if (name == "ttl")
        return readTtl(value, transport.ttl);
    if (name == "interleaved")
        return readChannels(value, transport.interleaved);
    if (name == "ssrc")
        return readSsrc(value, transport.ssrc);
    if (name == "source")
        return readAddress(value, transport.source);
    if (name == "destination")
        return readAddress(value, transport.destination);
    if (name == "mode")
        return readMode(value, transport.mode);
    return true;
}

//  "RTP/AVP", "RTP/AVP/UDP", "RTP/AVP/TCP": UDP when not said
bool readProtocol(std::string_view text, Transport &transport)
{
    const std::string upper = wire::uppered(text);
    std::string_view rest = upper;
    const std::string_view protocol = wire::takeUntil(rest, '/');
    const std::string_view profile = wire::takeUntil(rest, '/');
    if (protocol.empty() || profile.empty() || !isPlain(protocol, "-") || !isPlain(profile, "-"))
        return false;
    transport.profile = std::string(protocol) + '/' + std::string(profile);
    transport.lower = rest == "TCP" ? LowerTransport::Tcp : LowerTransport::Udp;
    return rest.empty() || rest == "TCP" || rest == "UDP";
}

std::optional<Transport> parseSpec(std::string_view spec)
{
    Transport transport;
    if (!readProtocol(takeUnquoted(spec, ';'), transport))
        return std::nullopt;
    while (!spec.empty()) {
        if (!readParameter(takeUnquoted(spec, ';'), transport))
            return std::nullopt;
    }
    return transport;
}

std::string toHex(std::uint32_t value)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (int shift = 28; shift >= 0; shift -= 4)
        text += digits[(value >> shift) & 0xf];
    return text;
}

template <class Pair>
void appendPair(std::string &out, std::string_view name, const std::optional<Pair> &pair)
{
    if (!pair)
        return;
    out += name;
    out += std::to_string(pair->first) + '-' + std::to_string(pair->second);
}

void appendText(std::string &out, std::string_view name, const std::string &value)
{
    if (!value.empty())
        out.append(name).append(value);
}

} // namespace

Result<std::vector<Transport>> parseTransports(std::string_view header)
{
    std::vector<Transport> transports;
    for (std::size_t read = 0; !header.empty() && read < maximumSpecs; ++read) {
        if (auto transport = parseSpec(takeUnquoted(header, ',')))
            transports.push_back(std::move(*transport));
    }
    if (transports.empty())
        return failure(ErrorCode::Malformed, "read Transport header");
    return transports;
}

std::string writeTransport(const Transport &transport)
{
    std::string out = transport.profile;
    if (transport.lower == LowerTransport::Tcp)
        out += "/TCP";
    out += transport.multicast ? ";multicast" : ";unicast";
    appendText(out, ";destination=", transport.destination);
    appendText(out, ";source=", transport.source);
    appendPair(out, ";client_port=", transport.clientPort);
    appendPair(out, ";server_port=", transport.serverPort);
    appendPair(out, ";port=", transport.port);
    if (transport.ttl)
        out += ";ttl=" + std::to_string(*transport.ttl);
    appendPair(out, ";interleaved=", transport.interleaved);
    if (transport.ssrc)
        out += ";ssrc=" + toHex(*transport.ssrc);
    if (!transport.mode.empty())
        out += ";mode=\"" + transport.mode + '"';
    return out;
}

} // namespace heliograph::rtsp
