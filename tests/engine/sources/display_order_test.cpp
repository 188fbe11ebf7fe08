#include "sources/file/display_order.h"

#include <gtest/gtest.h>
#include <vector>

using namespace heliograph;

namespace {

struct Picture {
    int order;
    bool startsAnew;
};

std::vector<std::int64_t> places(const std::vector<Picture> &pictures)
{
    DisplayOrder order;
    std::vector<std::int64_t> found;
    for (const Picture &picture : pictures) {
        order.push(picture.order, picture.startsAnew);
        while (const auto place = order.next())
            found.push_back(*place);
    }
    order.end();
    while (const auto place = order.next())
        found.push_back(*place);
    return found;
}

} // namespace

TEST(DisplayOrder, PicturesAreCountedInTheOrderOfShowing)
{
    EXPECT_EQ((std::vector<std::int64_t>{0, 4, 2, 1, 3, 6, 5, 7, 9, 8}),
              places({{0, true},
                      {8, false},
                      {4, false},
                      {2, false},
                      {6, false},
                      {12, false},
                      {10, false},
                      {0, true},
                      {4, false},
                      {2, false}}));
}

TEST(DisplayOrder, AnyStepAndALongStreamWillDo)
{
    std::vector<Picture> pictures{{0, true}};
    std::vector<std::int64_t> expected{0};
    for (int i = 0; i < 100; ++i) { // P B P B …, counted in ones
        pictures.push_back({2 * i + 2, false});
        pictures.push_back({2 * i + 1, false});
        expected.push_back(2 * i + 2);
        expected.push_back(2 * i + 1);
    }
    EXPECT_EQ(expected, places(pictures));
}
