#include "sources/rtsp/camera_reader.h"

#include "gst/sample.h"
#include "sources/rtsp/camera_pipeline.h"

#include <algorithm>

namespace heliograph {

namespace {

constexpr int picturesToSeeOrder = 8; // two rounds of three B-pictures
constexpr std::int64_t aacSamples = 1024; // in a frame

Timestamp frameDuration(const AacConfig &config)
{
    return std::chrono::nanoseconds(std::chrono::seconds(1)) * aacSamples / config.sampleRate;
}

// Whether a NAL unit says that pictures are not shown in the order in which they come. In H.265 the
// SPS tells it; in H.264 it may leave it open.
bool tellsReorder(const H264Assembler &, ByteSpan nal)
{
    return h264::isBSlice(nal);
}
bool tellsReorder(const HevcAssembler &, ByteSpan nal)
{
    if (hevc::typeOf(nal) != hevc::NalType::Sps)
        return false;
    const auto info = hevc::parseSps(nal);
    return info && info->reordered > 0;
}

} // namespace

CameraReader::CameraReader(const std::vector<CameraTrack> &tracks, const Clock &clock)
    : m_clock(clock)
{
    for (const CameraTrack &track : tracks) {
        partOf(track.id) = {true, track.passes, false};
        if (track.isHevc)
            m_assembler.emplace<HevcAssembler>();
        if (track.aac)
            m_aac = std::make_shared<const Track>(Track{TrackId::Audio, 1, *track.aac});
        if (track.g711)
            m_g711 = std::make_shared<const Track>(Track{TrackId::Original, 1, *track.g711});
    }
}

void CameraReader::keep(gst::Pipeline::Sample sample)
{
    Part &part = partOf(sample.track);
    part.isThere = true;
    if (!part.passes)
        std::erase_if(m_kept, [&](const auto &older) { return older.track == sample.track; });
    m_kept.push_back(std::move(sample));
}

std::size_t CameraReader::heard() const
{
    return std::size_t(m_pictures.isThere) + std::size_t(m_sound.isThere);
}

bool CameraReader::knowsOrder() const
{
    const auto pictures = std::ranges::count(m_kept, TrackId::Video, &gst::Pipeline::Sample::track);
    return !m_pictures.passes || pictures >= picturesToSeeOrder;
}

Result<> CameraReader::settle()
{
    if (m_pictures.isOffered && !m_pictures.isThere)
        return failure(ErrorCode::Stalled);
    Timestamp latest = Timestamp::min();
    Timestamp reorder{0};
    for (const auto &sample : m_kept) {
        if (sample.track != TrackId::Video || !sample.pts)
            continue;
        latest = std::max(latest, *sample.pts);
        reorder = std::max(reorder, latest - *sample.pts);
    }
    m_isReordered = std::ranges::any_of(m_kept, [this](const auto &sample) {
        return sample.track == TrackId::Video && isReordered(sample);
    });
    if (m_isReordered) // else the jitter buffer bent them
        m_times.expectReorder(reorder);
    return {};
}

bool CameraReader::isReordered(const gst::Pipeline::Sample &sample) const
{
    if (!m_pictures.passes)
        return false;
    const Bytes bytes = gst::toBytes(*sample.sample);
    return std::visit(
        [&](const auto &assembler) {
            return std::ranges::any_of(h264::splitAnnexB(bytes),
                                       [&](ByteSpan nal) { return tellsReorder(assembler, nal); });
        },
        m_assembler);
}

std::optional<gst::Pipeline::Sample> CameraReader::kept()
{
    if (m_kept.empty())
        return std::nullopt;
    auto sample = std::move(m_kept.front());
    m_kept.pop_front();
    return sample;
}

std::vector<TrackId> CameraReader::tracks() const
{
    std::vector<TrackId> tracks;
    if (m_pictures.isThere)
        tracks.push_back(TrackId::Video);
    if (m_sound.isThere)
        tracks.push_back(TrackId::Audio);
    return tracks;
}

Result<std::optional<CameraReader::Item>> CameraReader::convert(gst::Pipeline::Sample sample)
{
    const Part &part = partOf(sample.track);
    if (!part.isThere)
        return std::nullopt;
    if (sample.track == TrackId::Audio && m_g711)
        return takeG711(sample);
    if (!part.passes)
        return takeFrame(std::move(sample));
    return sample.track == TrackId::Video ? passPicture(sample) : passSound(sample);
}

// A picture may come in parts, where parameter sets are repeated between its slices: RTP gives all
// of them one time. The marker ends it; where it is missing, the next picture's time does.
std::optional<CameraReader::Item> CameraReader::passPicture(const gst::Pipeline::Sample &sample)
{
    const bool continues = m_part && m_part->pts == sample.pts;
    auto item = m_part && !continues ? makePicture(*std::exchange(m_part, {})) : std::nullopt;
    if (!m_part)
        m_part = PicturePart{{}, sample.pts, sample.arrived, ntpOf(sample)};
    const Bytes bytes = gst::toBytes(*sample.sample);
    m_part->annexB.insert(m_part->annexB.end(), bytes.data(), bytes.data() + bytes.size());
    const bool isWhole =
        GST_BUFFER_FLAG_IS_SET(gst_sample_get_buffer(sample.sample.get()), GST_BUFFER_FLAG_MARKER);
    if (isWhole && !item)
        item = makePicture(*std::exchange(m_part, {}));
    return item;
}

// What cannot be read is left out: the watchdog sees when nothing else comes.
std::optional<CameraReader::Item> CameraReader::makePicture(PicturePart part)
{
    const auto when = m_times.place(TrackId::Video, part.pts, {}, part.arrived);
    const auto unit = std::visit(
        [&](auto &assembler) {
            typename std::decay_t<decltype(assembler)>::Picture picture;
            picture.annexB = Bytes(std::move(part.annexB));
            picture.pts = when.pts;
            picture.dts = when.dts;
            picture.captured = m_clock.toWall(when.pts);
            return assembler.assemble(picture);
        },
        m_assembler);
    if (!unit || !*unit)
        return std::nullopt;
    noteOrder(**unit);
    const Track &track = *(*unit)->config;
    return Item{
        *unit,   TrackId::Video, when.pts, (*unit)->keyframe, {track.width(), track.height()},
        part.ntp};
}

// Of cameras that begin to send B-pictures later on.
void CameraReader::noteOrder(const AccessUnit &unit)
{
    if (m_isReordered)
        return;
    m_isReordered = std::visit(
        [&](const auto &assembler) {
            return std::ranges::any_of(
                unit.units, [&](const Bytes &nal) { return tellsReorder(assembler, nal); });
        },
        m_assembler);
    if (m_isReordered)
        m_times.expectReorder();
}

std::optional<CameraReader::Item> CameraReader::passSound(const gst::Pipeline::Sample &sample)
{
    const auto when =
        m_times.place(TrackId::Audio, sample.pts, frameDuration(std::get<AacConfig>(m_aac->config)),
                      sample.arrived);
    return Item{soundUnit(sample, when, m_aac), TrackId::Audio, when.pts, true, {}, {}};
}

AccessUnitPtr CameraReader::soundUnit(const gst::Pipeline::Sample &sample,
                                      const CameraClock::Times &when,
                                      const std::shared_ptr<const Track> &track) const
{
    auto unit = std::make_shared<AccessUnit>();
    unit->track = track->id;
    unit->keyframe = true;
    unit->pts = when.pts;
    unit->dts = when.dts;
    unit->captured = m_clock.toWall(when.pts);
    unit->config = track;
    unit->units.push_back(gst::toBytes(*sample.sample));
    return unit;
}

// For those who hear it as it came, and for all others.
std::optional<CameraReader::Item> CameraReader::takeG711(const gst::Pipeline::Sample &sample)
{
    const auto when = m_times.place(TrackId::Audio, sample.pts, {}, sample.arrived);
    const AccessUnitPtr unit = soundUnit(sample, when, m_g711);
    const auto frames = m_g711Decoder.decode(*unit);
    if (frames.empty()) // damaged
        return std::nullopt;
    AudioFrame sound = frames.front(); // of these codecs a packet makes one
    sound.original = unit;
    return Item{std::move(sound), TrackId::Audio, when.pts, false, {}, {}};
}

Result<std::optional<CameraReader::Item>> CameraReader::takeFrame(gst::Pipeline::Sample sample)
{
    const auto when = m_times.place(sample.track, sample.pts, {}, sample.arrived);
    const gst::CaptureTime time{when.pts, m_clock.toWall(when.pts)};
    const auto ntp = ntpOf(sample);
    if (sample.track == TrackId::Audio) {
        auto sound = gst::toAudioFrame(std::move(sample.sample), time);
        if (!sound)
            return tl::unexpected(sound.error());
        return Item{*std::move(sound), TrackId::Audio, when.pts, false, {}, {}};
    }
    auto picture = gst::toVideoFrame(std::move(sample.sample), time);
    if (!picture)
        return tl::unexpected(picture.error());
    const PictureSize size{picture->format.width, picture->format.height};
    return Item{*std::move(picture), TrackId::Video, when.pts, false, size, ntp};
}

} // namespace heliograph
