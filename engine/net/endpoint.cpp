#include "net/endpoint.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdlib>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>

namespace heliograph::net {

namespace {

constexpr std::array<std::uint8_t, 12> mappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool isMapped(const Address &address)
{
    return address.v6
        && std::equal(mappedPrefix.begin(), mappedPrefix.end(), address.octets.begin());
}

// "eth0", or its number.
std::uint32_t scopeOf(const std::string &text)
{
    const unsigned named = ::if_nametoindex(text.c_str());
    return named != 0 ? named : std::uint32_t(std::strtoul(text.c_str(), nullptr, 10));
}

} // namespace

Result<Address> Address::parse(std::string_view text)
{
    const std::string plain(text.substr(0, text.find('%')));
    Address address;
    if (::inet_pton(AF_INET, plain.c_str(), address.octets.data()) == 1)
        return address;
    address.v6 = true;
    if (::inet_pton(AF_INET6, plain.c_str(), address.octets.data()) == 1) {
        if (plain.size() < text.size())
            address.scope = scopeOf(std::string(text.substr(plain.size() + 1)));
        return address;
    }
    return failure(ErrorCode::InvalidArgument, std::string(text) + " is not an IP address");
}

bool Address::isUnspecified() const
{
    return std::all_of(octets.begin(), octets.end(), [](std::uint8_t octet) { return octet == 0; });
}

bool Address::isLoopback() const
{
    if (!v6)
        return octets[0] == 127;
    if (isMapped(*this))
        return octets[12] == 127;
    return octets[15] == 1
        && std::all_of(octets.begin(), octets.begin() + 15,
                       [](std::uint8_t octet) { return octet == 0; });
}

bool Address::isLinkLocal() const
{
    if (v6)
        return octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80;
    return octets[0] == 169 && octets[1] == 254;
}

bool Address::isMulticastV4() const
{
    return !v6 && (octets[0] & 0xf0) == 0xe0;
}

std::string Address::text() const
{
    return v6 && scope != 0 ? plainText() + "%" + std::to_string(scope) : plainText();
}

std::string Address::plainText() const
{
    char buffer[INET6_ADDRSTRLEN] = {};
    ::inet_ntop(v6 ? AF_INET6 : AF_INET, octets.data(), buffer, sizeof buffer);
    return buffer;
}

std::string Address::networkText() const
{
    if (!v6)
        return plainText();
    Address network = *this;
    if (isMapped(*this)) {
        network = {};
        std::copy_n(octets.begin() + mappedPrefix.size(), 4, network.octets.begin());
        return network.plainText();
    }
    std::fill(network.octets.begin() + 8, network.octets.end(), std::uint8_t(0));
    return network.plainText() + "/64";
}

std::string Endpoint::text() const
{
    const std::string host = address.v6 ? "[" + address.text() + "]" : address.text();
    return host + ":" + std::to_string(port);
}

Endpoint fromSockaddr(const sockaddr_storage &from)
{
    Endpoint endpoint;
    if (from.ss_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &from, sizeof six);
        endpoint.address.v6 = true;
        std::memcpy(endpoint.address.octets.data(), &six.sin6_addr, 16);
        endpoint.address.scope = six.sin6_scope_id;
        endpoint.port = ntohs(six.sin6_port);
        return endpoint;
    }
    sockaddr_in four{};
    std::memcpy(&four, &from, sizeof four);
    std::memcpy(endpoint.address.octets.data(), &four.sin_addr, 4);
    endpoint.port = ntohs(four.sin_port);
    return endpoint;
}

std::uint32_t toSockaddr(const Endpoint &endpoint, sockaddr_storage &to)
{
    if (endpoint.address.v6) {
        sockaddr_in6 six{};
        six.sin6_family = AF_INET6;
        std::memcpy(&six.sin6_addr, endpoint.address.octets.data(), 16);
        six.sin6_scope_id = endpoint.address.scope;
        six.sin6_port = htons(endpoint.port);
        std::memcpy(&to, &six, sizeof six);
        return sizeof six;
    }
    sockaddr_in four{};
    four.sin_family = AF_INET;
    std::memcpy(&four.sin_addr, endpoint.address.octets.data(), 4);
    four.sin_port = htons(endpoint.port);
    std::memcpy(&to, &four, sizeof four);
    return sizeof four;
}

} // namespace heliograph::net
