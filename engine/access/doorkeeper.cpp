#include "access/doorkeeper.h"

#include <algorithm>

namespace heliograph {

Doorkeeper::Verdict Doorkeeper::judge(const std::string &address) const
{
    if (m_banned.contains(address))
        return Verdict::Banned;
    const auto guesser = m_guessers.find(address);
    const bool guesses = guesser != m_guessers.end() && !isForgotten(guesser->second)
        && guesser->second.failures >= failuresToShutOut;
    return guesses ? Verdict::ShutOut : Verdict::Welcome;
}

Doorkeeper::Failure Doorkeeper::noteFailure(const std::string &address)
{
    if (!m_guessers.contains(address))
        makeRoom();
    Guesser &guesser = m_guessers[address];
    if (isForgotten(guesser))
        guesser = {};
    ++guesser.failures;
    guesser.last = m_clock.now();
    if (guesser.failures <= freeFailures)
        return {};
    const int doublings = std::min(guesser.failures - freeFailures - 1, 10);
    return {std::min(firstDelay * (1 << doublings), longestDelay),
            guesser.failures == failuresToShutOut};
}

void Doorkeeper::noteSuccess(const std::string &address)
{
    m_guessers.erase(address);
}

void Doorkeeper::setBanned(const std::string &address, bool banned)
{
    if (banned)
        m_banned.insert(address);
    else
        m_banned.erase(address);
}

bool Doorkeeper::isForgotten(const Guesser &guesser) const
{
    return m_clock.now() - guesser.last > shutOutFor;
}

// The one that has been quiet for longest goes.
void Doorkeeper::makeRoom()
{
    if (m_guessers.size() < rememberedAddresses)
        return;
    m_guessers.erase(
        std::min_element(m_guessers.begin(), m_guessers.end(), [](const auto &a, const auto &b) {
            return a.second.last < b.second.last;
        }));
}

} // namespace heliograph
