// Which window a saved id means.
#include "sources/screen/screen_item.h"

#include <gtest/gtest.h>

using namespace heliograph;

namespace {

const std::vector<ScreenItem> items = {
    {DeviceKind::Screen, "screen", "Whole screen", 0, {0, 0, 3840, 1080}},
    {DeviceKind::Screen, "monitor:DP-1", "Monitor DP-1", 0, {1920, 0, 1920, 1080}},
    windowItem(0x1c, "Editor", "notes.txt"),
    windowItem(0x2c, "Browser", "News / Today"),
    windowItem(0x3c, "Browser", "Weather"),
    windowItem(0x4c, "", "0x2c"),
};

std::uint32_t windowOf(const char *wanted)
{
    const ScreenItem *found = findItem(items, wanted);
    return found ? found->window : 0;
}

} // namespace

TEST(ScreenItem, TheIdIsFound)
{
    for (const ScreenItem &item : items)
        if (item.window != 0x4c) { // whose title looks like a number
            EXPECT_EQ(&item, findItem(items, item.id)) << item.id;
        }
}

TEST(ScreenItem, AWindowIsFoundByItsNumberAndByItsTitleAlone)
{
    EXPECT_EQ(0x3cu, windowOf("window:0x3c"));
    EXPECT_EQ(0u, windowOf("window:0x5c"));
    EXPECT_EQ(0x1cu, windowOf("window:notes.txt"));
    EXPECT_EQ(0x2cu, windowOf("window:News / Today"));
}

TEST(ScreenItem, AnotherTitleOfTheSameProgramWillDo)
{
    EXPECT_EQ(0x3cu, windowOf("window:Browser/Weather"));
    EXPECT_EQ(0x2cu, windowOf("window:Browser/Yesterday"));
}

TEST(ScreenItem, WhatIsNotThereIsNotFound)
{
    for (const char *wanted : {"", "window:", "window:Mail/Inbox", "window:Brow", "monitor:DP-2",
                               "window:screen", "notes.txt"})
        EXPECT_EQ(nullptr, findItem(items, wanted)) << wanted;
}

TEST(ScreenItem, AScreenHasItsSizeAndAWindowHasNone)
{
    const DeviceInfo monitor = infoOf(items[1]);
    EXPECT_EQ("screen", monitor.sourceType);
    EXPECT_EQ((std::vector<DeviceMode>{{1920, 1080, 0, "BGRx"}}), monitor.modes);
    EXPECT_TRUE(infoOf(items[2]).modes.empty());
    EXPECT_EQ(DeviceKind::Window, infoOf(items[2]).kind);
}
