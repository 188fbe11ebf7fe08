#include "sources/file/file_source.h"

#include "core/wakeup.h"
#include "sources/file/agreement.h"
#include "sources/file/lookahead.h"
#include "sources/file/playlist.h"
#include "sources/file/track_items.h"

#include <algorithm>
#include <deque>
#include <map>

namespace heliograph {

namespace {

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
        : m_playlist(std::move(paths), loop, memory)
        , m_pacer(std::move(pacer))
        , m_memory(std::move(memory))
    {
    }

    Result<std::vector<TrackId>> open(const std::stop_token &stop) override;
    Result<SourceItem> read(const std::stop_token &stop) override;
    void setWatched(bool watched) override { m_watched = watched; }
    void control(const PlaybackCommand &command) override;

private:
    Result<> advance(const std::stop_token &stop);
    Result<> idle(const std::stop_token &stop);
    Result<> seek(const std::stop_token &stop);
    Result<> cutTo(Timestamp position, const Timeline::Starts &starts);
    Result<> readAhead(const std::stop_token &stop);
    Result<> playNext(const std::stop_token &stop);
    Result<> endFile(const std::stop_token &stop);
    Result<> beginNext(const std::stop_token &stop);
    Result<> begin(std::unique_ptr<Demuxer> file, const std::stop_token &stop);
    Result<> beginTracks();
    void endTracks();
    bool passesPictures() const;
    bool isShown(const SourceItem &item);
    void deliver(std::vector<SourceItem> items);
    void deliverSilence(Timestamp until);
    Timestamp slack() const;
    Result<> giveUp(Error error);
    void end();
    void tellPlayback(Timestamp position);
    Error playing(const Error &error) const;

    Playlist m_playlist;
    Pacer m_pacer;
    const std::shared_ptr<SourceMemory> m_memory;
    Lookahead m_ahead;
    std::map<TrackId, std::unique_ptr<TrackItems>> m_tracks;
    std::deque<SourceItem> m_due;
    Playback m_playback; // as it was told last
    std::optional<Timestamp> m_playedEnd; // of all that was shown, on the timeline
    std::optional<Timestamp> m_seek; // the position that is wanted
    Timestamp m_showFrom = Timestamp::min(); // on the steady clock: what is before was not sought
    std::optional<VideoFrame> m_last; // where pictures are decoded
    bool m_paused = false;
    bool m_showsOne = false; // what was sought during a pause
    bool m_awaitsKeyframe = false; // pictures that pass, after a seek
    bool m_watched = false;
    bool m_tracksEnded = false; // in this round: nothing is held back by a decoder any more
    bool m_hasBegun = false; // in this round something came that viewers can begin with
};

Result<std::vector<TrackId>> FileSource::open(const std::stop_token &stop)
{
    if (const auto opened = m_playlist.open(stop); !opened)
        return tl::unexpected(opened.error());
    std::vector<TrackId> ids;
    for (const FileTrack &track : m_playlist.agreement()) {
        m_tracks[track.id] = makeTrackItems(track);
        ids.push_back(track.id);
    }
    if (const auto begun = beginNext(stop); !begun)
        return tl::unexpected(begun.error());
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
    if (m_seek && m_playedEnd)
        return seek(stop);
    if (!m_ahead.next() && !m_ahead.isAtEnd())
        return readAhead(stop);
    if (m_paused && !m_showsOne && m_ahead.isInOrder())
        return idle(stop);
    if (m_ahead.next())
        return playNext(stop);
    if (!m_tracksEnded) {
        endTracks();
        return {};
    }
    return endFile(stop);
}

Result<> FileSource::readAhead(const std::stop_token &stop)
{
    const auto filled = m_ahead.fill(stop);
    return filled ? filled : giveUp(playing(filled.error()));
}

Result<> FileSource::playNext(const std::stop_token &stop)
{
    const Sample &next = *m_ahead.next();
    const auto offset = m_ahead.isInOrder() ? Pacer::Offset::MayMove : Pacer::Offset::Stays;
    if (!next.isLeadIn && !m_pacer.waitUntil(next.dts, slack(), stop, offset))
        return failure(ErrorCode::Cancelled);
    const Sample sample = m_ahead.take();
    auto items = m_tracks.at(sample.track)
                     ->take(sample,
                            {m_pacer.toSteady(sample.pts), m_pacer.toSteady(sample.dts),
                             m_pacer.toWall(sample.pts)});
    if (!items)
        return giveUp(playing({ErrorCode::FileUnplayable, items.error().detail}));
    deliver(*std::move(items));
    if (sample.isLeadIn)
        return {};
    deliverSilence(m_pacer.toSteady(sample.dts));
    m_playedEnd = std::max(m_playedEnd.value_or(sample.pts), sample.pts + sample.duration);
    tellPlayback(sample.position);
    return {};
}

void FileSource::control(const PlaybackCommand &command)
{
    if (m_paused && command.paused == false)
        m_pacer.goOn();
    m_paused = command.paused.value_or(m_paused);
    if (command.position && m_ahead.file().duration() > Timestamp(0))
        m_seek = *command.position;
    tellPlayback(m_playback.position);
}

// The encoder gets the last picture and silence; nothing of what passes is sent.
Result<> FileSource::idle(const std::stop_token &stop)
{
    if (!m_pacer.idle(stop))
        return failure(ErrorCode::Cancelled);
    const Timestamp now = m_pacer.now();
    if (m_last) {
        m_last->pts = std::max(now, m_last->pts + std::chrono::milliseconds(1));
        m_last->captured = m_pacer.toWall(m_pacer.toFile(m_last->pts));
        m_due.emplace_back(*m_last);
    }
    if (const auto sound = m_tracks.find(TrackId::Audio); sound != m_tracks.end())
        deliver(sound->second->idleUntil(now));
    return {};
}

// A stop in between leaves it wanted.
Result<> FileSource::seek(const std::stop_token &stop)
{
    const Timestamp position = *m_seek;
    const auto starts = m_ahead.seek(position, stop);
    if (!starts && starts.error().code == ErrorCode::Cancelled)
        return tl::unexpected(starts.error());
    m_seek.reset();
    const Result<> sought = starts ? cutTo(position, *starts) : tl::unexpected(starts.error());
    return sought ? sought : giveUp(playing(sought.error()));
}

// Pictures that pass begin with their keyframe, and sound with them; others with the wanted one.
Result<> FileSource::cutTo(Timestamp position, const Timeline::Starts &starts)
{
    const Timestamp beginning = m_ahead.file().beginning();
    Timestamp from = beginning + position;
    m_awaitsKeyframe = passesPictures();
    if (m_awaitsKeyframe)
        from = starts[std::size_t(TrackId::Video)].value_or(from);
    const Timestamp at = std::max(m_pacer.toFile(m_pacer.now()), *m_playedEnd);
    m_ahead.cut(from, at);
    m_showFrom = m_pacer.toSteady(at) - std::chrono::milliseconds(1); // containers round
    m_pacer.goOn();
    m_tracksEnded = false;
    m_showsOne = true;
    tellPlayback(from - beginning);
    return beginTracks();
}

bool FileSource::passesPictures() const
{
    const auto pictures = m_tracks.find(TrackId::Video);
    return pictures != m_tracks.end() && !pictures->second->isDecoded();
}

// Who looks at the preview of a decoded file watches, too.
Timestamp FileSource::slack() const
{
    const auto pictures = m_tracks.find(TrackId::Video);
    const bool isSeen = pictures != m_tracks.end() && pictures->second->isDecoded();
    return m_watched || isSeen ? Timestamp(0) : unwatchedSlack;
}

bool FileSource::isShown(const SourceItem &item)
{
    if (const auto *frame = std::get_if<VideoFrame>(&item))
        return frame->pts >= m_showFrom;
    if (const auto *sound = std::get_if<AudioFrame>(&item))
        return sound->pts >= m_showFrom;
    const auto *unit = std::get_if<AccessUnitPtr>(&item);
    if (unit && (*unit)->track == TrackId::Video)
        m_awaitsKeyframe = m_awaitsKeyframe && !(*unit)->keyframe;
    return !unit || (*unit)->track != TrackId::Video || !m_awaitsKeyframe;
}

void FileSource::deliver(std::vector<SourceItem> items)
{
    for (SourceItem &item : items) {
        if (!isShown(item))
            continue;
        if (const auto *frame = std::get_if<VideoFrame>(&item))
            m_last = *frame;
        const auto *unit = std::get_if<AccessUnitPtr>(&item);
        const bool isPicture =
            unit ? (*unit)->track == TrackId::Video : std::holds_alternative<VideoFrame>(item);
        if (isPicture || !m_tracks.contains(TrackId::Video)) {
            m_hasBegun = m_hasBegun || !unit || (*unit)->keyframe;
            m_showsOne = false;
        }
        m_due.push_back(std::move(item));
    }
}

// Where others of the list have sound, and this file has none.
void FileSource::deliverSilence(Timestamp until)
{
    const auto sound = m_tracks.find(TrackId::Audio);
    if (sound != m_tracks.end() && !findTrack(m_ahead.file().tracks(), TrackId::Audio))
        deliver(sound->second->idleUntil(until));
}

// What is left of a file that turned out to be damaged is not played. In a list the next one is.
Result<> FileSource::giveUp(Error error)
{
    if (error.code == ErrorCode::Cancelled)
        return tl::unexpected(std::move(error));
    m_ahead.endHere();
    return m_playlist.noteDamaged(error);
}

Result<> FileSource::endFile(const std::stop_token &stop)
{
    Result<> noted;
    if (std::exchange(m_hasBegun, true)) // told once
        m_playlist.notePlayed();
    else
        noted = m_playlist.noteUnplayable(
            playing({ErrorCode::FileUnplayable, "no picture in it can be begun with"}));
    return noted ? beginNext(stop) : noted;
}

Result<> FileSource::beginNext(const std::stop_token &stop)
{
    for (;;) {
        auto next = m_playlist.next(stop);
        if (!next)
            return tl::unexpected(next.error());
        if (!*next) {
            end();
            return {};
        }
        auto begun = begin(*std::move(next), stop);
        if (begun)
            return begun;
        if (auto noted = m_playlist.noteUnplayable(begun.error()); !noted)
            return noted;
    }
}

void FileSource::end()
{
    m_playback.paused = true;
    m_memory->playback.set(std::make_shared<const Playback>(m_playback));
    m_due.emplace_back(EndOfSource{});
}

Result<> FileSource::begin(std::unique_ptr<Demuxer> file, const std::stop_token &stop)
{
    m_ahead.begin(std::move(file), stop);
    m_tracksEnded = m_hasBegun = m_awaitsKeyframe = false;
    m_showFrom = Timestamp::min();
    m_seek.reset(); // it was meant for the file before
    auto begun = beginTracks();
    return begun ? begun : within("open " + m_playlist.file(), begun.error());
}

Result<> FileSource::beginTracks()
{
    for (const FileTrack &track : m_ahead.file().tracks())
        if (auto begun = m_tracks.at(track.id)->beginRound(track); !begun)
            return begun;
    return {};
}

void FileSource::endTracks()
{
    m_tracksEnded = true;
    for (const auto &[id, track] : m_tracks)
        deliver(track->endRound());
}

// Ten times a second is enough.
void FileSource::tellPlayback(Timestamp position)
{
    using std::chrono::milliseconds;
    Playback now{m_playlist.file(), std::chrono::duration_cast<milliseconds>(position),
                 std::chrono::duration_cast<milliseconds>(m_ahead.file().duration()), m_paused};
    if (now.duration.count() > 0) // raw files do not know it
        now.position = std::clamp(now.position, milliseconds(0), now.duration);
    const bool isNear = std::chrono::abs(now.position - m_playback.position) < milliseconds(100);
    if (isNear)
        now.position = m_playback.position;
    if (now == m_playback)
        return;
    m_playback = std::move(now);
    m_memory->playback.set(std::make_shared<const Playback>(m_playback));
}

Error FileSource::playing(const Error &error) const
{
    return within("play " + m_playlist.file(), error).value();
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
    return {
        .id = "file",
        .title = "Video file",
        .kind = SourceKind::Mixed,
        .schema = fileSchema(),
        .create = [](const Settings &settings,
                     const SourceContext &context) -> Result<std::unique_ptr<Source>> {
            return openableFile(textOf(settings, "path"), toggleOf(settings, "loop"), systemPacer(),
                                context.memory);
        },
        .discover = nullptr,
        .awaits = std::nullopt,
        .hasSound = true,
    };
}

} // namespace heliograph
