// IP addresses and ports as values.
// Thread: any (values).
#pragma once

#include "engine/error.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

struct sockaddr_storage;

namespace heliograph::net {

struct Address {
    bool v6 = false;
    std::array<std::uint8_t, 16> octets{}; // IPv4: the first four
    std::uint32_t scope = 0; // IPv6 link-local: interface index

    bool operator==(const Address &) const = default;

    static Address anyV4() { return {}; }
    static Address anyV6() { return {true, {}, 0}; }
    static Address loopbackV4() { return {false, {127, 0, 0, 1}, 0}; }
    static Address loopbackV6()
    {
        return {true, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 0};
    }
    // "192.168.1.5", "fe80::1", "fe80::1%2" or "%eth0". Errors: InvalidArgument.
    static Result<Address> parse(std::string_view text);

    bool isUnspecified() const;
    bool isLoopback() const; // also ::ffff:127.0.0.1
    bool isLinkLocal() const;
    bool isMulticastV4() const;
    std::string text() const; // "192.168.1.5", "fe80::1%2"
    std::string plainText() const; // without the scope, which means nothing to another machine
    // Whom it stands for where clients are counted: an IPv4 address, or an IPv6 network of 64
    // bits, all of whose addresses one machine can have. "2001:db8:1:2::/64"
    std::string networkText() const;
};

struct Endpoint {
    Address address;
    std::uint16_t port = 0;

    bool operator==(const Endpoint &) const = default;
    std::string text() const; // "192.168.1.5:554", "[::1]:554"
};

Endpoint fromSockaddr(const sockaddr_storage &from);
// Returns the length of the address written.
std::uint32_t toSockaddr(const Endpoint &endpoint, sockaddr_storage &to);

} // namespace heliograph::net
