#include "gst/sound_forms.h"

#include <array>
#include <functional>
#include <set>
#include <span>

namespace heliograph::gst {

namespace {

using Numbers = std::set<int, std::greater<>>;

// Offered inside a range: sound servers convert from and to anything.
constexpr std::array usualRates = {8000, 16000, 22050, 32000, 44100, 48000, 96000, 192000};
constexpr std::array usualChannels = {1, 2, 4, 6, 8};

void collect(const GValue *value, std::span<const int> usual, Numbers &numbers)
{
    if (G_VALUE_HOLDS_INT(value))
        numbers.insert(g_value_get_int(value));
    if (GST_VALUE_HOLDS_INT_RANGE(value))
        for (const int number : usual)
            if (number >= gst_value_get_int_range_min(value)
                && number <= gst_value_get_int_range_max(value))
                numbers.insert(number);
    if (GST_VALUE_HOLDS_LIST(value))
        for (guint i = 0; i < gst_value_list_get_size(value); ++i)
            collect(gst_value_list_get_value(value, i), usual, numbers);
}

std::vector<int> numbersOf(const GstCaps *caps, const char *key, std::span<const int> usual)
{
    Numbers numbers;
    for (guint i = 0; caps && i < gst_caps_get_size(caps); ++i) {
        const GstStructure *structure = gst_caps_get_structure(caps, i);
        const GValue *value = gst_structure_get_value(structure, key);
        if (value && gst_structure_has_name(structure, "audio/x-raw"))
            collect(value, usual, numbers);
    }
    return {numbers.begin(), numbers.end()};
}

} // namespace

std::vector<int> sampleRatesOf(const GstCaps *caps)
{
    return numbersOf(caps, "rate", usualRates);
}

std::vector<int> channelsOf(const GstCaps *caps)
{
    return numbersOf(caps, "channels", usualChannels);
}

} // namespace heliograph::gst
