// A handshake with any bytes, as a server and as a client: cutting them differently changes
// nothing, and what is sent has its fixed size.
//
// Script: pieces of u8 + 1 bytes, then the stream.
#include "wire/rtmp/handshake.h"

#include "fuzz/require.h"
#include "fuzz/script.h"
#include "fuzz/targets.h"

namespace heliograph::fuzz {

namespace {

struct Outcome {
    std::vector<std::uint8_t> sent;
    std::size_t taken = 0;
    bool isDone = false;
    bool isRefused = false;
    bool operator==(const Outcome &) const = default;
};

template <class Handshake>
Outcome talk(ByteSpan stream, std::size_t piece)
{
    Handshake handshake(std::vector<std::uint8_t>(Handshake::randomSize, 0x5a));
    Outcome outcome;
    for (std::size_t at = 0; at < stream.size() && !outcome.isRefused; at += piece) {
        const auto taken =
            handshake.feed(stream.subspan(at, std::min(piece, stream.size() - at)), outcome.sent);
        outcome.isRefused = !taken;
        outcome.taken += taken.value_or(0);
    }
    outcome.isDone = handshake.isDone();
    return outcome;
}

template <class Handshake>
void check(ByteSpan stream, std::size_t piece, std::size_t answerSize)
{
    const Outcome whole = talk<Handshake>(stream, std::max<std::size_t>(stream.size(), 1));
    const Outcome cut = talk<Handshake>(stream, piece);
    require(cut.sent == whole.sent && cut.isDone == whole.isDone, "cuts do not matter");
    require(cut.isRefused == whole.isRefused, "nor for a refusal");
    require(whole.isRefused || cut.taken == whole.taken, "nor for what is taken");
    require(whole.sent.empty() || whole.sent.size() == answerSize, "an answer, or none");
    require(whole.taken <= 1 + 2 * rtmp::handshakeSize, "no byte of the chunks is taken");
}

} // namespace

int runRtmpHandshake(ByteSpan input)
{
    Script script(input);
    const std::size_t piece = script.byte() + std::size_t{1};
    const ByteSpan stream = script.bytes(input.size());
    check<rtmp::ServerHandshake>(stream, piece, 1 + 2 * rtmp::handshakeSize);
    check<rtmp::ClientHandshake>(stream, piece, rtmp::handshakeSize);
    return 0;
}

} // namespace heliograph::fuzz
