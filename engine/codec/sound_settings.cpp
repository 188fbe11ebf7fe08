#include "codec/sound_settings.h"

namespace heliograph {

namespace {

SettingsSchema fields()
{
    return {{.key = "gain",
             .title = "Volume",
             .help = "Makes the sound louder or softer for everybody who hears it.",
             .kind = SettingKind::Real,
             .fallback = 0.0,
             .minimum = -40,
             .maximum = 20,
             .unit = "dB",
             .live = true},
            {.key = "mute",
             .title = "Mute",
             .help = "Viewers hear nothing; the picture goes on.",
             .kind = SettingKind::Toggle,
             .fallback = false,
             .live = true},
            {.key = "sound_bitrate",
             .title = "Sound bitrate",
             .help = "What the sound adds to each viewer's connection.",
             .kind = SettingKind::Integer,
             .fallback = std::int64_t(128),
             .minimum = 32,
             .maximum = 320,
             .unit = "kbit/s",
             .advanced = true}};
}

} // namespace

SettingsSchema soundSchema(SoundPart part)
{
    SettingsSchema schema = fields();
    if (part == SoundPart::Encoded)
        for (SettingField &field : schema)
            field.help += " Sound that is passed on as it came stays as it is.";
    return schema;
}

SoundConfig soundConfig(const Settings &complete)
{
    SoundConfig config;
    config.gain = realOf(complete, "gain");
    config.muted = toggleOf(complete, "mute");
    config.bitrate = int(integerOf(complete, "sound_bitrate")) * 1000;
    return config;
}

} // namespace heliograph
