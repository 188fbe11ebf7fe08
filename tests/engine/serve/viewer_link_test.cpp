// The way out of one viewer, to a connection that takes what the test allows.
#include "bare_context.h"
#include "serve/viewer_link.h"
#include "support/bare_server.h"

#include <gtest/gtest.h>

using namespace heliograph;

namespace {

BatchPtr picture(std::size_t bytes, bool keyframe = true)
{
    auto batch = std::make_shared<Batch>();
    batch->keyframe = keyframe;
    batch->block = Bytes(std::vector<std::uint8_t>(bytes, 0x5a));
    return batch;
}

class ViewerLinkTest : public testing::Test {
protected:
    ViewerLinkTest() { m_peer->keep = false; }

    void pass(std::chrono::seconds time)
    {
        m_bare.clock.advance(time);
        m_link.noteProgress();
    }

    test::BareContext m_bare;
    test::BareServer::Peer m_peer = std::make_shared<test::BareConnection::State>();
    int m_ended = 0;
    serve::ViewerLink m_link{
        m_bare.context,
        std::make_unique<test::BareConnection>(m_peer, net::Endpoint(), net::Endpoint()),
        {},
        [this] { ++m_ended; }};
};

} // namespace

TEST_F(ViewerLinkTest, APictureThatIsTakenWholeNeverWaits)
{
    EXPECT_EQ(0u, m_link.send(picture(1000), this));
    EXPECT_EQ(1000u, m_peer->sentBytes);
    EXPECT_FALSE(m_link.isBehind());
    EXPECT_TRUE(m_link.noteProgress());
    EXPECT_FALSE(m_link.noteProgress());
}

TEST_F(ViewerLinkTest, OneThatTakesNothingIsStuckAfterTenSeconds)
{
    m_peer->room = 100;
    m_link.send(picture(1000), this);
    EXPECT_TRUE(m_link.isBehind());
    pass(std::chrono::seconds(0));
    pass(std::chrono::seconds(10));
    EXPECT_FALSE(m_link.isStuck());
    pass(std::chrono::seconds(1));
    EXPECT_TRUE(m_link.isStuck());
}

TEST_F(ViewerLinkTest, WhatWaitsIsStillSentBeforeItEnds)
{
    m_peer->room = 100;
    m_link.send(picture(1000), this);
    m_link.closeSoon();
    EXPECT_TRUE(m_link.isClosing());
    EXPECT_EQ(0, m_ended);
    EXPECT_EQ(0u, m_link.send(picture(500), this)); // nothing new
    m_peer->room = SIZE_MAX;
    m_link.onWritable();
    EXPECT_EQ(1000u, m_peer->sentBytes);
    EXPECT_EQ(1, m_ended);
}

TEST_F(ViewerLinkTest, WithNothingWaitingItEndsAtOnce)
{
    m_link.closeSoon();
    EXPECT_EQ(1, m_ended);
}
