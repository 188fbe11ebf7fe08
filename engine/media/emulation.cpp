#include "media/emulation.h"

namespace heliograph::h264 {

std::vector<std::uint8_t> withEmulation(ByteSpan payload)
{
    std::vector<std::uint8_t> escaped;
    escaped.reserve(payload.size() + payload.size() / 2 + 1);
    int zeros = 0;
    for (const std::uint8_t byte : payload) {
        if (zeros == 2 && byte <= 3) {
            escaped.push_back(3);
            zeros = 0;
        }
        escaped.push_back(byte);
        zeros = byte == 0 ? zeros + 1 : 0;
    }
    return escaped;
}

std::vector<std::uint8_t> withoutEmulation(ByteSpan escaped)
{
    std::vector<std::uint8_t> payload;
    payload.reserve(escaped.size());
    int zeros = 0;
    for (const std::uint8_t byte : escaped) {
        if (zeros >= 2 && byte == 3) {
            zeros = 0;
            continue;
        }
        payload.push_back(byte);
        zeros = byte == 0 ? zeros + 1 : 0;
    }
    return payload;
}

} // namespace heliograph::h264
