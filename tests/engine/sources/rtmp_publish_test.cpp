// A source at its place on the desk, with a publisher that comes, goes and comes back.
#include "sources/rtmp/item_source.h"

#include "engine/sources/files.h"
#include "engine/sources/publisher.h"
#include "sources/catalogue.h"
#include "sources/rtmp/desk_supply.h"

#include <deque>
#include <future>
#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

constexpr Timestamp ever = std::chrono::minutes(5);
const SystemClock systemClock;

ItemTerms patient()
{
    ItemTerms terms;
    terms.grace = ever;
    terms.silence = ever;
    terms.patience = {ever, ever};
    return terms;
}

// A visitor that tells of one track and goes; a minute later another one with two.
class ScriptedSupply final : public ItemSupply {
public:
    explicit ScriptedSupply(test::WoundClock &clock)
        : m_clock(clock)
    {
    }
    Result<> begin() override { return {}; }
    Result<std::optional<PublishedItem>> take(milliseconds, const std::stop_token &) override
    {
        if (m_items.empty())
            return std::optional<PublishedItem>();
        PublishedItem item = m_items.front();
        m_items.pop_front();
        item.arrived = m_clock.now();
        if (item.kind == PublishedItem::Kind::End)
            m_clock.advance(std::chrono::minutes(1));
        return std::optional(item);
    }

private:
    test::WoundClock &m_clock;
    std::deque<PublishedItem> m_items = {test::begin(), test::pictureHeader(), test::end(),
                                         test::begin(), test::pictureHeader(), test::soundHeader()};
};

class Publish : public testing::Test {
protected:
    using Opened = std::future<Result<std::vector<TrackId>>>;

    std::unique_ptr<ItemSupply> supply()
    {
        return supplyFromDesk(Secret("garden"), std::make_shared<IngestDoor>(m_policy), m_desk);
    }

    // On a thread of its own; returns when the source has its place.
    Opened beginOpening(ItemTerms terms = patient(), const std::stop_token &stop = {})
    {
        m_source = itemSource(supply(), terms, systemClock);
        auto opened = std::async(std::launch::async, [this, stop] { return m_source->open(stop); });
        do
            m_door = m_desk.find("garden");
        while (!m_door);
        return opened;
    }

    void open(ItemTerms terms = patient())
    {
        auto opened = beginOpening(terms);
        beginBoth();
        ASSERT_EQ((std::vector{TrackId::Video, TrackId::Audio}), opened.get().value());
    }

    void push(const PublishedItem &item) { ASSERT_TRUE(m_door->push(item)); }
    void beginBoth()
    {
        push(test::begin());
        push(test::pictureHeader());
        push(test::soundHeader());
    }

    AccessUnitPtr read()
    {
        const auto item = m_source->read({});
        EXPECT_TRUE(item) << item.error().detail;
        return item ? std::get<AccessUnitPtr>(*item) : nullptr;
    }
    ErrorCode readError()
    {
        const auto item = m_source->read({});
        EXPECT_FALSE(item);
        return item ? ErrorCode::Internal : item.error().code;
    }

    IngestDesk m_desk;
    IngestDoor::TakeOver m_policy = IngestDoor::TakeOver::NewestWins;
    std::shared_ptr<IngestDoor> m_door;
    std::unique_ptr<Source> m_source;
};

} // namespace

TEST_F(Publish, WhatCameBeforeTheTracksWereKnownIsNotLost)
{
    auto opened = beginOpening();
    push(test::begin());
    push(test::pictureHeader());
    push(test::keyframe(5000));
    push(test::otherPicture(5040));
    push(test::soundHeader());
    push(test::sound(5010));
    ASSERT_TRUE(opened.get());
    const auto first = read();
    EXPECT_TRUE(first->keyframe);
    EXPECT_EQ(first->dts + milliseconds(40), read()->dts);
    const auto heard = read();
    EXPECT_EQ(TrackId::Audio, heard->track);
    EXPECT_EQ(first->dts + milliseconds(10), heard->dts);
}

TEST_F(Publish, AShortVisitLeavesNothingBehind)
{
    auto opened = beginOpening();
    push(test::begin());
    push(test::pictureHeader());
    push(test::keyframe(0));
    push(test::end());
    beginBoth();
    push(test::otherPicture(9000));
    ASSERT_TRUE(opened.get());
    EXPECT_FALSE(read()->keyframe);
}

TEST_F(Publish, AShortVisitDuringTheGraceLeavesNothingBehind)
{
    open();
    push(test::begin());
    push(test::pictureHeader());
    push(test::keyframe(0));
    push(test::end());
    beginBoth();
    push(test::otherPicture(9000));
    EXPECT_FALSE(read()->keyframe);
}

TEST(PublishOnAWoundClock, TheTracksOfAShortVisitAreNotTheNextOnes)
{
    test::WoundClock clock;
    const auto source = itemSource(std::make_unique<ScriptedSupply>(clock), {}, clock);
    EXPECT_EQ((std::vector{TrackId::Video, TrackId::Audio}), source->open({}).value());
}

TEST_F(Publish, WhoComesBackWithinTheGraceGoesOn)
{
    open();
    push(test::keyframe(100000));
    const auto before = read();
    push(test::end());
    beginBoth();
    push(test::keyframe(0));
    push(test::sound(0));
    const auto after = read();
    EXPECT_TRUE(after->keyframe);
    EXPECT_GT(after->dts, before->dts);
    EXPECT_EQ(before->config, after->config);
    EXPECT_GT(read()->dts, before->dts);
}

TEST_F(Publish, ATakeOverGoesOnWithoutAnEnd)
{
    open();
    push(test::keyframe(100000));
    const auto before = read();
    beginBoth();
    push(test::keyframe(0));
    EXPECT_GT(read()->dts, before->dts);
}

TEST_F(Publish, WhoDoesNotComeBackIsWaitedForNoLongerThanTheGrace)
{
    ItemTerms terms = patient();
    terms.grace = milliseconds(20);
    open(terms);
    push(test::keyframe(0));
    EXPECT_TRUE(read());
    push(test::end());
    EXPECT_EQ(ErrorCode::NoPublisher, readError());
}

TEST_F(Publish, SilenceIsAnEnd)
{
    ItemTerms terms = patient();
    terms.grace = milliseconds(0);
    terms.silence = milliseconds(30);
    open(terms);
    EXPECT_EQ(ErrorCode::NoPublisher, readError());
}

TEST_F(Publish, OtherTracksBeginAnewAndTheirPublisherMustComeAgain)
{
    open();
    push(test::end());
    push(test::begin());
    push(test::metadata({{"videocodecid", 7}}));
    push(test::pictureHeader());
    EXPECT_EQ(ErrorCode::ConnectionLost, readError());
    EXPECT_FALSE(m_door->isClosed());
    m_source.reset();
    EXPECT_TRUE(m_door->isClosed());
    EXPECT_FALSE(m_desk.find("garden"));
}

TEST_F(Publish, ThePolicyIsKnownAtTheDoor)
{
    for (const auto policy : {IngestDoor::TakeOver::NewestWins, IngestDoor::TakeOver::Refuse}) {
        m_policy = policy;
        m_source.reset();
        open();
        EXPECT_EQ(policy, m_door->policy());
    }
}

TEST_F(Publish, AKeyIsTakenOnce)
{
    open();
    const auto other = supply()->begin();
    ASSERT_FALSE(other);
    EXPECT_EQ(ErrorCode::AlreadyExists, other.error().code);
    EXPECT_EQ(std::string::npos, other.error().detail.find("garden"));
    EXPECT_TRUE(m_desk.find("garden"));
}

TEST_F(Publish, OtherPicturesAreNamed)
{
    auto opened = beginOpening();
    const auto head =
        rtmp::writeVideoHead({rtmp::four_cc::vvc, rtmp::PacketKind::SequenceHeader, true});
    push(test::begin());
    push(test::item(PublishedItem::Kind::Picture, 0, Bytes::copyOf(head.span())));
    push(test::soundHeader());
    const auto tracks = opened.get();
    ASSERT_FALSE(tracks);
    EXPECT_EQ(ErrorCode::Unsupported, tracks.error().code);
    EXPECT_NE(std::string::npos, tracks.error().detail.find("vvc1"));
}

TEST_F(Publish, AStopEndsTheWaitForAPublisher)
{
    std::stop_source stop;
    auto opened = beginOpening(patient(), stop.get_token());
    stop.request_stop();
    EXPECT_EQ(ErrorCode::Cancelled, opened.get().error().code);
}

TEST(RtmpSource, AnEmptyKeyIsRefusedWithASentence)
{
    IngestDesk desk;
    const SourceType *type = findSourceType("rtmp");
    ASSERT_TRUE(type);
    const auto settings = completeSettings(wholeSchema(*type), {});
    ASSERT_TRUE(settings);
    const auto source = type->create(*settings, {desk});
    ASSERT_FALSE(source);
    EXPECT_EQ(ErrorCode::InvalidArgument, source.error().code);
    EXPECT_NE(std::string::npos, source.error().detail.find("stream key"));
}
