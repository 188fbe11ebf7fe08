// Who is let near a mount at all, and what that means for the addresses of a server.
// Thread: any.
#pragma once

#include "engine/project.h"
#include "net/endpoint.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::serve {

class Listeners;

// Where to listen: the address that the settings name, else what the mounts' audiences need.
// Nobody outside can even connect while every mount is for this computer only.
std::vector<net::Address> listeningAddresses(const std::string &named,
                                             std::span<const Audience> audiences);

// Whether a client may know that a mount with this audience exists.
// local: the address that the client reached us at.
bool mayKnow(Audience audience, const net::Address &peer, const net::Address &local);

// Null: there is none of this name.
const User *findUser(const std::vector<User> &users, std::string_view name);

// What to type into a player for a mount: real addresses, never 0.0.0.0. Empty while not listening.
std::vector<std::string> urlsOf(const Listeners &listeners, const std::string &mount,
                                Audience audience);

} // namespace heliograph::serve
