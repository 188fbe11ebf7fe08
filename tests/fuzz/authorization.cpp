// An Authorization header: whatever could be read must mean the same when we write it.
#include "wire/rtsp/authorization.h"
#include "fuzz/require.h"
#include "fuzz/targets.h"

namespace heliograph::fuzz {

int runAuthorization(ByteSpan input)
{
    const std::string header(input.begin(), input.end());
    const auto read = rtsp::parseAuthorization(header);
    if (!read)
        return 0;
    const std::string written =
        std::visit([](const auto &any) { return rtsp::writeAuthorization(any); }, *read);
    const auto again = rtsp::parseAuthorization(written);
    require(written.size() > 4096 || (again && *again == *read), "writing keeps the meaning");
    return 0;
}

} // namespace heliograph::fuzz
