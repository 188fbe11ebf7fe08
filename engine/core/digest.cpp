#include "core/digest.h"

#include <array>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace heliograph {

namespace {

using Octets = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string toHex(const Octets &octets, unsigned length)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * std::size_t(length));
    for (unsigned i = 0; i < length; ++i) {
        text += digits[octets[i] >> 4];
        text += digits[octets[i] & 0xf];
    }
    return text;
}

std::string hashHex(const EVP_MD *kind, std::string_view text)
{
    Octets octets{};
    unsigned length = 0;
    EVP_Digest(text.data(), text.size(), octets.data(), &length, kind, nullptr);
    return toHex(octets, length);
}

} // namespace

std::string md5Hex(std::string_view text)
{
    return hashHex(EVP_md5(), text);
}

std::string sha256Hex(std::string_view text)
{
    return hashHex(EVP_sha256(), text);
}

std::string hmacSha256Hex(std::string_view key, std::string_view text)
{
    Octets octets{};
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), int(key.size()),
         reinterpret_cast<const unsigned char *>(text.data()), text.size(), octets.data(), &length);
    return toHex(octets, length);
}

bool equalSecrets(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace heliograph
