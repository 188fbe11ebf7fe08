// Nonces for digests: each is bound to the address it was given to and to the time, by a key that
// nobody else has. Nothing is remembered, so a million questions cost no memory.
// Thread: the loop. Owner: an output.
#pragma once

#include "core/clock.h"
#include "core/random.h"

#include <string>
#include <string_view>

namespace heliograph {

enum class NonceAge {
    Fresh,
    Stale, // ours, and too old: the client asks again with a new one, nobody types a password
    Foreign, // not ours, or another address's
};

class Nonces {
public:
    static constexpr Timestamp lifetime = std::chrono::minutes(5);

    Nonces(const Clock &clock, Random &random);

    std::string issue(std::string_view address) const;
    NonceAge judge(std::string_view nonce, std::string_view address) const;

private:
    std::string sign(std::string_view time, std::string_view address) const;

    const Clock &m_clock;
    std::string m_key;
};

} // namespace heliograph
