#include "access/nonces.h"

#include "support/counting_random.h"
#include "support/manual_clock.h"

#include <gtest/gtest.h>

namespace heliograph {

TEST(Nonces, AreBoundToTheirAddressAndTheirTime)
{
    test::ManualClock clock;
    test::CountingRandom random;
    const Nonces nonces(clock, random);
    const std::string nonce = nonces.issue("192.0.2.1");
    EXPECT_EQ(NonceAge::Fresh, nonces.judge(nonce, "192.0.2.1"));
    EXPECT_EQ(NonceAge::Foreign, nonces.judge(nonce, "192.0.2.2"));
    clock.advance(Nonces::lifetime);
    EXPECT_EQ(NonceAge::Fresh, nonces.judge(nonce, "192.0.2.1"));
    clock.advance(std::chrono::milliseconds(1));
    EXPECT_EQ(NonceAge::Stale, nonces.judge(nonce, "192.0.2.1"));
    EXPECT_NE(nonce, nonces.issue("192.0.2.1"));
}

TEST(Nonces, CannotBeMadeUpOrBroughtFromAnotherServer)
{
    test::ManualClock clock;
    test::CountingRandom random;
    const Nonces ours(clock, random);
    const Nonces others(clock, random);
    const std::string nonce = ours.issue("a");
    EXPECT_EQ(NonceAge::Foreign, others.judge(nonce, "a"));
    for (std::size_t i = 0; i < nonce.size(); ++i) {
        std::string bent = nonce;
        bent[i] = bent[i] == '0' ? '1' : '0';
        EXPECT_EQ(NonceAge::Foreign, ours.judge(bent, "a")) << i;
    }
    EXPECT_EQ(NonceAge::Foreign, ours.judge("", "a"));
    EXPECT_EQ(NonceAge::Foreign, ours.judge(nonce + "0", "a"));
}

} // namespace heliograph
