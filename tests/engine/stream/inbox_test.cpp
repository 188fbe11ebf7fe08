#include "core/inbox.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;

namespace {

InboxPush push(Inbox<int> &inbox, int ms, bool keyframe, bool droppable = true)
{
    return inbox.push(ms, milliseconds(ms), keyframe, droppable);
}

} // namespace

TEST(Inbox, TellsWhenTheReaderMustBeWoken)
{
    Inbox<int> inbox(std::chrono::seconds(1));
    EXPECT_EQ(InboxPush::First, push(inbox, 0, true));
    EXPECT_EQ(InboxPush::Queued, push(inbox, 33, false));
    EXPECT_EQ((std::vector{0, 33}), inbox.drain());
    EXPECT_EQ(InboxPush::First, push(inbox, 66, false));
}

TEST(Inbox, RefusesUpToTheNextKeyframeWhenTheReaderIsBehind)
{
    Inbox<int> inbox(milliseconds(100));
    push(inbox, 0, true);
    push(inbox, 100, false);
    EXPECT_EQ(InboxPush::Refused, push(inbox, 133, false));
    inbox.drain();
    EXPECT_EQ(InboxPush::Refused, push(inbox, 166, false)); // would refer to what was dropped
    EXPECT_EQ(InboxPush::First, push(inbox, 170, true, false)); // sound passes
    EXPECT_EQ(InboxPush::Queued, push(inbox, 200, true));
    EXPECT_EQ(InboxPush::Queued, push(inbox, 233, false));
    EXPECT_EQ((std::vector{170, 200, 233}), inbox.drain());
}
