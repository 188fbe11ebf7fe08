#include "stream/notice_board.h"

#include "units.h"

#include <gtest/gtest.h>

using namespace heliograph;

TEST(NoticeBoard, EqualNoticesInARowBecomeOneWithACount)
{
    test::ManualClock clock;
    NoticeBoard board(clock);
    for (int i = 0; i < 3; ++i)
        board.post(NoticeLevel::Warning, Notice::Event::DeviceLost, "Camera");
    board.post(NoticeLevel::Warning, Notice::Event::DeviceLost, "Another");
    ASSERT_EQ(2u, board.all().size());
    EXPECT_EQ(3u, board.all()[0].count);
    EXPECT_GT(board.all()[1].id, board.all()[0].id);
}

TEST(NoticeBoard, ForgetsTheOldest)
{
    test::ManualClock clock;
    NoticeBoard board(clock);
    for (int i = 0; i < 500; ++i)
        board.post(NoticeLevel::Information, Notice::Event::DeviceFound, std::to_string(i));
    EXPECT_EQ(200u, board.all().size());
    EXPECT_EQ("499", board.all().back().subject);
}
