#include "outputs/rtsp/rtsp_output.h"

#include "outputs/rtsp/limits.h"
#include "outputs/rtsp/multicast_settings.h"
#include "outputs/rtsp/protocol.h"
#include "outputs/rtsp/server.h"

namespace heliograph {

namespace {

SettingsSchema ownSchema()
{
    return {
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
        {.key = "packet_size",
         .title = "Packet size",
         .help = "How much of a picture one packet carries; 1200 where a VPN or tunnel leaves less "
                 "room.",
         .kind = SettingKind::Integer,
         .fallback = std::int64_t(1400),
         .minimum = 256,
         .maximum = 8900,
         .unit = "bytes"},
    };
}

SettingsSchema rtspSchema()
{
    SettingsSchema schema;
    for (SettingsSchema part :
         {serve::Doors::schema(rtsp::protocols), ownSchema(), rtsp::multicastSchema(),
          serve::SecureDoor::schema(rtsp::protocols), rtsp::limitsSchema()})
        for (SettingField &field : part)
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
