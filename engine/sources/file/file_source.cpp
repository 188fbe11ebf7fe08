#include "sources/file/file_source.h"

#include "core/wakeup.h"
#include "sources/file/demuxer.h"
#include "sources/file/file_tracks.h"
#include "sources/file/interleaver.h"
#include "sources/file/timeline.h"
#include "sources/file/track_items.h"

#include <algorithm>
#include <deque>
#include <map>

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
         .help = "Video or sound of any kind. H.264, H.265, AAC and Opus are served as they are; "
                 "what is something else is encoded.",
         .kind = SettingKind::File,
         .fallback = std::string()},
        {.key = "loop",
         .title = "Repeat",
         .help = "Begins again at the end, without a seam.",
         .kind = SettingKind::Toggle,
         .fallback = true},
    };
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
    Result<> advance(const std::stop_token &stop);
    Result<> playNext(const std::stop_token &stop);
    Result<> readAhead(const std::stop_token &stop);
    Result<> beginRound(const std::stop_token &stop);
    Result<> beginTracks();
    void endTracks();
    bool continues(const Demuxer &next) const;
    void deliver(std::vector<SourceItem> items);
    Timestamp slack() const;
    Result<> playing(Result<> result) const;

    const std::string m_path;
    const bool m_loop;
    Pacer m_pacer;
    std::unique_ptr<Demuxer> m_demuxer;
    std::map<TrackId, std::unique_ptr<TrackItems>> m_tracks;
    std::optional<Timeline> m_timeline;
    std::optional<Interleaver> m_interleaver;
    std::deque<Sample> m_ahead; // in order
    std::deque<SourceItem> m_due;
    bool m_watched = false;
    bool m_atEnd = false; // of the file: what is left waits in the interleaver
    bool m_tracksEnded = false; // in this round: nothing is held back by a decoder any more
    bool m_hasBegun = false; // in this round something came that viewers can begin with
};

Result<std::vector<TrackId>> FileSource::open(const std::stop_token &stop)
{
    auto demuxer = Demuxer::open(m_path, stop);
    if (!demuxer)
        return tl::unexpected(demuxer.error());
    m_demuxer = *std::move(demuxer);
    m_timeline.emplace(m_demuxer->mayJump() ? Timeline::Clock::MayJump : Timeline::Clock::Steady);
    std::vector<TrackId> ids;
    for (const FileTrack &track : m_demuxer->tracks()) {
        m_tracks[track.id] = makeTrackItems(track);
        ids.push_back(track.id);
    }
    if (const auto begun = beginTracks(); !begun)
        return within("open " + m_path, begun.error());
    m_interleaver.emplace(ids.size() == 2);
    return ids;
}

// A stop loses nothing: one may read on.
Result<SourceItem> FileSource::read(const std::stop_token &stop)
{
    while (m_due.empty()) {
        if (const auto advanced = advance(stop); !advanced)
            return tl::unexpected(advanced.error());
    }
    SourceItem item = std::move(m_due.front());
    m_due.pop_front();
    return item;
}

Result<> FileSource::advance(const std::stop_token &stop)
{
    if (!m_ahead.empty())
        return playNext(stop);
    if (!m_atEnd)
        return playing(readAhead(stop));
    if (!m_tracksEnded) {
        endTracks();
        return {};
    }
    if (m_loop)
        return beginRound(stop);
    m_due.emplace_back(EndOfSource{});
    return {};
}

Result<> FileSource::playNext(const std::stop_token &stop)
{
    const Sample &next = m_ahead.front();
    if (!m_pacer.waitUntil(next.dts, slack(), stop))
        return failure(ErrorCode::Cancelled);
    const Sample sample = std::move(m_ahead.front());
    m_ahead.pop_front();
    auto items = m_tracks.at(sample.track)
                     ->take(sample,
                            {m_pacer.toSteady(sample.pts), m_pacer.toSteady(sample.dts),
                             m_pacer.toWall(sample.pts)});
    if (!items)
        return failure(ErrorCode::FileUnplayable, "play " + m_path + " › " + items.error().detail);
    deliver(*std::move(items));
    return {};
}

Result<> FileSource::playing(Result<> result) const
{
    return result ? std::move(result) : within("play " + m_path, result.error());
}

// Who looks at the preview of a decoded file watches, too.
Timestamp FileSource::slack() const
{
    const auto pictures = m_tracks.find(TrackId::Video);
    const bool isSeen = pictures != m_tracks.end() && pictures->second->isDecoded();
    return m_watched || isSeen ? Timestamp(0) : unwatchedSlack;
}

void FileSource::deliver(std::vector<SourceItem> items)
{
    for (SourceItem &item : items) {
        const auto *unit = std::get_if<AccessUnitPtr>(&item);
        const bool isPicture =
            unit ? (*unit)->track == TrackId::Video : std::holds_alternative<VideoFrame>(item);
        if (isPicture || !m_tracks.contains(TrackId::Video))
            m_hasBegun = m_hasBegun || !unit || (*unit)->keyframe;
        m_due.push_back(std::move(item));
    }
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
    if (!m_hasBegun)
        return failure(ErrorCode::FileUnplayable,
                       "play " + m_path + " › no picture in it can be begun with");
    auto demuxer = Demuxer::open(m_path, stop);
    if (!demuxer)
        return tl::unexpected(demuxer.error());
    if (!continues(**demuxer))
        return failure(ErrorCode::FileUnplayable, "play " + m_path + " › it has been replaced");
    m_demuxer = *std::move(demuxer);
    m_timeline->nextRound();
    m_interleaver->nextRound();
    m_atEnd = false;
    m_tracksEnded = false;
    m_hasBegun = false;
    return playing(beginTracks());
}

bool FileSource::continues(const Demuxer &next) const
{
    return std::ranges::equal(m_demuxer->tracks(), next.tracks(), isSame);
}

Result<> FileSource::beginTracks()
{
    for (const FileTrack &track : m_demuxer->tracks())
        if (const auto begun = m_tracks.at(track.id)->beginRound(track); !begun)
            return begun;
    return {};
}

void FileSource::endTracks()
{
    m_tracksEnded = true;
    for (const auto &[id, track] : m_tracks)
        deliver(track->endRound());
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
            SourceKind::Mixed,
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
