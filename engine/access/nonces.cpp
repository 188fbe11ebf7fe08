#include "access/nonces.h"

#include "core/digest.h"

#include <charconv>
#include <fmt/format.h>

namespace heliograph {

namespace {

constexpr std::size_t timeDigits = 16; // milliseconds on the steady clock, hexadecimal
constexpr std::size_t signatureDigits = 32; // 128 bits of the HMAC

std::int64_t milliseconds(Timestamp time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

} // namespace

Nonces::Nonces(const Clock &clock, Random &random)
    : m_clock(clock)
{
    for (int i = 0; i < 4; ++i)
        m_key += fmt::format("{:016x}", random.next64());
}

std::string Nonces::issue(std::string_view address) const
{
    const std::string time = fmt::format("{:016x}", milliseconds(m_clock.now()));
    return time + sign(time, address);
}

NonceAge Nonces::judge(std::string_view nonce, std::string_view address) const
{
    if (nonce.size() != timeDigits + signatureDigits)
        return NonceAge::Foreign;
    const std::string_view time = nonce.substr(0, timeDigits);
    if (!equalSecrets(nonce.substr(timeDigits), sign(time, address)))
        return NonceAge::Foreign;
    std::int64_t issued = 0;
    std::from_chars(time.data(), time.data() + time.size(), issued, 16);
    return milliseconds(m_clock.now()) - issued > milliseconds(lifetime) ? NonceAge::Stale
                                                                         : NonceAge::Fresh;
}

std::string Nonces::sign(std::string_view time, std::string_view address) const
{
    return hmacSha256Hex(m_key, std::string(time) + " " + std::string(address))
        .substr(0, signatureDigits);
}

} // namespace heliograph
