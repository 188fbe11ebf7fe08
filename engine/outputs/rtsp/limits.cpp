#include "outputs/rtsp/limits.h"

namespace heliograph::rtsp {

SettingsSchema limitsSchema()
{
    SettingsSchema schema = serve::limitsSchema();
    schema.push_back(serve::limitField("request_time", "Time for a request",
                                       "How long a player may take to send one request.", 10, 1,
                                       600, "s"));
    schema.push_back(serve::limitField("max_header_bytes", "Size of a request's head",
                                       "How long the head of a request may be.", 64, 1, 1024,
                                       "KiB"));
    schema.push_back(serve::limitField("max_headers", "Headers of a request",
                                       "How many headers a request may have.", 100, 8, 1000));
    return schema;
}

Limits limitsOf(const Settings &settings)
{
    Limits limits{serve::limitsOf(settings), {}, {}};
    limits.requestTime = std::chrono::seconds(integerOf(settings, "request_time"));
    limits.reader.headerBytes = std::size_t(integerOf(settings, "max_header_bytes")) * 1024;
    limits.reader.headerCount = std::size_t(integerOf(settings, "max_headers"));
    return limits;
}

} // namespace heliograph::rtsp
