#include "wire/rtsp/message.h"

#include "wire/text.h"

#include <algorithm>
#include <array>

namespace heliograph::rtsp {

namespace {

constexpr std::string_view lineEnd = "\r\n";
constexpr std::string_view contentLength = "Content-Length";

// Appends a text that must stay on its line.
void appendInLine(std::string &out, std::string_view text)
{
    const std::size_t start = out.size();
    out += text;
    std::replace_if(
        out.begin() + std::ptrdiff_t(start), out.end(),
        [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
}

void appendField(std::string &out, std::string_view name, std::string_view value)
{
    appendInLine(out, name);
    out += ": ";
    appendInLine(out, value);
    out += lineEnd;
}

// The headers, the empty line and the body. A Content-Length among the headers keeps its place
// and gets the true value.
void appendRest(std::string &out, const Headers &headers, const std::string &body)
{
    const std::string length = std::to_string(body.size());
    bool said = body.empty();
    for (const auto &[name, value] : headers.all()) {
        const bool isLength = equalsIgnoringCase(name, contentLength);
        appendField(out, name, isLength ? length : value);
        said = said || isLength;
    }
    if (!said)
        appendField(out, contentLength, length);
    out += lineEnd;
    out += body;
}

struct Phrase {
    int status;
    std::string_view text;
};

// RFC 2326 section 7.1.1, and 503's neighbours from HTTP that it takes over.
constexpr std::array phrases = {
    Phrase{100, "Continue"},
    Phrase{200, "OK"},
    Phrase{201, "Created"},
    Phrase{250, "Low on Storage Space"},
    Phrase{300, "Multiple Choices"},
    Phrase{301, "Moved Permanently"},
    Phrase{302, "Moved Temporarily"},
    Phrase{303, "See Other"},
    Phrase{304, "Not Modified"},
    Phrase{305, "Use Proxy"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{402, "Payment Required"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{407, "Proxy Authentication Required"},
    Phrase{408, "Request Time-out"},
    Phrase{410, "Gone"},
    Phrase{411, "Length Required"},
    Phrase{412, "Precondition Failed"},
    Phrase{413, "Request Entity Too Large"},
    Phrase{414, "Request-URI Too Large"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{451, "Parameter Not Understood"},
    Phrase{452, "Conference Not Found"},
    Phrase{453, "Not Enough Bandwidth"},
    Phrase{454, "Session Not Found"},
    Phrase{455, "Method Not Valid in This State"},
    Phrase{456, "Header Field Not Valid for Resource"},
    Phrase{457, "Invalid Range"},
    Phrase{458, "Parameter Is Read-Only"},
    Phrase{459, "Aggregate operation not allowed"},
    Phrase{460, "Only aggregate operation allowed"},
    Phrase{461, "Unsupported transport"},
    Phrase{462, "Destination unreachable"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{502, "Bad Gateway"},
    Phrase{503, "Service Unavailable"},
    Phrase{504, "Gateway Time-out"},
    Phrase{505, "RTSP Version not supported"},
    Phrase{551, "Option not supported"},
};

} // namespace

void Headers::add(std::string name, std::string value)
{
    m_fields.emplace_back(std::move(name), std::move(value));
}

std::optional<std::string_view> Headers::find(std::string_view name) const
{
    for (const auto &[key, value] : m_fields) {
        if (equalsIgnoringCase(key, name))
            return value;
    }
    return std::nullopt;
}

std::string_view reasonPhrase(int status)
{
    const auto found = std::find_if(phrases.begin(), phrases.end(),
                                    [&](const Phrase &p) { return p.status == status; });
    return found == phrases.end() ? "Unknown" : found->text;
}

std::string writeRequest(const Request &request)
{
    std::string out;
    appendInLine(out, request.method);
    out += ' ';
    appendInLine(out, request.url);
    out += ' ';
    appendInLine(out, request.version.empty() ? "RTSP/1.0" : request.version);
    out += lineEnd;
    appendRest(out, request.headers, request.body);
    return out;
}

std::string writeResponse(const Response &response)
{
    std::string out = "RTSP/1.0 " + std::to_string(response.status) + ' ';
    appendInLine(out, response.reason.empty() ? reasonPhrase(response.status) : response.reason);
    out += lineEnd;
    appendRest(out, response.headers, response.body);
    return out;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return wire::sameIgnoringCase(a, b);
}

} // namespace heliograph::rtsp
