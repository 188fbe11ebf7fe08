#include "sources/file/file_source.h"

#include "core/wakeup.h"
#include "sources/file/agreement.h"
#include "sources/file/demuxer.h"
#include "sources/file/file_list.h"
#include "sources/file/interleaver.h"
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
         .title = "Files",
         .help =
             "Video or sound of any kind, or a playlist (M3U); several are played one after the "
             "other. H.264, H.265, AAC and Opus are served as they are where all files have "
             "the same; what is something else is encoded.",
         .kind = SettingKind::Files,
         .fallback = std::string()},
        {.key = "loop",
         .title = "Repeat",
         .help = "Begins again at the end of the file, or of the last one, without a seam.",
         .kind = SettingKind::Toggle,
         .fallback = true},
    };
}

// Thread: the runner's. Owner: the runner.
class FileSource final : public Source {
public:
    FileSource(std::string paths, bool loop, Pacer pacer, std::shared_ptr<SourceMemory> memory)
        : m_paths(std::move(paths))
        , m_loop(loop)
        , m_pacer(std::move(pacer))
        , m_memory(std::move(memory))
    {
    }

    Result<std::vector<TrackId>> open(const std::stop_token &stop) override;
    Result<SourceItem> read(const std::stop_token &stop) override;
    void setWatched(bool watched) override { m_watched = watched; }

private:
    Result<> survey(const std::stop_token &stop);
    Result<> advance(const std::stop_token &stop);
    Result<> playNext(const std::stop_token &stop);
    Result<> readAhead(const std::stop_token &stop);
    Result<> readOne(const std::stop_token &stop);
    Result<> endFile(const std::stop_token &stop);
    Result<> beginNext(const std::stop_token &stop);
    Result<> beginFile(const std::stop_token &stop);
    Result<> beginTracks();
    void endTracks();
    void deliver(std::vector<SourceItem> items);
    void deliverSilence(Timestamp until);
    Timestamp slack() const;
    Result<> giveUp(Error error);
    Result<> passOver(const Error &error);
    void tell(const Error &error);
    Error playing(const Error &error) const;

    const std::string m_paths; // as the setting says
    const bool m_loop;
    Pacer m_pacer;
    const std::shared_ptr<SourceMemory> m_memory;
    std::vector<std::string> m_files;
    Agreement m_agreement;
    std::size_t m_next = 0; // the file that is played next
    std::size_t m_failed = 0; // files in a row of which nothing could be played
    std::unique_ptr<Demuxer> m_first; // the first file, as the survey opened it
    std::unique_ptr<Demuxer> m_demuxer;
    std::map<TrackId, std::unique_ptr<TrackItems>> m_tracks;
    std::optional<Timeline> m_timeline;
    std::optional<Interleaver> m_interleaver;
    std::deque<Sample> m_ahead; // in order
    std::deque<SourceItem> m_due;
    Story m_story;
    bool m_watched = false;
    bool m_atEnd = false; // of the file: what is left waits in the interleaver
    bool m_allRead = false; // and nothing waits there
    bool m_tracksEnded = false; // in this round: nothing is held back by a decoder any more
    bool m_hasBegun = false; // in this round something came that viewers can begin with
};

Result<std::vector<TrackId>> FileSource::open(const std::stop_token &stop)
{
    auto files = listFiles(m_paths);
    if (!files)
        return tl::unexpected(files.error());
    m_files = *std::move(files);
    if (const auto surveyed = survey(stop); !surveyed)
        return tl::unexpected(surveyed.error());
    std::vector<TrackId> ids;
    for (const FileTrack &track : m_agreement) {
        m_tracks[track.id] = makeTrackItems(track);
        ids.push_back(track.id);
    }
    if (const auto begun = beginNext(stop); !begun)
        return tl::unexpected(begun.error());
    return ids;
}

// Every file is looked at before the first one plays: viewers are told once what comes.
Result<> FileSource::survey(const std::stop_token &stop)
{
    Error last;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        auto demuxer = Demuxer::open(m_files[i], stop);
        if (demuxer)
            agree(m_agreement, (*demuxer)->tracks());
        else if (last = demuxer.error(); last.code == ErrorCode::Cancelled)
            break;
        if (demuxer && i == 0)
            m_first = *std::move(demuxer);
    }
    if (m_agreement.empty() || last.code == ErrorCode::Cancelled)
        return tl::unexpected(last);
    return {};
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
    if (!m_allRead)
        return readAhead(stop);
    if (!m_tracksEnded) {
        endTracks();
        return {};
    }
    return endFile(stop);
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
        return giveUp(playing({ErrorCode::FileUnplayable, items.error().detail}));
    deliver(*std::move(items));
    deliverSilence(m_pacer.toSteady(sample.dts));
    return {};
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

// Where others of the list have sound, and this file has none.
void FileSource::deliverSilence(Timestamp until)
{
    const auto sound = m_tracks.find(TrackId::Audio);
    if (sound != m_tracks.end() && !findTrack(m_demuxer->tracks(), TrackId::Audio))
        deliver(sound->second->lackUntil(until));
}

// Up to the end of the file at most.
Result<> FileSource::readAhead(const std::stop_token &stop)
{
    while (m_ahead.size() < samplesAhead && !m_allRead) {
        if (auto sample = m_interleaver->pop())
            m_ahead.push_back(*std::move(sample));
        else if (m_atEnd)
            m_allRead = true;
        else if (const auto read = readOne(stop); !read && m_ahead.empty())
            return giveUp(playing(read.error()));
        else if (!read)
            break; // what was read is played first; the error comes again
    }
    return {};
}

Result<> FileSource::readOne(const std::stop_token &stop)
{
    auto sample = m_demuxer->read(stop);
    if (!sample)
        return tl::unexpected(sample.error());
    m_atEnd = !*sample;
    if (m_atEnd)
        m_interleaver->end();
    else
        m_interleaver->push(m_timeline->place(**std::move(sample)));
    return {};
}

// What is left of a file that turned out to be damaged is not played. In a list the next one is.
Result<> FileSource::giveUp(Error error)
{
    if (m_files.size() == 1 || error.code == ErrorCode::Cancelled)
        return tl::unexpected(std::move(error));
    tell(error);
    m_ahead.clear();
    m_atEnd = m_allRead = true;
    return {};
}

Result<> FileSource::endFile(const std::stop_token &stop)
{
    if (m_hasBegun)
        m_failed = 0;
    else if (const auto passed = passOver(
                 playing({ErrorCode::FileUnplayable, "no picture in it can be begun with"}));
             !passed)
        return passed;
    m_hasBegun = true; // told once
    return beginNext(stop);
}

// A file is opened anew each time: that is the same for every kind of file, and one that has been
// taken away or replaced meanwhile is noticed here.
Result<> FileSource::beginNext(const std::stop_token &stop)
{
    while (m_next < m_files.size() || m_loop) {
        m_next %= m_files.size();
        const auto begun = beginFile(stop);
        if (!begun && begun.error().code == ErrorCode::Cancelled)
            return begun;
        ++m_next;
        if (begun)
            return {};
        if (const auto passed = passOver(begun.error()); !passed)
            return passed;
    }
    m_due.emplace_back(EndOfSource{});
    return {};
}

Result<> FileSource::beginFile(const std::stop_token &stop)
{
    Result<std::unique_ptr<Demuxer>> opened = m_next == 0 && m_first
        ? std::exchange(m_first, nullptr)
        : Demuxer::open(m_files[m_next], stop);
    if (!opened)
        return tl::unexpected(opened.error());
    if (const auto ready = (*opened)->serveAs(m_agreement); !ready)
        return ready;
    const auto starts = (*opened)->starts(stop);
    if (!starts)
        return within("open " + m_files[m_next], starts.error());
    m_demuxer = *std::move(opened);
    const auto clock = m_demuxer->mayJump() ? Timeline::Clock::MayJump : Timeline::Clock::Steady;
    if (!m_timeline)
        m_timeline.emplace(clock);
    m_timeline->nextRound(*starts, clock);
    m_interleaver.emplace(m_demuxer->tracks().size() == 2);
    m_atEnd = m_allRead = m_tracksEnded = m_hasBegun = false;
    const auto begun = beginTracks();
    return begun ? begun : within("open " + m_files[m_next], begun.error());
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

// One file alone has nothing to go on with, nor has a list once around.
Result<> FileSource::passOver(const Error &error)
{
    if (++m_failed >= m_files.size())
        return tl::unexpected(error);
    tell(error);
    return {};
}

// Each file's story once, however often its turn comes.
void FileSource::tell(const Error &error)
{
    StoryLine line{StoryLine::Fact::PassedOver, {}, {}, error};
    if (std::ranges::find(m_story, line) != m_story.end())
        return;
    m_story.push_back(std::move(line));
    m_memory->story.set(std::make_shared<const Story>(m_story));
}

Error FileSource::playing(const Error &error) const
{
    const std::string &file = m_files[(m_next + m_files.size() - 1) % m_files.size()];
    return within("play " + file, error).value();
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

std::unique_ptr<Source> openableFile(std::string paths, bool loop, Pacer pacer,
                                     std::shared_ptr<SourceMemory> memory)
{
    return std::make_unique<FileSource>(std::move(paths), loop, std::move(pacer),
                                        std::move(memory));
}

SourceType fileSource()
{
    return {"file",
            "Video file",
            SourceKind::Mixed,
            fileSchema(),
            [](const Settings &settings,
               const SourceContext &context) -> Result<std::unique_ptr<Source>> {
                return openableFile(textOf(settings, "path"), toggleOf(settings, "loop"),
                                    systemPacer(), context.memory);
            },
            nullptr};
}

} // namespace heliograph
