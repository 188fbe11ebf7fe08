#include "wire/base64.h"

#include "wire/text.h"

#include <array>

namespace heliograph::wire {

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t invalid = 0xff;

constexpr std::array<std::uint8_t, 256> makeValues()
{
    std::array<std::uint8_t, 256> values{};
    values.fill(invalid);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = std::uint8_t(i);
    return values;
}

constexpr std::array<std::uint8_t, 256> values = makeValues();

} // namespace

//  |7 6 5 4 3 2 1 0|7 6 5 4 3 2 1 0|7 6 5 4 3 2 1 0|   three bytes
//  |5 4 3 2 1 0|5 4 3 2 1 0|5 4 3 2 1 0|5 4 3 2 1 0|   four letters
std::string toBase64(ByteSpan bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = (group << 8) | (i < count ? bytes[at + i] : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= count ? alphabet[(group >> (18 - 6 * i)) & 0x3f] : '=';
    }
    return text;
}

// Padding may be missing: cameras leave it out.
Result<std::vector<std::uint8_t>> fromBase64(std::string_view text)
{
    const std::size_t padding =
        std::min<std::size_t>(2, text.size() - text.find_last_not_of('=') - 1);
    text.remove_suffix(padding);
    std::vector<std::uint8_t> bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t group = 0;
    int bits = 0;
    for (const char c : text) {
        const std::uint8_t value = values[static_cast<unsigned char>(c)];
        if (value == invalid)
            return failure(ErrorCode::Malformed, "read base64");
        group = (group << 6) | value;
        bits += 6;
        if (bits < 8)
            continue;
        bits -= 8;
        bytes.push_back(std::uint8_t(group >> bits));
    }
    if (bits == 6) // a letter alone holds no byte
        return failure(ErrorCode::Malformed, "read base64");
    return bytes;
}

} // namespace heliograph::wire
