#include "outputs/rtsp/stamp.h"

#include <ctime>

namespace heliograph::rtsp {

namespace {

std::string httpDate(WallTime wall)
{
    const auto seconds =
        std::time_t(std::chrono::duration_cast<std::chrono::seconds>(wall).count());
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    char text[64] = {};
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    return text;
}

} // namespace

void stamp(Response &response, std::string_view cseq, WallTime now)
{
    Headers headers;
    if (!cseq.empty())
        headers.add("CSeq", std::string(cseq));
    headers.add("Server", "Heliograph");
    headers.add("Date", httpDate(now));
    for (const auto &[name, value] : response.headers.all())
        headers.add(name, value);
    response.headers = std::move(headers);
}

} // namespace heliograph::rtsp
