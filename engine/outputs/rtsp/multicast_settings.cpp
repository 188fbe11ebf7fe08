#include "outputs/rtsp/multicast_settings.h"

namespace heliograph::rtsp {

namespace {

constexpr int groups = 200; // then they begin anew

} // namespace

SettingsSchema multicastSchema()
{
    return {
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

Result<> checkMulticast(const Settings &settings)
{
    const std::string &interface = textOf(settings, "multicast_interface");
    if (const auto address = net::Address::parse(interface); !interface.empty() && !address)
        return tl::unexpected(address.error());
    const auto group = net::Address::parse(textOf(settings, "multicast_group"));
    if (!group)
        return tl::unexpected(group.error());
    if (!group->isMulticastV4())
        return failure(ErrorCode::InvalidArgument,
                       "multicast_group must be an IPv4 address between 224.0.0.0 and "
                       "239.255.255.255");
    return {};
}

MulticastConfig multicastConfigOf(const Settings &settings, int number)
{
    MulticastConfig config;
    config.group =
        net::Address::parse(textOf(settings, "multicast_group")).value_or(net::Address());
    config.group.octets[3] = std::uint8_t(config.group.octets[3] + number % groups);
    config.ttl = std::uint8_t(integerOf(settings, "multicast_ttl"));
    config.port = std::uint16_t(integerOf(settings, "multicast_port"));
    if (const std::string &text = textOf(settings, "multicast_interface"); !text.empty())
        config.interface = net::Address::parse(text).value_or(net::Address());
    return config;
}

} // namespace heliograph::rtsp
