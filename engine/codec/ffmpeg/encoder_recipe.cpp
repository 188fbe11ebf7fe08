#include "codec/ffmpeg/encoder_recipe.h"

#include "codec/encoder_kinds.h"

#include <algorithm>
#include <array>

namespace heliograph::ffmpeg {

namespace {

// Keyframes come by the capture clock, not by counting pictures: the encoder never decides.
int byTheClock(const EncoderConfig &)
{
    return 1 << 24;
}

// The same where the number must fit into 16 bits, as Quick Sync's does.
int hardlyEver(const EncoderConfig &)
{
    return 65535;
}

// Not every driver of V4L2 makes a keyframe when it is asked to: then these are all there are.
int byCounting(const EncoderConfig &config)
{
    return std::max(1, int(config.gopSeconds * config.fps));
}

EncoderOptions software(const EncoderConfig &config)
{
    return {{"preset", config.preset},
            {"tune", "zerolatency"},
            {"profile", config.profile},
            {"forced-idr", "1"},
            {"x264-params", "scenecut=0:repeat-headers=1:annexb=1"}};
}

// x264's names of effort as NVIDIA's numbers.
std::string nvencPreset(const std::string &preset)
{
    constexpr std::array names{"ultrafast", "superfast", "veryfast", "faster", "fast", "medium"};
    const auto at = std::find(names.begin(), names.end(), preset);
    return "p" + std::to_string(at == names.end() ? 3 : at - names.begin() + 1);
}

EncoderOptions nvenc(const EncoderConfig &config)
{
    return {{"preset", nvencPreset(config.preset)},
            {"tune", "ull"},
            {"profile", config.profile},
            {"rc", "cbr"},
            {"zerolatency", "1"},
            {"delay", "0"},
            {"forced-idr", "1"}};
}

// Quick Sync has nothing faster than "veryfast".
EncoderOptions quickSync(const EncoderConfig &config)
{
    const bool faster = config.preset == "ultrafast" || config.preset == "superfast";
    return {{"preset", faster ? "veryfast" : config.preset},
            {"profile", config.profile},
            {"async_depth", "1"},
            {"look_ahead", "0"},
            {"forced_idr", "1"}};
}

EncoderOptions vaapi(const EncoderConfig &config)
{
    const bool baseline = config.profile == "baseline";
    return {{"profile", baseline ? "constrained_baseline" : config.profile}, {"async_depth", "1"}};
}

// Intel's newer chips have this way in alone, and libavcodec does not look for it by itself.
EncoderOptions lowPowerVaapi(const EncoderConfig &config)
{
    EncoderOptions options = vaapi(config);
    options.push_back({"low_power", "1"});
    return options;
}

EncoderOptions none(const EncoderConfig &)
{
    return {};
}

constexpr std::array recipes{
    EncoderRecipe{softwareEncoder.id, "libx264", PixelFormat::I420, HardwareAccess::None, true,
                  byTheClock, software},
    EncoderRecipe{"nvenc", "h264_nvenc", PixelFormat::I420, HardwareAccess::None, true, hardlyEver,
                  nvenc},
    EncoderRecipe{"qsv", "h264_qsv", PixelFormat::NV12, HardwareAccess::Device, false, hardlyEver,
                  quickSync},
    EncoderRecipe{"vaapi", "h264_vaapi", PixelFormat::NV12, HardwareAccess::Frames, false,
                  hardlyEver, vaapi},
    EncoderRecipe{"vaapi", "h264_vaapi", PixelFormat::NV12, HardwareAccess::Frames, false,
                  hardlyEver, lowPowerVaapi},
    EncoderRecipe{"v4l2m2m", "h264_v4l2m2m", PixelFormat::NV12, HardwareAccess::None, false,
                  byCounting, none},
};

} // namespace

std::vector<const EncoderRecipe *> findRecipes(std::string_view id)
{
    std::vector<const EncoderRecipe *> found;
    for (const EncoderRecipe &recipe : recipes)
        if (recipe.id == id)
            found.push_back(&recipe);
    return found;
}

} // namespace heliograph::ffmpeg
