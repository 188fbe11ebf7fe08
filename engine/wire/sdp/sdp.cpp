#include "wire/sdp/sdp.h"

#include "wire/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace heliograph::sdp {

namespace {

constexpr std::size_t maximumBytes = 64 * 1024;
constexpr std::size_t maximumMedia = 32;
constexpr int maximumBandwidthKbit = 10'000'000;
constexpr double maximumFramerate = 10'000;

// A value that must stay on its line.
std::string cleaned(std::string_view text)
{
    std::string result(text);
    std::erase_if(result, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    return result;
}

std::string_view takeWord(std::string_view &rest)
{
    const std::size_t begin = std::min(rest.find_first_not_of(wire::blanks), rest.size());
    rest.remove_prefix(begin);
    const std::string_view word = rest.substr(0, rest.find_first_of(wire::blanks));
    rest.remove_prefix(word.size());
    return word;
}

std::string shortest(double value)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

void appendLine(std::string &out, std::string_view prefix, std::string_view value)
{
    out += prefix;
    out += cleaned(value);
    out += "\r\n";
}

void appendMedia(std::string &out, const Media &media)
{
    const std::string type = std::to_string(media.payloadType);
    appendLine(out, "m=", media.kind + " 0 RTP/AVP " + type); // port 0: SETUP agrees on it
    if (media.bandwidthKbit > 0)
        appendLine(out, "b=AS:", std::to_string(media.bandwidthKbit));
    if (!media.encoding.empty()) {
        const std::string channels =
            media.channels > 0 ? '/' + std::to_string(media.channels) : std::string();
        appendLine(out, "a=rtpmap:",
                   type + ' ' + media.encoding + '/' + std::to_string(media.clockRate) + channels);
    }
    if (!media.format.empty())
        appendLine(out, "a=fmtp:", type + ' ' + media.format);
    if (media.framerate > 0)
        appendLine(out, "a=framerate:", shortest(media.framerate));
    if (!media.control.empty())
        appendLine(out, "a=control:", media.control);
}

// Reads line by line into the session, or into the media section that has begun.
class Parser {
public:
    Parser() { m_session.name = "-"; } // what a session without a name is called (section 5.3)

    Result<> readLine(std::string_view line)
    {
        if (line.size() < 2 || line[1] != '=')
            return {};
        const std::string_view value = line.substr(2);
        switch (line[0]) {
        case 'v':
            m_begun = true;
            break;
        case 'o':
            readOrigin(value);
            break;
        case 's':
            readName(value);
            break;
        case 'm':
            return beginMedia(value);
        case 'b':
            readBandwidth(value);
            break;
        case 'a':
            readAttribute(value);
            break;
        default:
            break;
        }
        return {};
    }

    Result<Session> finish()
    {
        if (!m_begun)
            return failure(ErrorCode::Malformed, "read session description › no v= line");
        return std::move(m_session);
    }

private:
    Media *media() { return m_session.media.empty() ? nullptr : &m_session.media.back(); }

    //  o=<user> <id> <version> IN IP4|IP6 <address>. Cameras get it wrong: then it is left out.
    void readOrigin(std::string_view value)
    {
        takeWord(value);
        const auto id = wire::toNumber<std::uint64_t>(takeWord(value));
        const auto version = wire::toNumber<std::uint64_t>(takeWord(value));
        takeWord(value);
        takeWord(value);
        const std::string_view address = takeWord(value);
        if (!id || !version || address.empty())
            return;
        m_session.id = *id;
        m_session.version = *version;
        m_session.originAddress = address;
    }

    void readName(std::string_view value)
    {
        if (!value.empty())
            m_session.name = value;
    }

    //  m=<kind> <port> <protocol> <payload type> …
    Result<> beginMedia(std::string_view value)
    {
        if (m_session.media.size() >= maximumMedia)
            return failure(ErrorCode::TooLarge, "read session description › media sections");
        Media media;
        media.kind = takeWord(value);
        takeWord(value);
        takeWord(value);
        const auto type = wire::toNumber<int>(takeWord(value));
        if (!type || *type > 127)
            return failure(ErrorCode::Malformed, "read session description › m= line");
        media.payloadType = *type;
        m_session.media.push_back(std::move(media));
        return {};
    }

    void readBandwidth(std::string_view value)
    {
        if (!media() || !wire::startsIgnoringCase(value, "AS:"))
            return;
        const auto kbit = wire::toNumber<int>(wire::trimmed(value.substr(3)));
        if (kbit && *kbit <= maximumBandwidthKbit)
            media()->bandwidthKbit = *kbit;
    }

    void readAttribute(std::string_view value)
    {
        const std::string_view name = wire::takeUntil(value, ':');
        value = wire::trimmed(value);
        Media *const current = media();
        if (wire::sameIgnoringCase(name, "control") && !value.empty())
            (current ? current->control : m_session.control) = value;
        if (!current)
            return;
        if (wire::sameIgnoringCase(name, "framerate"))
            readFramerate(value);
        if (wire::sameIgnoringCase(name, "rtpmap") && isOurs(value))
            readMapping(wire::trimmed(value));
        if (wire::sameIgnoringCase(name, "fmtp") && isOurs(value))
            media()->format = wire::trimmed(value);
    }

    // Takes the payload type off the front: attributes of other payload types are not ours.
    bool isOurs(std::string_view &value)
    {
        return wire::toNumber<int>(takeWord(value)) == media()->payloadType;
    }

    //  <encoding>/<clock rate>[/<channels>]
    void readMapping(std::string_view value)
    {
        std::string_view mapping = takeWord(value);
        const std::string_view encoding = wire::takeUntil(mapping, '/');
        if (encoding.empty())
            return;
        media()->encoding = encoding;
        const int rate = wire::toNumber<int>(wire::takeUntil(mapping, '/')).value_or(0);
        media()->clockRate = rate > 0 ? rate : 90000;
        media()->channels = wire::toNumber<std::uint8_t>(mapping).value_or(0);
    }

    void readFramerate(std::string_view value)
    {
        double rate = 0;
        const auto [stopped, error] =
            std::from_chars(value.data(), value.data() + value.size(), rate);
        if (error == std::errc() && std::isfinite(rate) && rate > 0 && rate < maximumFramerate)
            media()->framerate = rate;
    }

    Session m_session;
    bool m_begun = false;
};

} // namespace

std::optional<std::string> Media::parameter(std::string_view name) const
{
    std::string_view rest = format;
    while (!rest.empty()) {
        std::string_view value = wire::trimmed(wire::takeUntil(rest, ';'));
        const std::string_view key = wire::takeUntil(value, '=');
        if (!key.empty() && wire::sameIgnoringCase(wire::trimmed(key), name))
            return std::string(wire::trimmed(value));
    }
    return std::nullopt;
}

std::string write(const Session &session)
{
    const bool six = session.originAddress.find(':') != std::string::npos;
    const std::string family = six ? "IN IP6 " : "IN IP4 ";
    const std::string name = cleaned(session.name);
    std::string out = "v=0\r\n";
    appendLine(out, "o=- ",
               std::to_string(session.id) + ' ' + std::to_string(session.version) + ' ' + family
                   + session.originAddress);
    appendLine(out, "s=", name.empty() ? "-" : name);
    appendLine(out, "c=", family + (six ? "::" : "0.0.0.0"));
    appendLine(out, "t=", "0 0"); // without an end
    appendLine(out, "a=control:", session.control.empty() ? "*" : session.control);
    appendLine(out, "a=range:", "npt=now-"); // live
    for (const Media &media : session.media)
        appendMedia(out, media);
    return out;
}

Result<Session> parse(std::string_view text)
{
    if (text.size() > maximumBytes)
        return failure(ErrorCode::TooLarge, "read session description");
    Parser parser;
    while (!text.empty()) {
        if (Result<> read = parser.readLine(cleaned(wire::takeUntil(text, '\n'))); !read)
            return tl::unexpected(std::move(read.error()));
    }
    return parser.finish();
}

} // namespace heliograph::sdp
