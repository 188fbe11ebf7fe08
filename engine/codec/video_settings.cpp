#include "codec/video_settings.h"

#include "codec/encoder_kinds.h"

namespace heliograph {

namespace {

SettingField sizeField()
{
    return {.key = "size",
            .title = "Picture size",
            .help = "The largest picture that is sent; a smaller camera is not enlarged.",
            .kind = SettingKind::Size,
            .fallback = std::string("1280x720"),
            .choices = {{"3840x2160", "4K"},
                        {"1920x1080", "Full HD"},
                        {"1280x720", "HD"},
                        {"960x540", "Half HD"},
                        {"640x360", "Small"}}};
}

SettingField fpsField()
{
    return {.key = "fps",
            .title = "Frame rate",
            .help = "The most pictures a second; a slower camera keeps its own rate.",
            .kind = SettingKind::Real,
            .fallback = 30.0,
            .minimum = 1,
            .maximum = 120,
            .unit = "fps",
            .live = true};
}

SettingField bitrateField()
{
    return {.key = "bitrate",
            .title = "Bitrate",
            .help = "What each viewer's connection must carry.",
            .kind = SettingKind::Integer,
            .fallback = std::int64_t(2500),
            .minimum = 50,
            .maximum = 100000,
            .unit = "kbit/s",
            .live = true};
}

SettingField gopField()
{
    return {.key = "gop",
            .title = "Keyframe interval",
            .help = "Time between keyframes; a joining viewer gets one at once in any case.",
            .kind = SettingKind::Real,
            .fallback = 2.0,
            .minimum = 0.2,
            .maximum = 60,
            .unit = "s",
            .live = true};
}

// Hardware leaves the processor to the viewers and to who works at this computer, and with no
// delay and no B-frames it looks as good as x264's fast presets; but only where it was seen to
// work.
SettingField encoderField()
{
    SettingField field{.key = "encoder",
                       .title = "Encoder",
                       .help = "Automatic takes hardware that has proved to work here, else "
                               "software; hardware that fails is replaced by software at once.",
                       .kind = SettingKind::Choice,
                       .fallback = std::string(automaticEncoder),
                       .choices = {{std::string(automaticEncoder), "Automatic"},
                                   {softwareEncoder.id, softwareEncoder.title}}};
    for (const EncoderKind &kind : hardwareEncoders)
        field.choices.push_back({kind.id, kind.title});
    return field;
}

SettingField presetField()
{
    return {.key = "preset",
            .title = "Encoder preset",
            .help = "Slower presets look better at the same bitrate and cost more processor time.",
            .kind = SettingKind::Choice,
            .fallback = std::string("veryfast"),
            .choices = {{"ultrafast", "Ultra fast"},
                        {"superfast", "Super fast"},
                        {"veryfast", "Very fast"},
                        {"faster", "Faster"},
                        {"fast", "Fast"},
                        {"medium", "Medium"}}};
}

SettingField profileField()
{
    return {.key = "profile",
            .title = "H.264 profile",
            .help = "High looks best; Baseline plays on very old devices.",
            .kind = SettingKind::Choice,
            .fallback = std::string("high"),
            .choices = {{"high", "High"}, {"main", "Main"}, {"baseline", "Baseline"}}};
}

SettingField latencyField()
{
    return {.key = "latency_sei",
            .title = "Latency stamp",
            .help = "Puts the capture time into each picture, for measuring the delay.",
            .kind = SettingKind::Toggle,
            .fallback = false,
            .live = true};
}

} // namespace

SettingsSchema videoSchema()
{
    return {sizeField(),    fpsField(),    bitrateField(), gopField(),
            encoderField(), presetField(), profileField(), latencyField()};
}

EncoderConfig encoderConfig(const Settings &complete)
{
    EncoderConfig config;
    config.largest = sizeOf(complete, "size");
    config.fps = realOf(complete, "fps");
    config.bitrate = int(integerOf(complete, "bitrate")) * 1000;
    config.gopSeconds = realOf(complete, "gop");
    config.encoder = textOf(complete, "encoder");
    config.preset = textOf(complete, "preset");
    config.profile = textOf(complete, "profile");
    config.latencySei = toggleOf(complete, "latency_sei");
    return config;
}

} // namespace heliograph
