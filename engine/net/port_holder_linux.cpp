#include "net/port_holder.h"

#include "core/holder.h"

#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>

namespace heliograph::net {

namespace {

// A line of /proc/net/tcp:
//   sl  local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
//    0: 0100007F:216A 00000000:0000 0A …                              12345
// The port is hexadecimal; state 0A is LISTEN.
std::optional<std::string> listenerInode(const std::string &line, std::uint16_t port)
{
    std::istringstream fields(line);
    std::string slot, local, remote, state, queues, timer, retransmits, uid, timeout, inode;
    fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> uid >> timeout
        >> inode;
    const std::size_t colon = local.rfind(':');
    if (state != "0A" || colon == std::string::npos)
        return std::nullopt;
    unsigned number = 0;
    std::from_chars(local.data() + colon + 1, local.data() + local.size(), number, 16);
    return number == port ? std::optional(inode) : std::nullopt;
}

std::optional<std::string> findListener(std::uint16_t port)
{
    for (const char *table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        std::ifstream file(table);
        for (std::string line; std::getline(file, line);)
            if (auto inode = listenerInode(line, port))
                return inode;
    }
    return std::nullopt;
}

} // namespace

std::string portHolder(std::uint16_t port)
{
    const auto inode = findListener(port);
    if (!inode)
        return "another program";
    return holderOf({"socket:[" + *inode + "]"});
}

} // namespace heliograph::net
