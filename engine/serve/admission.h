// Whether there is a place for one more, viewer or stranger, within the limits; who is refused
// hears why, and so does the studio.
// Thread: the loop. Owner: the server, longer than its connections and viewers.
#pragma once

#include "net/endpoint.h"
#include "serve/limits.h"
#include "serve/occupancy.h"
#include "stream/output.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace heliograph::serve {

class Admission {
public:
    Admission(const EngineContext &context, std::shared_ptr<Occupancy> occupancy);

    void setLimits(const Limits &limits) { m_limits = limits; }

    // A place that is taken for as long as this lives.
    using Place = std::shared_ptr<void>;

    // Whether one who connects is even heard, besides so many connections: refusing costs
    // something, too.
    bool isHeard(const std::string &network, std::size_t connections) const;
    // The sentence that one who is heard is refused with; nothing: there is a place.
    std::optional<std::string> refuseStranger(const Guest &guest, const net::Address &peer) const;
    // For one who does not watch yet, also when it is going to be refused.
    Place placeForStranger(const std::string &network);

    // The same, for one who wants to watch.
    std::optional<std::string> refuseViewer(const Stream &stream, const Guest &guest,
                                            const net::Address &peer) const;
    Place placeForViewer(const Stream &stream, const std::string &network);

    // One of the places in which answers to wrong passwords wait; null: all are taken.
    Place placeToWait() const;

private:
    // By address, as it counts: see net::Address::networkText(). All of one are on one loop.
    using Counts = std::unordered_map<std::string, int>;

    const char *whatIsFull(const Stream &stream, const std::string &network) const;
    static int countOf(const Counts &counts, const std::string &network);
    static void giveBack(Counts &counts, const std::string &network);

    const EngineContext &m_context;
    Limits m_limits;
    std::shared_ptr<Occupancy> m_occupancy;
    std::shared_ptr<int> m_placesToWait = std::make_shared<int>(); // its shares are counted
    int m_strangers = 0;
    Counts m_strangersOf;
    Counts m_viewersOf;
};

} // namespace heliograph::serve
