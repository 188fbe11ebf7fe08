#include "serve/doors.h"

#include "net/tcp_connection.h"
#include "serve/audience.h"

namespace heliograph::serve {

Doors::Doors(const EngineContext &context, const Protocols &protocols, Accepted accepted)
    : m_context(context)
    , m_plain(context, protocols.plain, std::move(accepted.plainly))
    , m_secure(context, protocols, std::move(accepted.securely))
{
}

SettingsSchema Doors::schema(const Protocols &protocols)
{
    return {
        {.key = "port",
         .title = "Port",
         .help = "The TCP port that players connect to; 0 lets the system choose one.",
         .kind = SettingKind::Integer,
         .fallback = std::int64_t(protocols.plain.port),
         .minimum = 0,
         .maximum = 65535},
        {.key = "address",
         .title = "Address",
         .help = "The address to listen on; empty follows who can watch.",
         .kind = SettingKind::Text,
         .fallback = std::string()},
    };
}

Result<> Doors::check(const Settings &settings)
{
    const std::string &address = textOf(settings, "address");
    if (address.empty())
        return {};
    return net::Address::parse(address).map([](const net::Address &) {});
}

Result<> Doors::configure(const Settings &settings, std::vector<Audience> audiences)
{
    m_settings = settings;
    m_audiences = std::move(audiences);
    auto plainly = listen();
    auto securely = m_secure.configure(settings, addresses());
    return plainly ? securely : plainly;
}

Result<> Doors::listen()
{
    return m_plain.listen(addresses(), std::uint16_t(integerOf(m_settings, "port")));
}

std::vector<net::Address> Doors::addresses() const
{
    return listeningAddresses(textOf(m_settings, "address"), m_audiences);
}

void Doors::follow(std::vector<Audience> audiences)
{
    m_audiences = std::move(audiences);
    if (m_settings.empty())
        return;
    m_secure.follow(addresses());
    if (!m_plain.isOpen())
        return;
    if (const auto moved = listen(); !moved)
        m_context.notices.post(NoticeLevel::Problem, Notice::Event::OutputFailed,
                               m_plain.protocol().name, {}, moved.error());
}

void Doors::tryAgain()
{
    if (m_plain.tryAgain())
        m_context.notices.post(NoticeLevel::Information, Notice::Event::OutputRecovered,
                               m_plain.protocol().name);
    m_secure.tryAgain();
}

void Doors::close()
{
    m_plain.close();
    m_secure.close();
}

void Doors::describeInto(OutputSnapshot &output) const
{
    output.health = m_plain.health();
    if (m_plain.isOpen()) {
        output.address = m_plain.first().text();
        output.port = m_plain.port();
    }
    m_secure.describeInto(output);
}

std::vector<std::string> Doors::urls(const std::string &mount, Audience audience) const
{
    std::vector<std::string> urls = urlsOf(m_plain, mount, audience);
    for (std::string &url : urlsOf(m_secure.listeners(), mount, audience))
        urls.push_back(std::move(url));
    return urls;
}

} // namespace heliograph::serve
