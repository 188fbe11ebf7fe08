#include "sources/file/demuxer.h"

#include "media/h264.h"
#include "media/hevc.h"
#include "media/opus.h"
#include "sources/file/agreement.h"
#include "sources/file/decoding_times.h"
#include "sources/file/display_order.h"
#include "sources/file/file_tracks.h"
#include "sources/file/input.h"

#include <algorithm>
#include <deque>
#include <map>

namespace heliograph {

namespace {

// How far it is looked for a first picture and the first sound.
constexpr std::size_t longestLook = 500;

// How far in front of a place a keyframe is looked for where no index tells.
constexpr Timestamp stepsBack[] = {std::chrono::seconds(0), std::chrono::seconds(3),
                                   std::chrono::seconds(12), std::chrono::seconds(60)};

using PacketHandle = ffmpeg::Handle<AVPacket>;

std::optional<Timestamp> toTime(std::int64_t value, AVRational base)
{
    if (value == AV_NOPTS_VALUE)
        return std::nullopt;
    return Timestamp(av_rescale_q(value, base, {1, 1'000'000'000}));
}

void fill(Sample &sample, const FileTrack &track, PacketHandle packet)
{
    const ByteSpan span(packet->data, std::size_t(packet->size));
    std::shared_ptr<AVPacket> shared(std::move(packet));
    if (track.treatment == Treatment::Decode)
        sample.packet = std::move(shared);
    else
        sample.bytes = Bytes::adopt(span, std::move(shared));
}

// Whether the order of showing is counted anew.
bool holdsIdr(Treatment treatment, ByteSpan annexB)
{
    return std::ranges::any_of(h264::splitAnnexB(annexB), [treatment](ByteSpan nal) {
        return treatment == Treatment::H264 ? h264::typeOf(nal) == h264::NalType::IdrSlice
                                            : hevc::isIdr(hevc::typeOf(nal));
    });
}

// Nothing: its packets are served as they stand.
const char *filterFor(Treatment treatment)
{
    switch (treatment) {
    case Treatment::H264:
        return "h264_mp4toannexb";
    case Treatment::Hevc:
        return "hevc_mp4toannexb";
    case Treatment::Aac:
        return "aac_adtstoasc";
    case Treatment::Opus:
    case Treatment::Decode:
        break;
    }
    return nullptr;
}

// Null: this libavcodec lacks it.
ffmpeg::FilterHandle makeFilter(const char *name, const AVStream &stream)
{
    AVBSFContext *filter = nullptr;
    const AVBitStreamFilter *type = av_bsf_get_by_name(name);
    if (!type || av_bsf_alloc(type, &filter) < 0)
        return nullptr;
    ffmpeg::FilterHandle handle(filter);
    avcodec_parameters_copy(filter->par_in, stream.codecpar);
    filter->time_base_in = stream.time_base;
    return av_bsf_init(filter) < 0 ? nullptr : std::move(handle);
}

// False: the packet is damaged; it is left out.
bool applyFilter(AVBSFContext &filter, AVPacket &packet)
{
    return av_bsf_send_packet(&filter, &packet) >= 0
        && av_bsf_receive_packet(&filter, &packet) >= 0;
}

} // namespace

struct Demuxer::Impl {
    Result<bool> look(std::size_t index, const std::stop_token &stop);
    Result<bool> seekTo(Timestamp when, Timestamp back, const std::stop_token &stop);
    void forget();
    Result<> chooseStreams();
    Result<> setUp();
    void setUpOrder();
    bool isUntimed() const;
    Result<bool> readPacket(const std::stop_token &stop);
    void take(std::size_t track, PacketHandle packet);
    void takePicture(const FileTrack &track, PacketHandle packet);
    void takeSound(const FileTrack &track, PacketHandle packet);
    Timestamp soundDuration(const FileTrack &track, const AVPacket &packet) const;
    void orderPicture(Sample sample, std::optional<Timestamp> dts);
    Timestamp decodedAt(std::int64_t number) const;
    void collect();
    void end();

    std::string path;
    std::unique_ptr<Input> input;
    std::vector<FileTrack> tracks;
    std::vector<ffmpeg::FilterHandle> filters; // of each track; null: none
    Timestamp pictureTime{0}; // one over the rate
    Timestamp soundEnd{0};
    std::optional<Timestamp> first; // when the first of the leading track is shown
    DecodingTimes times;
    std::deque<Sample> ready;

    // Where the container does not say when its pictures are shown.
    ffmpeg::ParserHandle parser; // null: it does
    ffmpeg::Handle<AVCodecContext> parserContext;
    DisplayOrder order;
    std::deque<Sample> unordered;
    std::map<std::int64_t, Timestamp> decoded; // when, by the number in decoding order
    std::int64_t pushed = 0;
    std::int64_t ordered = 0;
};

Demuxer::Demuxer(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

Demuxer::~Demuxer() = default;

Result<std::unique_ptr<Demuxer>> Demuxer::open(const std::string &path, const std::stop_token &stop)
{
    auto impl = std::make_unique<Impl>();
    auto input = Input::open(path, stop);
    if (!input)
        return tl::unexpected(input.error());
    impl->path = path;
    impl->input = *std::move(input);
    if (const auto chosen = impl->chooseStreams(); !chosen)
        return within("open " + path, chosen.error());
    return std::unique_ptr<Demuxer>(new Demuxer(std::move(impl)));
}

Result<> Demuxer::serveAs(const Agreement &agreement)
{
    auto tracks = fit(m_impl->tracks, agreement);
    if (!tracks)
        return within("open " + m_impl->path, tracks.error());
    m_impl->tracks = *std::move(tracks);
    const auto ready = m_impl->setUp();
    return ready ? ready : within("open " + m_impl->path, ready.error());
}

Result<Timeline::Starts> Demuxer::starts(const std::stop_token &stop)
{
    Timeline::Starts starts;
    std::size_t found = 0;
    for (std::size_t i = 0; found < m_impl->tracks.size() && i < longestLook; ++i) {
        const auto more = m_impl->look(i, stop);
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
        auto &start = starts[std::size_t(m_impl->ready[i].track)];
        found += start ? 0 : 1;
        start = start.value_or(m_impl->ready[i].pts);
    }
    if (!m_impl->first)
        m_impl->first = starts[std::size_t(m_impl->tracks.front().id)];
    return starts;
}

Result<> Demuxer::seek(Timestamp position, const std::stop_token &stop)
{
    const Timestamp when = std::max(beginning() + std::clamp(position, Timestamp(0), duration()),
                                    m_impl->first.value_or(beginning()));
    for (const Timestamp back : stepsBack) {
        const auto found = m_impl->seekTo(when, back, stop);
        if (!found)
            return tl::unexpected(found.error());
        if (*found || when - back < beginning())
            break;
    }
    return {};
}

Timestamp Demuxer::beginning() const
{
    const std::int64_t start = m_impl->input->context().start_time;
    return start == AV_NOPTS_VALUE ? Timestamp(0) : Timestamp(std::chrono::microseconds(start));
}

Timestamp Demuxer::duration() const
{
    const AVFormatContext &context = m_impl->input->context();
    const std::string_view name = context.iformat->name;
    const bool isRaw = name == "h264" || name == "hevc"; // it holds no times
    return isRaw || context.duration == AV_NOPTS_VALUE
        ? Timestamp(0)
        : Timestamp(std::chrono::microseconds(context.duration));
}

const std::vector<FileTrack> &Demuxer::tracks() const
{
    return m_impl->tracks;
}

bool Demuxer::mayJump() const
{
    return (m_impl->input->context().iformat->flags & AVFMT_TS_DISCONT) != 0;
}

Result<std::optional<Sample>> Demuxer::read(const std::stop_token &stop)
{
    while (m_impl->ready.empty()) {
        const auto more = m_impl->readPacket(stop);
        if (!more)
            return tl::unexpected(more.error());
        if (!*more && m_impl->ready.empty())
            return std::optional<Sample>();
    }
    std::optional<Sample> sample = std::move(m_impl->ready.front());
    m_impl->ready.pop_front();
    return sample;
}

// Whether there is a sample of this number in what is ready, or can be read into it.
Result<bool> Demuxer::Impl::look(std::size_t index, const std::stop_token &stop)
{
    while (index >= ready.size()) {
        const auto more = readPacket(stop);
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
    }
    return index < ready.size();
}

// Containers without an index land anywhere: what is before the last keyframe is left out then.
// False: there is no keyframe at or before `when`.
Result<bool> Demuxer::Impl::seekTo(Timestamp when, Timestamp back, const std::stop_token &stop)
{
    if (const auto sought = input->seek(*tracks.front().stream, when - back, stop); !sought)
        return tl::unexpected(sought.error());
    forget();
    std::optional<std::size_t> keyframe;
    for (std::size_t i = 0;; ++i) {
        const auto more = look(i, stop);
        if (!more)
            return tl::unexpected(more.error());
        const bool isLead = *more && ready[i].track == tracks.front().id;
        if (isLead && ready[i].isKeyframe && (!keyframe || ready[i].pts <= when))
            keyframe = i;
        const bool isThere = isLead && (ready[i].pts > when || (keyframe && back == Timestamp(0)));
        if (!*more || isThere)
            break;
    }
    const bool found = keyframe && ready[*keyframe].pts <= when;
    const Timestamp begin = keyframe ? ready[*keyframe].dts : Timestamp(0);
    if (keyframe)
        std::erase_if(ready, [begin](const Sample &sample) { return sample.dts < begin; });
    return found;
}

void Demuxer::Impl::forget()
{
    for (const ffmpeg::FilterHandle &filter : filters)
        if (filter)
            av_bsf_flush(filter.get());
    soundEnd = Timestamp(0);
    times = {};
    ready.clear();
    order = {};
    unordered.clear();
    decoded.clear();
    pushed = ordered = 0;
    setUpOrder();
}

Result<> Demuxer::Impl::chooseStreams()
{
    const AVFormatContext &context = input->context();
    auto chosen = chooseTracks(context);
    if (!chosen)
        return tl::unexpected(chosen.error());
    tracks = *std::move(chosen);
    return {};
}

Result<> Demuxer::Impl::setUp()
{
    AVFormatContext &context = input->context();
    for (unsigned i = 0; i < context.nb_streams; ++i)
        context.streams[i]->discard = AVDISCARD_ALL;
    for (const FileTrack &track : tracks) {
        context.streams[track.stream->index]->discard = AVDISCARD_DEFAULT;
        const char *filter = filterFor(track.treatment);
        filters.push_back(filter ? makeFilter(filter, *track.stream) : nullptr);
        if (filter && !filters.back())
            return failure(ErrorCode::FileUnplayable, "its headers are damaged");
    }
    if (tracks.front().id == TrackId::Video)
        pictureTime = Timestamp(std::int64_t(1e9 / pictureRate(*tracks.front().stream)));
    setUpOrder();
    return {};
}

void Demuxer::Impl::setUpOrder()
{
    if (!isUntimed())
        return;
    parser.reset(av_parser_init(tracks.front().stream->codecpar->codec_id));
    parser->flags |= PARSER_FLAG_COMPLETE_FRAMES;
    parserContext.reset(avcodec_alloc_context3(nullptr));
}

// Raw files know no times at all, AVI none of showing.
bool Demuxer::Impl::isUntimed() const
{
    const Treatment treatment = tracks.front().treatment;
    const std::string_view name = input->context().iformat->name;
    return (treatment == Treatment::H264 || treatment == Treatment::Hevc)
        && (name == "h264" || name == "hevc" || name == "avi");
}

// False at the end.
Result<bool> Demuxer::Impl::readPacket(const std::stop_token &stop)
{
    auto packet = input->read(stop);
    if (!packet)
        return tl::unexpected(packet.error());
    if (!*packet) {
        end();
        return false;
    }
    for (std::size_t i = 0; i < tracks.size(); ++i)
        if ((*packet)->stream_index == tracks[i].stream->index) {
            take(i, *std::move(packet));
            break;
        }
    return true;
}

void Demuxer::Impl::take(std::size_t index, PacketHandle packet)
{
    const FileTrack &track = tracks[index];
    if (filters[index] && !applyFilter(*filters[index], *packet))
        return;
    if (packet->size == 0)
        return;
    if (track.id == TrackId::Video)
        takePicture(track, std::move(packet));
    else
        takeSound(track, std::move(packet));
}

void Demuxer::Impl::takePicture(const FileTrack &track, PacketHandle packet)
{
    const AVRational base = track.stream->time_base;
    Sample sample;
    sample.isKeyframe = (packet->flags & AV_PKT_FLAG_KEY) != 0;
    sample.duration = packet->duration > 0 ? *toTime(packet->duration, base) : pictureTime;
    const auto pts = toTime(packet->pts, base);
    const auto dts = toTime(packet->dts, base);
    fill(sample, track, std::move(packet));
    if (parser)
        orderPicture(std::move(sample), dts);
    else
        times.push(std::move(sample), pts, dts);
    collect();
}

void Demuxer::Impl::takeSound(const FileTrack &track, PacketHandle packet)
{
    Sample sample;
    sample.track = TrackId::Audio;
    sample.pts = sample.dts = toTime(packet->pts, track.stream->time_base).value_or(soundEnd);
    sample.duration = soundDuration(track, *packet);
    soundEnd = sample.dts + sample.duration;
    fill(sample, track, std::move(packet));
    ready.push_back(std::move(sample));
}

Timestamp Demuxer::Impl::soundDuration(const FileTrack &track, const AVPacket &packet) const
{
    constexpr int second = 1'000'000'000;
    const ByteSpan bytes(packet.data, std::size_t(packet.size));
    if (track.treatment == Treatment::Aac)
        return Timestamp(av_rescale(1024, second, track.track->clockRate()));
    if (track.treatment == Treatment::Opus)
        return Timestamp(av_rescale(opus::samplesOf(bytes), second, opus::clockRate));
    return toTime(packet.duration, track.stream->time_base).value_or(Timestamp(0));
}

// The parser reads each picture's place in the order of showing.
void Demuxer::Impl::orderPicture(Sample sample, std::optional<Timestamp> dts)
{
    std::uint8_t *unused = nullptr;
    int unusedSize = 0;
    av_parser_parse2(parser.get(), parserContext.get(), &unused, &unusedSize, sample.bytes.data(),
                     int(sample.bytes.size()), AV_NOPTS_VALUE, AV_NOPTS_VALUE, 0);
    order.push(parser->output_picture_number, holdsIdr(tracks.front().treatment, sample.bytes));
    decoded.emplace(pushed, dts.value_or(pushed * pictureTime));
    ++pushed;
    unordered.push_back(std::move(sample));
}

// Past the last one known as if all went on in its step.
Timestamp Demuxer::Impl::decodedAt(std::int64_t number) const
{
    if (const auto found = decoded.lower_bound(number); found != decoded.end())
        return found->second;
    const auto [last, time] = *decoded.rbegin();
    const Timestamp step =
        decoded.size() > 1 ? time - std::next(decoded.rbegin())->second : pictureTime;
    return time + (number - last) * step;
}

// What has its times by now. A picture is shown when the one is decoded that has its place, and
// the reordering is past.
void Demuxer::Impl::collect()
{
    constexpr std::int64_t mostReordered = 16;
    while (const auto place = order.next()) {
        Sample sample = std::move(unordered.front());
        unordered.pop_front();
        sample.dts = decodedAt(ordered++);
        sample.pts = decodedAt(*place + tracks.front().stream->codecpar->video_delay);
        decoded.erase(decoded.begin(), decoded.lower_bound(ordered - mostReordered));
        ready.push_back(std::move(sample));
    }
    while (auto sample = times.pop())
        ready.push_back(*std::move(sample));
}

void Demuxer::Impl::end()
{
    order.end();
    times.end();
    collect();
}

} // namespace heliograph
