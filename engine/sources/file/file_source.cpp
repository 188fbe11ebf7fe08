#include "sources/file/file_source.h"

#include "core/wakeup.h"
#include "sources/file/demuxer.h"
#include "sources/file/interleaver.h"
#include "sources/file/timeline.h"

#include <algorithm>
#include <deque>

namespace heliograph {

namespace {

// Read at one go, while its code and data are in the processor's caches.
constexpr std::size_t samplesAhead = 16;

// Waking up is most of what passing a file on costs. A joiner begins with the GOP so far, so that
// it does not see this.
constexpr Timestamp unwatchedSlack = std::chrono::milliseconds(100);

SettingsSchema fileSchema()
{
    return {
        {.key = "path",
         .title = "File",
         .help = "An MP4, MKV, MPEG-TS or raw .h264 file with H.264 pictures; AAC sound in it is "
                 "served, too.",
         .kind = SettingKind::File,
         .fallback = std::string()},
        {.key = "loop",
         .title = "Repeat",
         .help = "Begins again at the end, without a seam.",
         .kind = SettingKind::Toggle,
         .fallback = true},
    };
}

bool isSame(const std::shared_ptr<const Track> &a, const std::shared_ptr<const Track> &b)
{
    if (!a || !b)
        return a == b;
    const auto config = [](const Track &track) -> const AacConfig & {
        return std::get<AacConfig>(track.config);
    };
    return config(*a).sampleRate == config(*b).sampleRate
        && std::ranges::equal(config(*a).audioSpecificConfig.span(),
                              config(*b).audioSpecificConfig.span());
}

// Thread: the runner's. Owner: the runner.
class FileSource final : public Source {
public:
    FileSource(std::string path, bool loop, Pacer pacer)
        : m_path(std::move(path))
        , m_loop(loop)
        , m_pacer(std::move(pacer))
    {
    }

    Result<std::vector<TrackId>> open(const std::stop_token &stop) override;
    Result<SourceItem> read(const std::stop_token &stop) override;
    void setWatched(bool watched) override { m_watched = watched; }

private:
    Result<std::optional<Sample>> next(const std::stop_token &stop);
    Result<> readAhead(const std::stop_token &stop);
    Result<> beginRound(const std::stop_token &stop);
    Result<AccessUnitPtr> toUnit(const Sample &sample);
    AccessUnitPtr toSoundUnit(const Sample &sample);

    const std::string m_path;
    const bool m_loop;
    Pacer m_pacer;
    std::unique_ptr<Demuxer> m_demuxer;
    std::shared_ptr<const Track> m_sound; // null: there is none
    std::optional<Timeline> m_timeline;
    std::optional<Interleaver> m_interleaver;
    H264Assembler m_assembler;
    std::deque<Sample> m_ahead; // in order
    bool m_watched = false;
    bool m_atEnd = false; // of the file: what is left waits in the interleaver
    bool m_sawKeyframe = false; // in this round
};

Result<std::vector<TrackId>> FileSource::open(const std::stop_token &stop)
{
    auto demuxer = Demuxer::open(m_path, stop);
    if (!demuxer)
        return tl::unexpected(demuxer.error());
    m_demuxer = *std::move(demuxer);
    m_timeline.emplace(m_demuxer->mayJump() ? Timeline::Clock::MayJump : Timeline::Clock::Steady);
    m_sound = m_demuxer->sound();
    m_interleaver.emplace(m_sound != nullptr);
    m_assembler.setHints(m_demuxer->hints());
    return m_demuxer->tracks();
}

Result<SourceItem> FileSource::read(const std::stop_token &stop)
{
    for (;;) {
        const auto sample = next(stop);
        if (!sample)
            return tl::unexpected(sample.error());
        if (!*sample)
            return SourceItem(EndOfSource{});
        const Timestamp slack = m_watched ? Timestamp(0) : unwatchedSlack;
        if (!m_pacer.waitUntil((*sample)->dts, slack, stop))
            return failure(ErrorCode::Cancelled);
        auto unit = toUnit(**sample);
        if (!unit)
            return failure(ErrorCode::FileUnplayable,
                           "play " + m_path + " › " + unit.error().detail);
        if (*unit)
            return SourceItem(*std::move(unit));
    }
}

// Nothing: the file has ended, and does not repeat.
Result<std::optional<Sample>> FileSource::next(const std::stop_token &stop)
{
    while (m_ahead.empty()) {
        if (m_atEnd && !m_loop)
            return std::optional<Sample>();
        if (m_atEnd)
            if (const auto begun = beginRound(stop); !begun)
                return tl::unexpected(begun.error());
        if (const auto read = readAhead(stop); !read)
            return within("play " + m_path, read.error());
    }
    std::optional<Sample> sample = std::move(m_ahead.front());
    m_ahead.pop_front();
    return sample;
}

// Up to the end of the file at most.
Result<> FileSource::readAhead(const std::stop_token &stop)
{
    while (m_ahead.size() < samplesAhead) {
        if (auto sample = m_interleaver->pop()) {
            m_ahead.push_back(*std::move(sample));
            continue;
        }
        if (m_atEnd)
            break;
        auto sample = m_demuxer->read(stop);
        if (!sample && m_ahead.empty())
            return tl::unexpected(sample.error());
        if (!sample)
            break; // what was read is played first; the error comes again
        m_atEnd = !*sample;
        if (m_atEnd)
            m_interleaver->end();
        else
            m_interleaver->push(m_timeline->place(**std::move(sample)));
    }
    return {};
}

// The file is opened anew: that is the same for every kind of file, and one that has been taken
// away or replaced meanwhile is noticed here.
Result<> FileSource::beginRound(const std::stop_token &stop)
{
    if (!m_sawKeyframe)
        return failure(ErrorCode::FileUnplayable,
                       "play " + m_path + " › no picture in it can be begun with");
    auto demuxer = Demuxer::open(m_path, stop);
    if (!demuxer)
        return tl::unexpected(demuxer.error());
    if (!isSame(m_sound, (*demuxer)->sound()))
        return failure(ErrorCode::FileUnplayable, "play " + m_path + " › it has been replaced");
    m_demuxer = *std::move(demuxer);
    m_assembler.setHints(m_demuxer->hints());
    m_timeline->nextRound();
    m_interleaver->nextRound();
    m_atEnd = false;
    m_sawKeyframe = false;
    return {};
}

// Null: parameter sets alone.
Result<AccessUnitPtr> FileSource::toUnit(const Sample &sample)
{
    if (sample.track == TrackId::Audio)
        return toSoundUnit(sample);
    auto unit =
        m_assembler.assemble({sample.bytes, m_pacer.toSteady(sample.pts),
                              m_pacer.toSteady(sample.dts), m_pacer.toWall(sample.pts), Bytes()});
    m_sawKeyframe = m_sawKeyframe || (unit && *unit && (*unit)->keyframe);
    return unit;
}

AccessUnitPtr FileSource::toSoundUnit(const Sample &sample)
{
    auto unit = std::make_shared<AccessUnit>();
    unit->track = TrackId::Audio;
    unit->keyframe = true;
    unit->pts = m_pacer.toSteady(sample.pts);
    unit->dts = m_pacer.toSteady(sample.dts);
    unit->captured = m_pacer.toWall(sample.pts);
    unit->config = m_sound;
    unit->units.push_back(sample.bytes);
    return unit;
}

Pacer systemPacer()
{
    static const SystemClock clock;
    return {clock,
            [wakeup = std::make_shared<Wakeup>()](std::chrono::milliseconds time,
                                                  const std::stop_token &stop) {
                wakeup->waitFor(time, stop);
            }};
}

} // namespace

std::unique_ptr<Source> openableFile(std::string path, bool loop, Pacer pacer)
{
    return std::make_unique<FileSource>(std::move(path), loop, std::move(pacer));
}

SourceType fileSource()
{
    return {"file",
            "Video file",
            SourceKind::Passthrough,
            fileSchema(),
            [](const Settings &settings, const SourceContext &) -> Result<std::unique_ptr<Source>> {
                if (textOf(settings, "path").empty())
                    return failure(ErrorCode::InvalidArgument, "no file is chosen");
                return openableFile(textOf(settings, "path"), toggleOf(settings, "loop"),
                                    systemPacer());
            },
            nullptr};
}

} // namespace heliograph
