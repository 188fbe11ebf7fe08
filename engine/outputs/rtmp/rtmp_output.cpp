#include "outputs/rtmp/rtmp_output.h"

#include "outputs/rtmp/server.h"

namespace heliograph {

OutputType rtmpOutput()
{
    return {{"rtmp", "RTMP server", rtmp::Server::schema()},
            [](const EngineContext &context) { return std::make_unique<rtmp::Server>(context); }};
}

} // namespace heliograph
