// A Transport header: whatever could be read must mean the same when we write it.
#include "wire/rtsp/transport.h"
#include "fuzz/require.h"
#include "fuzz/targets.h"

namespace heliograph::fuzz {

int runTransport(ByteSpan input)
{
    const std::string header(input.begin(), input.end());
    const auto transports = rtsp::parseTransports(header);
    if (!transports)
        return 0;
    require(!transports->empty() && transports->size() <= 16, "from 1 to 16 specs");
    for (const rtsp::Transport &transport : *transports) {
        const auto again = rtsp::parseTransports(rtsp::writeTransport(transport));
        require(again && *again == std::vector{transport}, "writing keeps the meaning");
    }
    return 0;
}

} // namespace heliograph::fuzz
