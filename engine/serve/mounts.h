// A server's mounts by their names, and who may know of them.
// Thread: the loop. Owner: the server.
#pragma once

#include "serve/audience.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace heliograph::serve {

// Mount: has an audience().
template <class Mount>
class Mounts {
public:
    // Takes the place of one with the same name.
    Mount &add(const std::string &name, std::unique_ptr<Mount> mount)
    {
        return *(m_mounts[name] = std::move(mount));
    }
    void remove(const std::string &name) { m_mounts.erase(name); }

    // Null: there is none.
    Mount *find(const std::string &name) const
    {
        const auto found = m_mounts.find(name);
        return found == m_mounts.end() ? nullptr : found->second.get();
    }

    // Null: there is none that this client may know of.
    template <class Client>
    Mount *findFor(const Client &client, const std::string &name) const
    {
        Mount *mount = find(name);
        const bool known =
            mount && mayKnow(mount->audience(), client.peer().address, client.local().address);
        return known ? mount : nullptr;
    }

    std::vector<Audience> audiences() const
    {
        std::vector<Audience> audiences;
        for (const auto &[name, mount] : m_mounts)
            audiences.push_back(mount->audience());
        return audiences;
    }

    auto begin() const { return m_mounts.begin(); }
    auto end() const { return m_mounts.end(); }

private:
    std::map<std::string, std::unique_ptr<Mount>> m_mounts;
};

} // namespace heliograph::serve
