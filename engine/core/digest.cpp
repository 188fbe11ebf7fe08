#include "core/digest.h"

#include <array>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace heliograph {

namespace {

ByteSpan spanOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

std::string toHex(ByteSpan octets)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * octets.size());
    for (const std::uint8_t octet : octets) {
        text += digits[octet >> 4];
        text += digits[octet & 0xf];
    }
    return text;
}

std::string hashHex(const EVP_MD *kind, std::string_view text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> octets{};
    unsigned length = 0;
    EVP_Digest(text.data(), text.size(), octets.data(), &length, kind, nullptr);
    return toHex(ByteSpan(octets).first(length));
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
    const std::array<std::uint8_t, 32> digest = hmacSha256(spanOf(key), spanOf(text));
    return toHex(digest);
}

std::array<std::uint8_t, 32> hmacSha256(ByteSpan key, ByteSpan bytes)
{
    std::array<std::uint8_t, 32> digest{};
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), int(key.size()), bytes.data(), bytes.size(), digest.data(),
         &length);
    return digest;
}

bool equalSecrets(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace heliograph
