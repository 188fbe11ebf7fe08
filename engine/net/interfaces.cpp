#include "net/interfaces.h"

#include <algorithm>
#include <cstring>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <netinet/in.h>

namespace heliograph::net {

namespace {

bool isIp(const sockaddr *address)
{
    return address && (address->sa_family == AF_INET || address->sa_family == AF_INET6);
}

Address addressOf(const sockaddr *from)
{
    sockaddr_storage storage{};
    std::memcpy(&storage, from,
                from->sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in));
    return fromSockaddr(storage).address;
}

} // namespace

std::vector<Address> reachableAddresses()
{
    ifaddrs *list = nullptr;
    if (::getifaddrs(&list) != 0)
        return {};
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(list, ::freeifaddrs);
    std::vector<Address> addresses;
    for (const ifaddrs *entry = list; entry; entry = entry->ifa_next) {
        if (!isIp(entry->ifa_addr) || !(entry->ifa_flags & IFF_UP))
            continue;
        const Address address = addressOf(entry->ifa_addr);
        if (!address.isLoopback() && !address.isLinkLocal())
            addresses.push_back(address);
    }
    std::stable_partition(addresses.begin(), addresses.end(),
                          [](const Address &address) { return !address.v6; });
    return addresses;
}

} // namespace heliograph::net
