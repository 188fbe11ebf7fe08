#include "sources/file/demuxer.h"

#include "media/h264.h"
#include "sources/file/decoding_times.h"
#include "sources/file/display_order.h"
#include "sources/file/file_tracks.h"
#include "sources/file/input.h"

#include <algorithm>

namespace heliograph {

namespace {

using PacketHandle = ffmpeg::Handle<AVPacket>;

std::optional<Timestamp> toTime(std::int64_t value, AVRational base)
{
    if (value == AV_NOPTS_VALUE)
        return std::nullopt;
    return Timestamp(av_rescale_q(value, base, {1, 1'000'000'000}));
}

Bytes adopt(PacketHandle packet)
{
    const ByteSpan span(packet->data, std::size_t(packet->size));
    return Bytes::adopt(span, std::shared_ptr<const AVPacket>(std::move(packet)));
}

bool holdsIdr(ByteSpan annexB)
{
    const auto nals = h264::splitAnnexB(annexB);
    return std::any_of(nals.begin(), nals.end(),
                       [](ByteSpan nal) { return h264::typeOf(nal) == h264::NalType::IdrSlice; });
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
    Result<> setUp();
    bool isRaw() const;
    Result<bool> readPacket(const std::stop_token &stop);
    void takePicture(PacketHandle packet);
    void takeSound(PacketHandle packet);
    void orderPicture(Sample sample);
    void collect();
    void end();

    std::unique_ptr<Input> input;
    const AVStream *pictures = nullptr;
    Sound sound;
    ffmpeg::FilterHandle toAnnexB;
    ffmpeg::FilterHandle withoutAdts;
    Timestamp pictureTime{0}; // one over the rate
    DecodingTimes times;
    std::deque<Sample> ready;

    // Raw H.264 only.
    ffmpeg::ParserHandle parser;
    ffmpeg::Handle<AVCodecContext> parserContext;
    DisplayOrder order;
    std::deque<Sample> unordered;
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
    impl->input = *std::move(input);
    if (const auto ready = impl->setUp(); !ready)
        return within("open " + path, ready.error());
    return std::unique_ptr<Demuxer>(new Demuxer(std::move(impl)));
}

std::vector<TrackId> Demuxer::tracks() const
{
    if (m_impl->sound.stream)
        return {TrackId::Video, TrackId::Audio};
    return {TrackId::Video};
}

std::shared_ptr<const Track> Demuxer::sound() const
{
    return m_impl->sound.track;
}

H264Assembler::Hints Demuxer::hints() const
{
    return {pictureRate(*m_impl->pictures), int(m_impl->pictures->codecpar->bit_rate)};
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

Result<> Demuxer::Impl::setUp()
{
    AVFormatContext &context = input->context();
    const auto chosen = choosePictures(context);
    if (!chosen)
        return tl::unexpected(chosen.error());
    pictures = *chosen;
    sound = chooseSound(context);
    toAnnexB = makeFilter("h264_mp4toannexb", *pictures);
    if (sound.stream)
        withoutAdts = makeFilter("aac_adtstoasc", *sound.stream);
    if (!toAnnexB || (sound.stream && !withoutAdts))
        return failure(ErrorCode::FileUnplayable, "its headers are damaged");
    for (unsigned i = 0; i < context.nb_streams; ++i)
        if (context.streams[i] != pictures && context.streams[i] != sound.stream)
            context.streams[i]->discard = AVDISCARD_ALL;
    pictureTime = Timestamp(std::int64_t(1e9 / pictureRate(*pictures)));
    if (isRaw()) {
        parser.reset(av_parser_init(AV_CODEC_ID_H264));
        parser->flags |= PARSER_FLAG_COMPLETE_FRAMES;
        parserContext.reset(avcodec_alloc_context3(nullptr));
    }
    return {};
}

bool Demuxer::Impl::isRaw() const
{
    return std::string_view(input->context().iformat->name) == "h264";
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
    if ((*packet)->stream_index == pictures->index)
        takePicture(*std::move(packet));
    else if (sound.stream && (*packet)->stream_index == sound.stream->index)
        takeSound(*std::move(packet));
    return true;
}

void Demuxer::Impl::takePicture(PacketHandle packet)
{
    if (!applyFilter(*toAnnexB, *packet) || packet->size == 0)
        return;
    const AVRational base = pictures->time_base;
    Sample sample;
    sample.duration = packet->duration > 0 ? *toTime(packet->duration, base) : pictureTime;
    const auto pts = toTime(packet->pts, base);
    const auto dts = toTime(packet->dts, base);
    sample.bytes = adopt(std::move(packet));
    if (isRaw())
        orderPicture(std::move(sample));
    else
        times.push(std::move(sample), pts, dts);
    collect();
}

void Demuxer::Impl::takeSound(PacketHandle packet)
{
    if (!applyFilter(*withoutAdts, *packet) || packet->size == 0)
        return;
    const AVRational base = sound.stream->time_base;
    const auto pts = toTime(packet->pts, base);
    if (!pts)
        return;
    Sample sample;
    sample.track = TrackId::Audio;
    sample.pts = sample.dts = *pts;
    sample.duration = Timestamp(av_rescale(1024, 1'000'000'000, sound.track->clockRate()));
    sample.bytes = adopt(std::move(packet));
    ready.push_back(std::move(sample));
}

// A raw file knows no times: the parser reads each picture's place in the order of showing.
void Demuxer::Impl::orderPicture(Sample sample)
{
    std::uint8_t *unused = nullptr;
    int unusedSize = 0;
    av_parser_parse2(parser.get(), parserContext.get(), &unused, &unusedSize, sample.bytes.data(),
                     int(sample.bytes.size()), AV_NOPTS_VALUE, AV_NOPTS_VALUE, 0);
    order.push(parser->output_picture_number, holdsIdr(sample.bytes));
    sample.duration = pictureTime;
    unordered.push_back(std::move(sample));
}

// What has its times by now.
void Demuxer::Impl::collect()
{
    while (const auto place = order.next()) {
        Sample sample = std::move(unordered.front());
        unordered.pop_front();
        const std::int64_t shown = *place + pictures->codecpar->video_delay;
        sample.dts = ordered++ * pictureTime;
        sample.pts = shown * pictureTime;
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
