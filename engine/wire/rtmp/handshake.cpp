#include "wire/rtmp/handshake.h"

#include "core/digest.h"
#include "wire/big_endian.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <string_view>
#include <utility>

namespace heliograph::rtmp {

namespace {

constexpr std::uint8_t version = 3;
constexpr std::uint8_t encryptedVersion = 6; // RTMPE
constexpr std::size_t fieldsSize = 8; // time and version, or zero, of C1 and S1
constexpr std::size_t digestSize = 32;

using Digest = std::array<std::uint8_t, digestSize>;

// The keys that Flash Player and its server sign with: a text and 32 bytes behind it. C1 and S1 are
// signed with the text alone, S2 with all.
constexpr std::string_view playerText = "Genuine Adobe Flash Player 001";
constexpr std::string_view serverText = "Genuine Adobe Flash Media Server 001";
constexpr Digest keyEnd = {0xf0, 0xee, 0xc2, 0x4a, 0x80, 0x68, 0xbe, 0xe8, 0x2e, 0x00, 0xd0,
                           0xd1, 0x02, 0x9e, 0x7e, 0x57, 0x6e, 0xec, 0x5d, 0x2d, 0x29, 0x80,
                           0x6f, 0xab, 0x93, 0xb8, 0xe6, 0x36, 0xcf, 0xeb, 0x31, 0xae};

ByteSpan spanOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

// Where a digest stands is told by four bytes in front of the field that holds it, at 8 in one
// scheme and at 772 in the other (the other field holds an RTMPE key):
//
//   time 4 | version 4 | o0 o1 o2 o3 | … digest 32 … | 764 bytes up to 772 | 764 bytes
//   time 4 | version 4 | 764 bytes | o0 o1 o2 o3 | … digest 32 … |
constexpr std::array<std::size_t, 2> digestFields = {8, 772};
constexpr std::size_t digestPlaces = 728; // 764 - 4 - 32

std::size_t digestPlace(ByteSpan block, std::size_t field)
{
    const std::size_t sum =
        std::size_t{block[field]} + block[field + 1] + block[field + 2] + block[field + 3];
    return field + 4 + sum % digestPlaces;
}

// Over all of the block but the digest itself.
Digest digestOf(ByteSpan block, std::size_t place, ByteSpan key)
{
    std::vector<std::uint8_t> rest(block.begin(), block.begin() + std::ptrdiff_t(place));
    rest.insert(rest.end(), block.begin() + std::ptrdiff_t(place + digestSize), block.end());
    return hmacSha256(key, rest);
}

struct Signature {
    std::size_t field = 0;
    ByteSpan digest; // into the block
};

// Nothing when no digest in either field is right: the client wants the simple handshake.
std::optional<Signature> findSignature(ByteSpan c1)
{
    for (const std::size_t field : digestFields) {
        const std::size_t place = digestPlace(c1, field);
        const ByteSpan digest = c1.subspan(place, digestSize);
        if (std::ranges::equal(digest, digestOf(c1, place, spanOf(playerText))))
            return Signature{field, digest};
    }
    return std::nullopt;
}

void append(std::vector<std::uint8_t> &out, ByteSpan bytes)
{
    out.insert(out.end(), bytes.begin(), bytes.end());
}

// Time 0 and the version of a server that signs, which a client looks at, or 0.
std::vector<std::uint8_t> blockOf(ByteSpan random, std::uint32_t serverVersion)
{
    std::vector<std::uint8_t> block(random.begin(), random.begin() + handshakeSize);
    wire::write32(block.data(), 0);
    wire::write32(block.data() + 4, serverVersion);
    return block;
}

std::vector<std::uint8_t> signedS1(ByteSpan random, std::size_t field)
{
    constexpr std::uint32_t flashServer = 0x03000101;
    std::vector<std::uint8_t> s1 = blockOf(random, flashServer);
    const std::size_t place = digestPlace(s1, field);
    const Digest digest = digestOf(s1, place, spanOf(serverText));
    std::copy(digest.begin(), digest.end(), s1.begin() + std::ptrdiff_t(place));
    return s1;
}

// Random bytes, and at the end their digest by a key made of the client's digest.
std::vector<std::uint8_t> signedS2(ByteSpan random, ByteSpan clientDigest)
{
    std::vector<std::uint8_t> serverKey(serverText.begin(), serverText.end());
    append(serverKey, keyEnd);
    const ByteSpan front = random.first(handshakeSize - digestSize);
    std::vector<std::uint8_t> s2(front.begin(), front.end());
    append(s2, hmacSha256(hmacSha256(serverKey, clientDigest), front));
    return s2;
}

// Appends at most what is missing of a block; says how much that was.
std::size_t fill(std::vector<std::uint8_t> &block, ByteSpan bytes)
{
    const std::size_t taken = std::min(bytes.size(), handshakeSize - block.size());
    append(block, bytes.first(taken));
    return taken;
}

} // namespace

ServerHandshake::ServerHandshake(ByteSpan random)
    : m_random(random.begin(), random.end())
{
    assert(random.size() == randomSize);
}

Result<std::size_t> ServerHandshake::feed(ByteSpan bytes, std::vector<std::uint8_t> &out)
{
    std::size_t taken = 0;
    while (taken < bytes.size() && !isDone()) {
        const Result<std::size_t> count = step(bytes.subspan(taken), out);
        if (!count)
            return count;
        taken += *count;
    }
    return taken;
}

Result<std::size_t> ServerHandshake::step(ByteSpan bytes, std::vector<std::uint8_t> &out)
{
    switch (m_state) {
    case State::Version:
        if (const Result<> taken = takeVersion(bytes[0]); !taken)
            return tl::unexpected(taken.error());
        return 1;
    case State::C1:
        return takeC1(bytes, out);
    case State::C2:
        return skipC2(bytes);
    case State::Done:
        break;
    }
    return 0;
}

Result<> ServerHandshake::takeVersion(std::uint8_t clientVersion)
{
    if (clientVersion == encryptedVersion)
        return failure(ErrorCode::Unsupported, "RTMP handshake › RTMPE");
    m_state = State::C1;
    return {};
}

std::size_t ServerHandshake::takeC1(ByteSpan bytes, std::vector<std::uint8_t> &out)
{
    const std::size_t taken = fill(m_c1, bytes);
    if (m_c1.size() == handshakeSize) {
        answer(out);
        m_c1 = {};
        m_random = {};
        m_state = State::C2;
    }
    return taken;
}

// What C2 holds is not looked at: clients are known to echo something else.
std::size_t ServerHandshake::skipC2(ByteSpan bytes)
{
    const std::size_t taken = std::min(bytes.size(), m_awaited);
    m_awaited -= taken;
    if (m_awaited == 0)
        m_state = State::Done;
    return taken;
}

// A client that wants no digest says so with a version of 0 (section 5.2.3 calls it "zero").
void ServerHandshake::answer(std::vector<std::uint8_t> &out)
{
    const auto signature =
        wire::read32(m_c1, 4) == 0 ? std::optional<Signature>() : findSignature(m_c1);
    m_digested = signature.has_value();
    const ByteSpan random = m_random;
    out.push_back(version);
    if (signature) {
        append(out, signedS1(random.first(handshakeSize), signature->field));
        append(out, signedS2(random.subspan(handshakeSize), signature->digest));
    } else {
        append(out, blockOf(random.first(handshakeSize), 0));
        append(out, m_c1);
    }
}

ClientHandshake::ClientHandshake(ByteSpan random)
    : m_random(random.begin(), random.end())
{
    assert(random.size() == randomSize);
}

std::vector<std::uint8_t> ClientHandshake::hello() const
{
    std::vector<std::uint8_t> c0c1(1 + handshakeSize); // time and version are 0: no digest
    c0c1[0] = version;
    std::ranges::copy(m_random, c0c1.begin() + 1 + fieldsSize);
    return c0c1;
}

Result<std::size_t> ClientHandshake::feed(ByteSpan bytes, std::vector<std::uint8_t> &out)
{
    std::size_t taken = 0;
    while (taken < bytes.size() && !isDone()) {
        const Result<std::size_t> count = step(bytes.subspan(taken), out);
        if (!count)
            return count;
        taken += *count;
    }
    return taken;
}

Result<std::size_t> ClientHandshake::step(ByteSpan bytes, std::vector<std::uint8_t> &out)
{
    switch (m_state) {
    case State::Version:
        if (bytes[0] != version)
            return failure(ErrorCode::Unsupported, "RTMP handshake › another version, or no RTMP");
        m_state = State::S1;
        return 1;
    case State::S1:
        return takeS1(bytes, out);
    case State::S2:
        return skipS2(bytes);
    case State::Done:
        break;
    }
    return 0;
}

std::size_t ClientHandshake::takeS1(ByteSpan bytes, std::vector<std::uint8_t> &out)
{
    const std::size_t taken = fill(m_s1, bytes);
    if (m_s1.size() == handshakeSize) {
        append(out, m_s1);
        m_s1 = {};
        m_state = State::S2;
    }
    return taken;
}

std::size_t ClientHandshake::skipS2(ByteSpan bytes)
{
    const std::size_t taken = std::min(bytes.size(), m_awaited);
    m_awaited -= taken;
    if (m_awaited == 0)
        m_state = State::Done;
    return taken;
}

} // namespace heliograph::rtmp
