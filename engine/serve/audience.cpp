#include "serve/audience.h"

#include "net/interfaces.h"
#include "serve/listeners.h"

#include <algorithm>

namespace heliograph::serve {

namespace {

bool isForOthers(Audience audience)
{
    return audience != Audience::ThisComputer;
}

// Of this machine's addresses, those of a family that is listened on.
std::vector<net::Address> reachedAt(const std::vector<net::Address> &listening)
{
    std::vector<net::Address> reached = net::reachableAddresses();
    std::erase_if(reached, [&](const net::Address &address) {
        return std::none_of(listening.begin(), listening.end(),
                            [&](const net::Address &own) { return own.v6 == address.v6; });
    });
    if (reached.empty()) // no network at the moment
        reached.push_back(net::Address::loopbackV4());
    return reached;
}

} // namespace

std::vector<net::Address> listeningAddresses(const std::string &named,
                                             std::span<const Audience> audiences)
{
    if (!named.empty())
        return {net::Address::parse(named).value_or(net::Address::loopbackV4())};
    if (std::any_of(audiences.begin(), audiences.end(), isForOthers))
        return {net::Address::anyV4(), net::Address::anyV6()};
    return {net::Address::loopbackV4(), net::Address::loopbackV6()};
}

bool mayKnow(Audience audience, const net::Address &peer, const net::Address &local)
{
    return isForOthers(audience) || peer.isLoopback() || peer == local;
}

std::vector<std::string> urlsOf(const Listeners &listeners, const std::string &mount,
                                Audience audience)
{
    if (!listeners.isOpen())
        return {};
    std::vector<net::Address> hosts = {listeners.first().address};
    if (hosts.front().isUnspecified())
        hosts = isForOthers(audience) ? reachedAt(listeners.addresses())
                                      : std::vector{net::Address::loopbackV4()};
    std::vector<std::string> urls;
    urls.reserve(hosts.size());
    for (const net::Address &host : hosts)
        urls.push_back(std::string(listeners.protocol().scheme) + "://"
                       + net::Endpoint{host, listeners.port()}.text() + "/" + mount);
    return urls;
}

const User *findUser(const std::vector<User> &users, std::string_view name)
{
    const auto user = std::ranges::find(users, name, &User::name);
    return user == users.end() ? nullptr : &*user;
}

} // namespace heliograph::serve
