#include "outputs/rtsp/rtsp_output.h"

#include "outputs/rtsp/limits.h"
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
        {.key = "multicast_group",
         .title = "First multicast group",
         .help = "The group address of the first stream that is offered over multicast; each "
                 "further one gets the next.",
         .kind = SettingKind::Text,
         .fallback = std::string("239.255.42.1")},
        {.key = "multicast_port",
         .title = "Multicast port",
         .help = "The UDP port of multicast pictures; three more follow it.",
         .kind = SettingKind::Integer,
         .fallback = std::int64_t(5004),
         .minimum = 1024,
         .maximum = 65532},
        {.key = "multicast_ttl",
         .title = "Multicast reach",
         .help = "How many routers multicast may pass: 1 stays in the local network.",
         .kind = SettingKind::Integer,
         .fallback = std::int64_t(1),
         .minimum = 1,
         .maximum = 255},
        {.key = "multicast_interface",
         .title = "Multicast interface",
         .help = "The address of the network interface that sends multicast; empty: the one that "
                 "the viewer came in by.",
         .kind = SettingKind::Text,
         .fallback = std::string()},
    };
}

SettingsSchema rtspSchema()
{
    SettingsSchema schema;
    for (SettingsSchema part : {serve::Doors::schema(rtsp::protocols), ownSchema(),
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
