// RTSP 1.0 messages (RFC 2326 sections 4, 6, 7) as values, and their writing.
// Thread: any (values).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heliograph::rtsp {

// In the order received; names compare without case. A header that comes twice keeps both;
// find() gives the first.
class Headers {
public:
    void add(std::string name, std::string value);
    std::optional<std::string_view> find(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>> &all() const { return m_fields; }
    bool operator==(const Headers &) const = default;

private:
    std::vector<std::pair<std::string, std::string>> m_fields;
};

struct Request {
    std::string method; // as sent: methods are case-sensitive
    std::string url; // as sent: absolute, or "*"
    std::string version; // "RTSP/1.0"
    Headers headers;
    std::string body;
    bool operator==(const Request &) const = default;
};

struct Response {
    int status = 200;
    std::string reason; // empty when written: the standard phrase
    Headers headers;
    std::string body; // Content-Length is written by writeResponse
    bool operator==(const Response &) const = default;
};

// The standard phrase: "Session Not Found" for 454.
std::string_view reasonPhrase(int status);

// CR, LF and NUL inside header values are replaced by spaces: nothing from outside can add lines.
std::string writeRequest(const Request &request);
std::string writeResponse(const Response &response);

bool equalsIgnoringCase(std::string_view a, std::string_view b);

} // namespace heliograph::rtsp
