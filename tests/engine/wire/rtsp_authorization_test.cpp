#include "wire/rtsp/authorization.h"

#include "engine/wire/cases/authorization_cases.h"

#include <gtest/gtest.h>

namespace heliograph::rtsp {

TEST(RtspAuthorization, R29_IsReadAsPlayersWriteIt)
{
    for (const test::AuthorizationCase &example : test::authorizationCases()) {
        const auto read = parseAuthorization(example.header);
        EXPECT_EQ(example.read.has_value(), read.has_value()) << example.header;
        if (example.read && read) {
            EXPECT_TRUE(*example.read == *read) << example.header;
        }
    }
    EXPECT_EQ(ErrorCode::TooLarge,
              parseAuthorization("Digest a=" + std::string(5000, 'a')).error().code);
}

TEST(RtspAuthorization, WhatIsWrittenIsRead)
{
    DigestProof whole{
        R"(a "b")", "r\\",      "n", "rtsp://h/cam?x=1", "0123", DigestAlgorithm::Sha256,
        "auth",     "00000001", "c"};
    EXPECT_TRUE(parseAuthorization(writeAuthorization(whole)).value() == Credentials(whole));
    const BasicCredentials basic{"u", Secret("p ü")};
    EXPECT_TRUE(parseAuthorization(writeAuthorization(basic)).value() == Credentials(basic));
}

TEST(RtspAuthorization, AChallengeNamesItsAlgorithm)
{
    EXPECT_EQ(R"(Digest realm="r", nonce="n", algorithm=SHA-256)",
              writeDigestChallenge({"r", "n", false}, DigestAlgorithm::Sha256));
    EXPECT_EQ(R"(Digest realm="r", nonce="n", algorithm=MD5, stale=true)",
              writeDigestChallenge({"r", "n", true}, DigestAlgorithm::Md5));
    EXPECT_EQ(R"(Basic realm="r")", writeBasicChallenge("r"));
}

// RFC 7616 section 3.9.1, both algorithms.
TEST(RtspAuthorization, TheExamplesOfRfc7616Prove)
{
    DigestProof proof;
    proof.user = "Mufasa";
    proof.realm = "http-auth@example.org";
    proof.nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    proof.uri = "/dir/index.html";
    proof.qop = "auth";
    proof.nonceCount = "00000001";
    proof.clientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    proof.response = "8ca523f5e9506fed4657c9700eebdbec";
    const Secret password("Circle of Life");
    EXPECT_TRUE(proves(proof, password, "GET"));
    EXPECT_FALSE(proves(proof, password, "PUT"));
    EXPECT_FALSE(proves(proof, Secret("Circle of life"), "GET"));
    EXPECT_FALSE(proves(proof, Secret(), "GET"));
    proof.algorithm = DigestAlgorithm::Sha256;
    EXPECT_FALSE(proves(proof, password, "GET"));
    proof.response = "753927FA0E85D155564E2E272A28D1802CA10DAF4496794697CF8DB5856CB6C1";
    EXPECT_TRUE(proves(proof, password, "GET"));
}

} // namespace heliograph::rtsp
