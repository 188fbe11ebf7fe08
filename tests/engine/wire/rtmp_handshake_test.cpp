#include "wire/rtmp/handshake.h"

#include "core/digest.h"
#include "engine/media/hex.h"

#include <gtest/gtest.h>

namespace heliograph::rtmp {

using test::spanOf;
using test::vectorOf;

namespace {

using Octets = std::vector<std::uint8_t>;

Octets pattern(std::size_t size, unsigned seed = 1)
{
    Octets octets(size);
    for (std::uint8_t &octet : octets) {
        seed = seed * 1103515245 + 12345;
        octet = std::uint8_t(seed >> 16);
    }
    return octets;
}

Octets joined(std::initializer_list<ByteSpan> parts)
{
    Octets all;
    for (const ByteSpan part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

Octets withoutRange(ByteSpan block, std::size_t at, std::size_t size)
{
    return joined({block.first(at), block.subspan(at + size)});
}

// Where the digest stands in a block whose scheme has its four bytes at `field`.
std::size_t placeIn(ByteSpan block, std::size_t field)
{
    return field + 4
        + (block[field] + block[field + 1] + block[field + 2] + block[field + 3]) % 728;
}

// C1 as Flash Player 10 would sign it.
Octets signedC1(std::size_t field)
{
    Octets c1 = pattern(handshakeSize, 7);
    const Octets version = test::hex("00000000 80000702");
    std::copy(version.begin(), version.end(), c1.begin());
    const std::size_t place = placeIn(c1, field);
    const auto digest =
        hmacSha256(spanOf("Genuine Adobe Flash Player 001"), withoutRange(c1, place, 32));
    std::copy(digest.begin(), digest.end(), c1.begin() + std::ptrdiff_t(place));
    return c1;
}

Octets plainC1()
{
    Octets c1 = pattern(handshakeSize, 9);
    std::fill_n(c1.begin() + 4, 4, std::uint8_t(0));
    return c1;
}

struct Outcome {
    Octets sent;
    std::size_t taken = 0;
    bool isDone = false;
    bool isDigested = false;
};

Outcome serve(ByteSpan stream, std::size_t piece)
{
    ServerHandshake handshake(pattern(ServerHandshake::randomSize));
    Outcome outcome;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        const auto taken =
            handshake.feed(stream.subspan(at, std::min(piece, stream.size() - at)), outcome.sent);
        outcome.taken += taken.value_or(0);
    }
    outcome.isDone = handshake.isDone();
    outcome.isDigested = handshake.isDigested();
    return outcome;
}

const Octets version = {3};

} // namespace

// RFC 4231 section 4.3.
TEST(RtmpHandshake, T1_TheDigestIsHmacSha256)
{
    EXPECT_EQ(vectorOf(hmacSha256(spanOf("Jefe"), spanOf("what do ya want for nothing?"))),
              test::hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    EXPECT_EQ(hmacSha256Hex("Jefe", "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(RtmpHandshake, T1_SimpleEchoesC1)
{
    const Octets c1 = plainC1();
    const Octets stream = joined({version, c1, pattern(handshakeSize, 3), spanOf("chunks")});
    const Outcome outcome = serve(stream, stream.size());
    EXPECT_TRUE(outcome.isDone);
    EXPECT_FALSE(outcome.isDigested);
    EXPECT_EQ(outcome.taken, 1 + 2 * handshakeSize);
    ASSERT_EQ(outcome.sent.size(), 1 + 2 * handshakeSize);
    EXPECT_EQ(outcome.sent[0], 3);
    EXPECT_EQ(vectorOf(ByteSpan(outcome.sent).subspan(1, 8)), Octets(8, 0));
    EXPECT_EQ(vectorOf(ByteSpan(outcome.sent).subspan(1 + handshakeSize)), c1);
}

TEST(RtmpHandshake, T1_CutsDoNotMatter)
{
    for (const Octets &c1 : {plainC1(), signedC1(8)}) {
        const Octets stream = joined({version, c1, pattern(handshakeSize, 3), spanOf("chunks")});
        const Outcome whole = serve(stream, stream.size());
        for (const std::size_t piece : {1, 2, 7, 1535, 1536, 1537, 1538, 3000}) {
            const Outcome cut = serve(stream, piece);
            EXPECT_EQ(cut.sent, whole.sent) << piece;
            EXPECT_EQ(cut.taken, whole.taken) << piece;
            EXPECT_TRUE(cut.isDone) << piece;
        }
    }
}

TEST(RtmpHandshake, T1_AnswersWhenC1IsWholeAndAwaitsC2)
{
    const Octets begin = joined({version, plainC1()});
    EXPECT_TRUE(serve(ByteSpan(begin).first(handshakeSize), 100).sent.empty());
    const Outcome outcome = serve(begin, 100);
    EXPECT_EQ(outcome.sent.size(), 1 + 2 * handshakeSize);
    EXPECT_FALSE(outcome.isDone);
}

TEST(RtmpHandshake, T1_BothDigestsAreAnswered)
{
    for (const std::size_t field : {8U, 772U}) {
        const Octets c1 = signedC1(field);
        const Outcome outcome = serve(joined({version, c1}), 4096);
        ASSERT_TRUE(outcome.isDigested) << field;
        const ByteSpan s1 = ByteSpan(outcome.sent).subspan(1, handshakeSize);
        const ByteSpan s2 = ByteSpan(outcome.sent).subspan(1 + handshakeSize);
        EXPECT_NE(s1[4], 0);
        const std::size_t place = placeIn(s1, field);
        EXPECT_EQ(vectorOf(s1.subspan(place, 32)),
                  vectorOf(hmacSha256(spanOf("Genuine Adobe Flash Media Server 001"),
                                      withoutRange(s1, place, 32))));
        const Octets key = joined({spanOf("Genuine Adobe Flash Media Server 001"),
                                   test::hex("f0eec24a8068bee82e00d0d1029e7e57"
                                             "6eec5d2d29806fab93b8e636cfeb31ae")});
        const auto keyOfS2 = hmacSha256(key, ByteSpan(c1).subspan(placeIn(c1, field), 32));
        EXPECT_EQ(vectorOf(s2.subspan(handshakeSize - 32)),
                  vectorOf(hmacSha256(keyOfS2, s2.first(handshakeSize - 32))));
    }
}

TEST(RtmpHandshake, T1_AWrongDigestIsTheSimpleHandshake)
{
    Octets c1 = signedC1(8);
    c1.back() ^= 1;
    const Outcome outcome = serve(joined({version, c1}), 4096);
    EXPECT_FALSE(outcome.isDigested);
    EXPECT_EQ(vectorOf(ByteSpan(outcome.sent).subspan(1 + handshakeSize)), c1);
}

TEST(RtmpHandshake, T1_OtherVersionsAreAnsweredWithThree)
{
    for (const std::uint8_t other : {0, 2, 4, 31, 255}) {
        const Outcome outcome = serve(joined({Octets{other}, plainC1()}), 4096);
        ASSERT_FALSE(outcome.sent.empty());
        EXPECT_EQ(outcome.sent[0], 3);
    }
}

TEST(RtmpHandshake, T1_EncryptedRtmpIsRefused)
{
    ServerHandshake handshake(pattern(ServerHandshake::randomSize));
    Octets out;
    const auto taken = handshake.feed(Octets{6}, out);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::Unsupported);
    EXPECT_TRUE(out.empty());
}

TEST(RtmpHandshake, OurClientAndOurServerAgree)
{
    for (const std::size_t piece : {1U, 1000U, 10000U}) {
        ClientHandshake client(pattern(ClientHandshake::randomSize, 5));
        const Outcome served = serve(client.hello(), piece);
        const Octets answer = joined({served.sent, spanOf("chunks")});
        Octets c2;
        std::size_t taken = 0;
        for (std::size_t at = 0; at < answer.size(); at += piece)
            taken +=
                *client.feed(ByteSpan(answer).subspan(at, std::min(piece, answer.size() - at)), c2);
        EXPECT_TRUE(client.isDone());
        EXPECT_EQ(taken, served.sent.size());
        EXPECT_EQ(c2, vectorOf(ByteSpan(served.sent).subspan(1, handshakeSize)));
        EXPECT_TRUE(serve(joined({client.hello(), c2}), piece).isDone);
    }
}

TEST(RtmpHandshake, AServerOfAnotherProtocolIsRefused)
{
    ClientHandshake client(pattern(ClientHandshake::randomSize));
    Octets out;
    EXPECT_FALSE(client.feed(spanOf("HTTP/1.1 400"), out));
    EXPECT_TRUE(out.empty());
}

} // namespace heliograph::rtmp
