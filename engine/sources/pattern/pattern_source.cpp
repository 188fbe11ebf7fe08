#include "sources/pattern/pattern_source.h"

#include "gst/pipeline.h"
#include "gst/sample.h"
#include "sources/patient_read.h"
#include "sources/pattern/flash_and_beep.h"

#include <cmath>
#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds startPatience(5000);
constexpr const char *flash = "flash"; // a pattern of our own
constexpr std::int64_t beepTone = 1000; // Hz

SettingsSchema patternSchema()
{
    return {
        {.key = "pattern",
         .title = "Picture",
         .help = "What the test pattern shows.",
         .kind = SettingKind::Choice,
         .fallback = std::string("smpte"),
         .choices = {{"smpte", "Colour bars"},
                     {"ball", "Moving ball"},
                     {"snow", "Snow"},
                     {"checkers-8", "Checkers"},
                     {"circular", "Circles"},
                     {"zone-plate", "Zone plate"},
                     {"gamut", "Gamut"},
                     {flash, "Flash and beep"},
                     {"black", "Black"},
                     {"white", "White"}}},
        {.key = "overlay",
         .title = "Clock and frame number",
         .help = "Burns the time of day and a running time code into the picture.",
         .kind = SettingKind::Toggle,
         .fallback = true},
        {.key = "tone",
         .title = "Tone",
         .help = "Adds a sound track with a tone of this frequency; 0 for none. Flash and beep "
                 "has one of 1000 Hz in any case.",
         .kind = SettingKind::Integer,
         .fallback = std::int64_t(0),
         .minimum = 0,
         .maximum = 20000,
         .unit = "Hz"},
    };
}

struct Rate {
    int numerator = 0;
    int denominator = 1;
};

// 29.97 means 30000/1001, and so on.
Rate rateOf(double fps)
{
    const int nominal = int(std::lround(fps * 1.001));
    if (std::abs(fps - nominal / 1.001) < 0.0005)
        return {nominal * 1000, 1001};
    Rate rate;
    gst_util_double_to_fraction(fps, &rate.numerator, &rate.denominator);
    return rate;
}

// SMPTE 12-1 counts pictures of these rates alone.
bool hasTimeCode(Rate rate)
{
    const bool isNtsc = rate.denominator == 1001
        && (rate.numerator == 24000 || rate.numerator == 30000 || rate.numerator == 60000);
    return rate.denominator == 1 || isNtsc;
}

// The bottom line counts hours:minutes:seconds:frames since the start, or milliseconds where frames
// have no such number; the top one is the clock.
std::string overlayElements(PictureSize size, Rate rate)
{
    const int points = std::max(8, size.height / 30);
    return fmt::format(
        " ! {1} halignment=left valignment=bottom"
        " shaded-background=true font-desc=\"Monospace, {0}\""
        " ! clockoverlay halignment=left valignment=top time-format=\"%Y-%m-%d %H:%M:%S\""
        " shaded-background=true font-desc=\"Monospace, {0}\"",
        points,
        hasTimeCode(rate) ? "timecodestamper ! timeoverlay time-mode=time-code"
                          : "timeoverlay time-mode=running-time");
}

bool isFlash(const Settings &settings)
{
    return textOf(settings, "pattern") == flash;
}

// 0: no sound.
std::int64_t toneOf(const Settings &settings)
{
    const std::int64_t tone = integerOf(settings, "tone");
    return tone == 0 && isFlash(settings) ? beepTone : tone;
}

std::string launchLine(const Settings &settings)
{
    const PictureSize size = sizeOf(settings, "size");
    const Rate rate = rateOf(realOf(settings, "fps"));
    std::string line = fmt::format(
        "videotestsrc is-live=true pattern={} ! video/x-raw,format=I420,width={},height={},"
        "framerate={}/{}",
        isFlash(settings) ? "black" : textOf(settings, "pattern"), size.width, size.height,
        rate.numerator, rate.denominator);
    if (toggleOf(settings, "overlay"))
        line += overlayElements(size, rate);
    line += " ! appsink name=video sync=false max-buffers=4 drop=true";
    if (const std::int64_t tone = toneOf(settings); tone > 0)
        line +=
            fmt::format(" audiotestsrc is-live=true volume=0.3 samplesperbuffer=960 freq={} ! {}"
                        " ! appsink name=audio sync=false max-buffers=50 drop=true",
                        tone, "audio/x-raw,format=F32LE,rate=48000,channels=2");
    return line;
}

// Thread: the runner's. Owner: the runner.
class PatternSource final : public Source {
public:
    explicit PatternSource(const Settings &settings)
        : m_launch(launchLine(settings))
        , m_hasTone(toneOf(settings) > 0)
    {
        if (isFlash(settings))
            m_flash.emplace();
    }

    Result<std::vector<TrackId>> open(const std::stop_token &) override
    {
        auto pipeline = gst::Pipeline::create(m_launch);
        if (!pipeline)
            return within("start the test pattern", pipeline.error());
        m_pipeline = *std::move(pipeline);
        if (const auto started = m_pipeline->start(startPatience); !started)
            return within("start the test pattern", started.error());
        if (m_hasTone)
            return std::vector{TrackId::Video, TrackId::Audio};
        return std::vector{TrackId::Video};
    }

    Result<SourceItem> read(const std::stop_token &stop) override
    {
        auto item = readPatiently(stop, [this] { return m_pipeline->read(readPatience); });
        return item && m_flash ? flashed(*item) : item;
    }

private:
    SourceItem flashed(const SourceItem &item)
    {
        if (const auto *picture = std::get_if<VideoFrame>(&item))
            return m_flash->apply(*picture);
        return m_flash->apply(std::get<AudioFrame>(item));
    }

    std::string m_launch;
    bool m_hasTone;
    std::optional<FlashAndBeep> m_flash;
    std::unique_ptr<gst::Pipeline> m_pipeline;
};

} // namespace

SourceType patternSource()
{
    return {
        .id = "pattern",
        .title = "Test pattern",
        .kind = SourceKind::Raw,
        .schema = patternSchema(),
        .create = [](const Settings &settings,
                     const SourceContext &) -> Result<std::unique_ptr<Source>> {
            return std::make_unique<PatternSource>(settings);
        },
        .discover = nullptr,
        .awaits = std::nullopt,
        .hasSound = true,
    };
}

} // namespace heliograph
