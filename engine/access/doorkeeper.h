// Who is kept outside: addresses that guess passwords are answered ever later and then not at
// all, and those that a person banned. Its memory is bounded whatever comes.
// Thread: the loop. Owner: the studio's engine; all outputs share it.
#pragma once

#include "core/clock.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>

namespace heliograph {

class Doorkeeper {
public:
    // The first wrong passwords are a person's typing; then each costs twice the wait.
    static constexpr int freeFailures = 3;
    static constexpr Timestamp firstDelay = std::chrono::milliseconds(500);
    static constexpr Timestamp longestDelay = std::chrono::seconds(8);
    // From here on the address is shut out for a while.
    static constexpr int failuresToShutOut = 20;
    static constexpr Timestamp shutOutFor = std::chrono::minutes(10);
    static constexpr std::size_t rememberedAddresses = 4096;

    explicit Doorkeeper(const Clock &clock)
        : m_clock(clock)
    {
    }

    // Addresses are texts without a port; one of IPv6 stands for its whole /64 network.
    enum class Verdict { Welcome, ShutOut, Banned };
    Verdict judge(const std::string &address) const;

    struct Failure {
        Timestamp delay{0}; // how long the answer must wait
        bool nowShutOut = false; // by this very failure
    };
    Failure noteFailure(const std::string &address);
    void noteSuccess(const std::string &address);

    using Banned = std::set<std::string, std::less<>>;
    void setBanned(const std::string &address, bool banned);
    const Banned &banned() const { return m_banned; }

private:
    struct Guesser {
        int failures = 0;
        Timestamp last{0};
    };

    bool isForgotten(const Guesser &guesser) const;
    void makeRoom();

    const Clock &m_clock;
    std::map<std::string, Guesser, std::less<>> m_guessers;
    Banned m_banned;
};

} // namespace heliograph
