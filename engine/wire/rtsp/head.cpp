#include "wire/rtsp/head.h"

#include "wire/text.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

constexpr std::string_view version = "RTSP/1.0";

bool isTokenCharacter(char c)
{
    constexpr std::string_view separators = "()<>@,;:\\\"/[]?={} \t"; // RFC 2326 section 15.1
    return static_cast<unsigned char>(c) < 0x7f && !wire::isControl(c)
        && separators.find(c) == std::string_view::npos;
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

std::string_view takeLine(std::string_view &rest)
{
    std::string_view line = wire::takeUntil(rest, '\n');
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    return line;
}

// Control characters become blanks, so that a value can go into an answer or a log.
std::string cleaned(std::string_view text)
{
    std::string result(text);
    std::replace_if(result.begin(), result.end(), wire::isControl, ' ');
    return std::string(wire::trimmed(result));
}

// Collects the header lines; one that starts with a blank continues the one before.
class FieldCollector {
public:
    void add(std::string_view line)
    {
        const bool continues = !line.empty() && wire::blanks.find(line[0]) != std::string::npos;
        if (continues && !m_name.empty()) {
            m_value += ' ';
            m_value += wire::trimmed(line);
            return;
        }
        close();
        const std::size_t colon = line.find(':');
        const std::string_view name = wire::trimmed(line.substr(0, colon));
        if (continues || colon == std::string_view::npos || !isToken(name)) {
            m_broken = true;
            return;
        }
        m_name = name;
        m_value = line.substr(colon + 1);
    }

    void close()
    {
        if (!m_name.empty())
            m_headers.add(std::move(m_name), cleaned(m_value));
        m_name.clear();
    }

    const Headers &headers() const { return m_headers; }
    bool broken() const { return m_broken; }

private:
    Headers m_headers;
    std::string m_name; // the header that may go on; empty: none
    std::string m_value;
    bool m_broken = false;
};

Result<FieldCollector> collectFields(std::string_view lines, const ReaderLimits &limits)
{
    FieldCollector fields;
    std::size_t count = 0;
    while (!lines.empty()) {
        const std::string_view line = takeLine(lines);
        if (line.empty())
            break;
        if (++count > limits.headerCount)
            return failure(ErrorCode::TooLarge, "read RTSP message › too many headers");
        fields.add(line);
    }
    fields.close();
    return fields;
}

Result<std::size_t> bodySize(const Headers &headers, const ReaderLimits &limits)
{
    std::optional<std::size_t> size;
    for (const auto &[name, value] : headers.all()) {
        if (!equalsIgnoringCase(name, "Content-Length"))
            continue;
        const auto said = wire::toNumber<std::size_t>(value);
        if (!said || (size && *size != *said))
            return failure(ErrorCode::Malformed, "read RTSP message › Content-Length");
        size = said;
    }
    if (size.value_or(0) > limits.bodyBytes)
        return failure(ErrorCode::TooLarge, "read RTSP message › body");
    return size.value_or(0);
}

BadRequest refuse(int status, const Headers &headers, std::string reason)
{
    return {status, std::string(headers.find("CSeq").value_or("")), std::move(reason)};
}

//  "RTSP/1.0" SP status, 3 digits SP reason
Arrival parseResponse(std::string_view line, const Headers &headers)
{
    if (wire::takeUntil(line, ' ') != version)
        return refuse(505, headers, "Only RTSP/1.0 is spoken here.");
    const auto status = wire::toNumber<int>(wire::takeUntil(line, ' '));
    if (!status || *status < 100 || *status > 999)
        return refuse(400, headers, "The status line has no status.");
    return Response{*status, cleaned(line), headers, {}};
}

//  method SP URL SP "RTSP/1.0". The URL reaches to the last blank: some players leave blanks
//  in it as they are.
Arrival parseRequest(std::string_view line, const Headers &headers)
{
    line = wire::trimmed(line);
    const std::string_view method = wire::takeUntil(line, ' ');
    const std::size_t blank = line.rfind(' ');
    const std::string_view url = wire::trimmed(line.substr(0, blank));
    if (!isToken(method) || blank == std::string_view::npos || url.empty()
        || wire::hasControl(line))
        return refuse(400, headers, "The request line is not: method, URL, RTSP/1.0.");
    if (line.substr(blank + 1) != version)
        return refuse(505, headers, "Only RTSP/1.0 is spoken here.");
    if (headers.find("CSeq").value_or("").empty())
        return refuse(400, headers, "The request has no CSeq.");
    return Request{std::string(method), std::string(url), std::string(version), headers, {}};
}

Arrival parseMessage(std::string_view line, const FieldCollector &fields)
{
    if (fields.broken())
        return refuse(400, fields.headers(), "A header line is not: name, colon, value.");
    if (line.substr(0, 5) == "RTSP/")
        return parseResponse(line, fields.headers());
    return parseRequest(line, fields.headers());
}

} // namespace

Result<Head> parseHead(std::string_view head, const ReaderLimits &limits)
{
    const std::string_view line = takeLine(head);
    const auto fields = collectFields(head, limits);
    if (!fields)
        return tl::unexpected(fields.error());
    const auto size = bodySize(fields->headers(), limits);
    if (!size)
        return tl::unexpected(size.error());
    return Head{parseMessage(line, *fields), *size};
}

} // namespace heliograph::rtsp
