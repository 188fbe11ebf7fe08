#include "gst/modes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace heliograph::gst {

namespace {

// Offered inside a range of sizes, as sensors and virtual cameras have them.
constexpr std::array<PictureSize, 8> usualSizes = {{
    {3840, 2160},
    {2560, 1440},
    {1920, 1080},
    {1280, 720},
    {960, 540},
    {640, 480},
    {640, 360},
    {320, 240},
}};

constexpr double rateWhenUnknown = 30;
constexpr double highestRate = 120; // virtual cameras offer anything up to two thousand million

double fraction(const GValue *value)
{
    const int denominator = gst_value_get_fraction_denominator(value);
    return denominator == 0 ? 0 : double(gst_value_get_fraction_numerator(value)) / denominator;
}

double largestRate(const GValue *value)
{
    if (!value)
        return rateWhenUnknown;
    if (GST_VALUE_HOLDS_FRACTION(value))
        return std::min(fraction(value), highestRate);
    if (GST_VALUE_HOLDS_FRACTION_RANGE(value))
        return std::min(fraction(gst_value_get_fraction_range_max(value)), highestRate);
    double largest = 0;
    if (GST_VALUE_HOLDS_LIST(value))
        for (guint i = 0; i < gst_value_list_get_size(value); ++i)
            largest = std::max(largest, largestRate(gst_value_list_get_value(value, i)));
    return largest;
}

struct Range {
    int low = 0;
    int high = 0;
    bool holds(int number) const { return number >= low && number <= high; }
};

Range rangeOf(const GValue *value)
{
    if (value && G_VALUE_HOLDS_INT(value))
        return {g_value_get_int(value), g_value_get_int(value)};
    if (value && GST_VALUE_HOLDS_INT_RANGE(value))
        return {gst_value_get_int_range_min(value), gst_value_get_int_range_max(value)};
    return {1, 8192};
}

std::vector<PictureSize> sizesOf(const GstStructure *structure)
{
    const Range width = rangeOf(gst_structure_get_value(structure, "width"));
    const Range height = rangeOf(gst_structure_get_value(structure, "height"));
    if (width.low == width.high && height.low == height.high)
        return {{width.low, height.low}};
    std::vector<PictureSize> sizes;
    for (const PictureSize &size : usualSizes)
        if (width.holds(size.width) && height.holds(size.height))
            sizes.push_back(size);
    return sizes;
}

std::vector<std::string> formatsOf(const GstStructure *structure)
{
    if (gst_structure_has_name(structure, "image/jpeg"))
        return {jpegFormat};
    if (!gst_structure_has_name(structure, "video/x-raw"))
        return {};
    const GValue *value = gst_structure_get_value(structure, "format");
    std::vector<std::string> formats;
    if (value && G_VALUE_HOLDS_STRING(value))
        formats.emplace_back(g_value_get_string(value));
    else if (value && GST_VALUE_HOLDS_LIST(value))
        for (guint i = 0; i < gst_value_list_get_size(value); ++i)
            formats.emplace_back(g_value_get_string(gst_value_list_get_value(value, i)));
    return formats;
}

bool isReadable(const std::string &format)
{
    constexpr std::array<std::string_view, 13> readable = {"MJPEG", "I420", "NV12", "YUY2", "UYVY",
                                                           "YV12",  "RGB",  "BGR",  "RGBA", "BGRA",
                                                           "RGBx",  "BGRx", "GRAY8"};
    return std::find(readable.begin(), readable.end(), format) != readable.end();
}

// Smaller is better, part by part.
auto costOf(const DeviceMode &mode, PictureSize wanted, double fps)
{
    const bool tooSmall = mode.width < wanted.width || mode.height < wanted.height;
    const bool tooSlow = mode.maximumFps + 0.5 < fps;
    const auto excess =
        std::abs(long(mode.width) * mode.height - long(wanted.width) * wanted.height);
    const bool jpeg = mode.format == jpegFormat;
    const bool packed = mode.format != "I420" && mode.format != "NV12"; // costs a conversion
    return std::tuple(tooSmall && tooSlow, tooSmall, tooSlow, excess, jpeg, packed,
                      std::abs(mode.maximumFps - fps));
}

} // namespace

std::vector<DeviceMode> modesOf(const GstCaps *caps)
{
    std::vector<DeviceMode> modes;
    for (guint i = 0; caps && i < gst_caps_get_size(caps); ++i) {
        const GstStructure *structure = gst_caps_get_structure(caps, i);
        const double rate = largestRate(gst_structure_get_value(structure, "framerate"));
        for (const PictureSize &size : sizesOf(structure))
            for (const std::string &format : formatsOf(structure))
                if (const DeviceMode mode{size.width, size.height, rate, format}; isReadable(format)
                    && std::find(modes.begin(), modes.end(), mode) == modes.end())
                    modes.push_back(mode);
    }
    std::stable_sort(modes.begin(), modes.end(), [](const DeviceMode &a, const DeviceMode &b) {
        return std::tuple(a.width * a.height, a.maximumFps)
            > std::tuple(b.width * b.height, b.maximumFps);
    });
    return modes;
}

std::optional<DeviceMode> chooseMode(const std::vector<DeviceMode> &modes, PictureSize wanted,
                                     double fps)
{
    const auto best =
        std::min_element(modes.begin(), modes.end(), [&](const DeviceMode &a, const DeviceMode &b) {
            return costOf(a, wanted, fps) < costOf(b, wanted, fps);
        });
    return best == modes.end() ? std::nullopt : std::optional(*best);
}

std::string capsText(const DeviceMode &mode)
{
    const std::string size =
        ",width=" + std::to_string(mode.width) + ",height=" + std::to_string(mode.height);
    return mode.format == jpegFormat ? "image/jpeg" + size
                                     : "video/x-raw,format=" + mode.format + size;
}

} // namespace heliograph::gst
