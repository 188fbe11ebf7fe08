#include "media/emulation.h"
#include "media/h264.h"

#include <algorithm>

namespace heliograph::h264 {

namespace {

constexpr std::size_t userDataUnregistered = 5; // payloadType, table D.1
constexpr std::size_t uuidSize = 16;

//  +------+---------------+---------------+---------+-----+------+
//  | 0x06 | payloadType   | payloadSize   | payload | …   | 0x80 |   section 7.3.2.3
//  +------+---------------+---------------+---------+-----+------+
//          both: 0xff for each whole 255, then the rest
void putSeiNumber(std::vector<std::uint8_t> &out, std::size_t value)
{
    out.insert(out.end(), value / 255, 0xff);
    out.push_back(std::uint8_t(value % 255));
}

// Takes a payloadType or payloadSize off the front. False when the message ends inside it.
bool takeSeiNumber(ByteSpan &rest, std::size_t &value)
{
    const auto last =
        std::find_if(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte != 0xff; });
    if (last == rest.end())
        return false;
    const auto whole = std::size_t(last - rest.begin());
    value = whole * 255 + *last;
    rest = rest.subspan(whole + 1);
    return true;
}

} // namespace

std::vector<std::uint8_t> userDataSei(std::span<const std::uint8_t, 16> uuid, ByteSpan payload)
{
    std::vector<std::uint8_t> message;
    putSeiNumber(message, userDataUnregistered);
    putSeiNumber(message, uuid.size() + payload.size());
    message.insert(message.end(), uuid.begin(), uuid.end());
    message.insert(message.end(), payload.begin(), payload.end());
    message.push_back(0x80); // rbsp_trailing_bits

    std::vector<std::uint8_t> nal = withEmulation(message);
    nal.insert(nal.begin(), std::uint8_t(NalType::Sei));
    return nal;
}

std::vector<std::uint8_t> findUserData(ByteSpan seiNal, std::span<const std::uint8_t, 16> uuid)
{
    if (typeOf(seiNal) != NalType::Sei)
        return {};
    const std::vector<std::uint8_t> messages = withoutEmulation(seiNal.subspan(1));
    ByteSpan rest = messages;
    std::size_t type = 0;
    std::size_t size = 0;
    while (takeSeiNumber(rest, type) && takeSeiNumber(rest, size) && size <= rest.size()) {
        const ByteSpan payload = rest.first(size);
        rest = rest.subspan(size);
        if (type == userDataUnregistered && size >= uuidSize
            && std::equal(uuid.begin(), uuid.end(), payload.begin()))
            return {payload.begin() + uuidSize, payload.end()};
    }
    return {};
}

} // namespace heliograph::h264
