#include "outputs/rtsp/rtsp_output.h"

#include "outputs/rtsp/limits.h"
#include "outputs/rtsp/server.h"

namespace heliograph {

namespace {

SettingsSchema rtspSchema()
{
    SettingsSchema schema = {
        {.key = "port",
         .title = "Port",
         .help = "The TCP port that players connect to; 0 lets the system choose one.",
         .kind = SettingKind::Integer,
         .fallback = std::int64_t(8554),
         .minimum = 0,
         .maximum = 65535},
        {.key = "address",
         .title = "Address",
         .help = "The address to listen on; empty follows who can watch.",
         .kind = SettingKind::Text,
         .fallback = std::string()},
        {.key = "session_timeout",
         .title = "Session timeout",
         .help = "How long a player may be silent before its place is given up.",
         .kind = SettingKind::Integer,
         .fallback = std::int64_t(60),
         .minimum = 1,
         .maximum = 3600,
         .unit = "s"},
        {.key = "basic",
         .title = "Allow Basic passwords",
         .help = "Let old players send passwords as plain text; others on the network can read "
                 "them.",
         .kind = SettingKind::Toggle,
         .fallback = false},
    };
    for (SettingField &field : rtsp::limitsSchema())
        schema.push_back(std::move(field));
    return schema;
}

} // namespace

OutputType rtspOutput()
{
    return {{"rtsp", "RTSP server", rtspSchema()},
            [](const EngineContext &context) { return std::make_unique<rtsp::Server>(context); }};
}

} // namespace heliograph
