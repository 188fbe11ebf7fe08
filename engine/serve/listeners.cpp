#include "serve/listeners.h"

#include "net/tcp_connection.h"

namespace heliograph::serve {

Result<> Listeners::listen(std::vector<net::Address> addresses, std::uint16_t port)
{
    // A port that the system chose stays, also when the addresses change.
    const bool samePort = isOpen() && port == m_wantedPort;
    if (samePort && addresses == m_wanted)
        return {};
    const std::uint16_t chosen = samePort ? this->port() : port;
    m_wanted = std::move(addresses);
    m_wantedPort = chosen;
    auto opened = open();
    m_wantedPort = isOpen() ? port : chosen;
    return opened;
}

bool Listeners::tryAgain()
{
    if (isOpen() || m_wanted.empty() || m_context.clock.now() < m_nextTry)
        return false;
    return open().has_value();
}

Result<> Listeners::open()
{
    // Two listeners cannot hold a port on overlapping addresses: the old ones go first.
    m_listeners.clear();
    std::uint16_t port = m_wantedPort;
    Result<> outcome;
    for (const net::Address &address : m_wanted) {
        auto listener = net::TcpListener::listen(m_context.loop, {address, port}, m_accepted);
        if (!listener && m_listeners.empty()) {
            outcome = tl::unexpected(listener.error());
            break;
        }
        if (!listener) // a computer without IPv6
            continue;
        port = (*listener)->local().port;
        m_context.log.info("{} listens on {}", m_protocol.scheme, (*listener)->local().text());
        m_listeners.push_back(*std::move(listener));
    }
    m_health = healthOf(outcome);
    m_nextTry = m_context.clock.now() + pauseBetweenTries;
    return outcome;
}

Health Listeners::healthOf(const Result<> &outcome)
{
    Health health;
    health.state = outcome ? HealthState::Ok : HealthState::Retrying;
    health.error = outcome ? std::nullopt : std::optional(outcome.error());
    health.retryIn = outcome ? std::chrono::milliseconds(0) : pauseBetweenTries;
    health.since = WallClock::now();
    return health;
}

std::vector<net::Address> Listeners::addresses() const
{
    std::vector<net::Address> addresses;
    for (const auto &listener : m_listeners)
        addresses.push_back(listener->local().address);
    return addresses;
}

} // namespace heliograph::serve
