#include "gst/sound_forms.h"

#include "gst/init.h"

#include <gtest/gtest.h>

using namespace heliograph;

TEST(SoundForms, ListsAndRangesAreReadLargestFirstOfRawSoundOnly)
{
    struct Case {
        const char *caps;
        std::vector<int> rates;
        std::vector<int> channels;
    };
    gst::ensureInitialized();
    for (const Case &each : std::initializer_list<Case>{
             {"audio/x-raw,rate=11025,channels=1", {11025}, {1}},
             {"audio/x-raw,rate={44100,96000},channels={1,3}", {96000, 44100}, {3, 1}},
             {"audio/x-raw,rate=[32000,48000],channels=[1,5]", {48000, 44100, 32000}, {4, 2, 1}},
             {"audio/x-raw,rate={8000,[44000,48000]},channels=2", {48000, 44100, 8000}, {2}},
             {"audio/x-raw,rate=8000,channels=2;audio/x-raw,rate=16000,channels=2",
              {16000, 8000},
              {2}},
             {"audio/x-alaw,rate=8000,channels=1;video/x-raw", {}, {}},
             {"audio/x-raw", {}, {}}}) {
        const gst::Handle<GstCaps> caps(gst_caps_from_string(each.caps));
        EXPECT_EQ(each.rates, gst::sampleRatesOf(caps.get())) << each.caps;
        EXPECT_EQ(each.channels, gst::channelsOf(caps.get())) << each.caps;
    }
    EXPECT_TRUE(gst::channelsOf(nullptr).empty());
}
