// The RTMP handshake (RTMP 1.0 section 5.2), and the digests that Flash Player 9 and later ask
// for. Its bytes may arrive cut anywhere.
// Thread: any one at a time. Owner: one per connection, until it is done. Pure: the random bytes
// are handed in.
#pragma once

#include "core/bytes.h"
#include "engine/error.h"

#include <cstdint>
#include <vector>

namespace heliograph::rtmp {

inline constexpr std::size_t handshakeSize = 1536; // C1, C2, S1 and S2 each

class ServerHandshake {
public:
    static constexpr std::size_t randomSize = 2 * handshakeSize; // for S1 and for a digested S2

    // random: randomSize bytes; copied.
    explicit ServerHandshake(ByteSpan random);

    // Takes what belongs to the handshake off the front, says how many bytes that were, and appends
    // to `out` what is to be sent (S0, S1 and S2 as soon as C1 is whole). Bytes that are left when
    // isDone() belong to the chunk stream. A version other than 3 is answered with 3.
    // Errors: Unsupported (RTMPE).
    Result<std::size_t> feed(ByteSpan bytes, std::vector<std::uint8_t> &out);

    bool isDone() const { return m_state == State::Done; }
    bool isDigested() const { return m_digested; } // what the client asked for, known with C1

private:
    enum class State { Version, C1, C2, Done };

    Result<std::size_t> step(ByteSpan bytes, std::vector<std::uint8_t> &out);
    Result<> takeVersion(std::uint8_t clientVersion);
    std::size_t takeC1(ByteSpan bytes, std::vector<std::uint8_t> &out);
    std::size_t skipC2(ByteSpan bytes);
    void answer(std::vector<std::uint8_t> &out);

    std::vector<std::uint8_t> m_random;
    std::vector<std::uint8_t> m_c1;
    std::size_t m_awaited = handshakeSize; // bytes of C2
    State m_state = State::Version;
    bool m_digested = false;
};

// The simple handshake of a client: every server we know takes it.
class ClientHandshake {
public:
    static constexpr std::size_t randomSize = handshakeSize - 8;

    // random: randomSize bytes; copied.
    explicit ClientHandshake(ByteSpan random);

    // C0 and C1: to be sent first.
    std::vector<std::uint8_t> hello() const;

    // As ServerHandshake::feed; C2 goes to `out` when S1 is whole.
    // Errors: Unsupported (the server speaks another version, or no RTMP).
    Result<std::size_t> feed(ByteSpan bytes, std::vector<std::uint8_t> &out);

    bool isDone() const { return m_state == State::Done; }

private:
    enum class State { Version, S1, S2, Done };

    Result<std::size_t> step(ByteSpan bytes, std::vector<std::uint8_t> &out);
    std::size_t takeS1(ByteSpan bytes, std::vector<std::uint8_t> &out);
    std::size_t skipS2(ByteSpan bytes);

    std::vector<std::uint8_t> m_random;
    std::vector<std::uint8_t> m_s1;
    std::size_t m_awaited = handshakeSize; // bytes of S2
    State m_state = State::Version;
};

} // namespace heliograph::rtmp
