#include "codec/ffmpeg/h264_encoder.h"

#include "codec/encoder_kinds.h"
#include "codec/ffmpeg/encoder_probe.h"
#include "codec/ffmpeg/error.h"
#include "codec/ffmpeg/guarded_backend.h"
#include "codec/ffmpeg/libav_backend.h"
#include "media/latency_sei.h"

#include <algorithm>
#include <deque>

namespace heliograph {

namespace {

struct PictureTime {
    std::int64_t number = 0;
    Timestamp pts{0};
    WallTime captured{0};
};

// What no running encoder can change.
bool beginsAnew(const EncoderConfig &a, const EncoderConfig &b)
{
    return a.encoder != b.encoder || a.preset != b.preset || a.profile != b.profile
        || a.largest != b.largest;
}

// Software always answers; what a driver does nobody knows.
Result<std::unique_ptr<EncoderBackend>> openBackend(std::string_view id,
                                                    const EncoderConfig &config, PictureSize size)
{
    const auto open = [id = std::string(id), config, size] {
        return openLibavBackend(id, config, size);
    };
    return id == softwareEncoder.id ? open() : openGuarded(open, {});
}

const char *titleOf(std::string_view id)
{
    const auto found = std::ranges::find(hardwareEncoders, id, &EncoderKind::id);
    return found == hardwareEncoders.end() ? softwareEncoder.title : found->title;
}

} // namespace

struct H264Encoder::Impl {
    Result<AccessUnitPtr> encode(const VideoFrame &frame, std::atomic<bool> &keyframeRequested);
    bool fallBack(const Error &error);
    std::string choose() const;
    Result<> open(PictureSize size);
    void changeRates();
    bool isKeyframeDue(Timestamp pts) const;
    Result<AccessUnitPtr> code(const VideoFrame &picture, bool keyframe);
    Result<AccessUnitPtr> assemble(const CodedPicture &coded);
    Result<AccessUnitPtr> judge(AccessUnitPtr unit);
    using Kept = std::deque<PictureTime>;
    Kept::iterator findKept(std::int64_t number);

    EncoderBackends backends;
    EncoderConfig config;
    EncoderConfig opened; // what the running encoder has
    PictureSize size;
    std::string chosen; // the id of the encoder; empty: to be chosen
    std::unique_ptr<EncoderBackend> backend; // null: begin a new one
    std::optional<EncoderFall> fall;
    Scaler scaler{ScaleQuality::Sharp};
    H264Assembler assembler;
    std::int64_t count = 0; // pictures given to this encoder: its own clock, for rate control
    Kept kept; // given to this encoder, and not come back yet
    bool begun = false; // it has given an access unit
    Timestamp lastKeyframe{0}; // the last one that was asked for or came
};

H264Encoder::H264Encoder()
    : H264Encoder(EncoderBackends{encoderWorks, openBackend})
{
}

H264Encoder::H264Encoder(EncoderBackends backends)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->backends = std::move(backends);
    ffmpeg::quietenLog();
}

H264Encoder::~H264Encoder() = default;

void H264Encoder::configure(const EncoderConfig &config)
{
    m_impl->config = config;
    if (beginsAnew(config, m_impl->opened)) {
        m_impl->backend.reset();
        m_impl->chosen.clear();
    }
    if (m_impl->backend)
        m_impl->changeRates();
}

Result<AccessUnitPtr> H264Encoder::encode(const VideoFrame &frame)
{
    auto unit = m_impl->encode(frame, m_keyframeRequested);
    if (!unit && m_impl->fallBack(unit.error()))
        unit = m_impl->encode(frame, m_keyframeRequested);
    if (unit && *unit)
        m_title = titleOf(m_impl->chosen);
    return unit;
}

std::optional<EncoderFall> H264Encoder::takeFall()
{
    return std::exchange(m_impl->fall, std::nullopt);
}

// An error leaves no encoder behind where it was the encoder's.
Result<AccessUnitPtr> H264Encoder::Impl::encode(const VideoFrame &frame,
                                                std::atomic<bool> &keyframeRequested)
{
    const PictureSize wanted = fitInside({frame.format.width, frame.format.height}, config.largest);
    if (!backend || wanted != size)
        if (const auto done = open(wanted); !done)
            return tl::unexpected(done.error());
    const auto picture = scaler.convert(frame, {size.width, size.height, backend->pixels()});
    if (!picture)
        return tl::unexpected(picture.error());
    const bool keyframe = keyframeRequested.exchange(false) || isKeyframeDue(frame.pts);
    auto unit = code(*picture, keyframe);
    if (!unit)
        backend.reset();
    return unit;
}

// True: the same picture should be tried again.
bool H264Encoder::Impl::fallBack(const Error &error)
{
    if (backend || chosen == softwareEncoder.id)
        return false;
    const bool unreadable = error.code == ErrorCode::Malformed; // what came out of it
    fall = EncoderFall{titleOf(chosen),
                       {unreadable ? ErrorCode::HardwareFailed : error.code, error.detail}};
    chosen = softwareEncoder.id;
    (void)assembler.replaceSets({}); // the next encoder's are others
    return true;
}

std::string H264Encoder::Impl::choose() const
{
    if (config.encoder != automaticEncoder)
        return config.encoder;
    const auto fits = [this](const EncoderKind &kind) {
        return kind.automatic && backends.works(kind.id);
    };
    const auto found = std::ranges::find_if(hardwareEncoders, fits);
    return found == hardwareEncoders.end() ? softwareEncoder.id : found->id;
}

Result<> H264Encoder::Impl::open(PictureSize wanted)
{
    backend.reset(); // first: hardware may have room for one only
    if (chosen.empty())
        chosen = choose();
    size = wanted;
    opened = config;
    count = 0;
    kept.clear();
    begun = false;
    auto made = backends.open(chosen, config, size);
    if (!made)
        return tl::unexpected(made.error());
    backend = *std::move(made);
    assembler.setHints({config.fps, config.bitrate, true});
    return {};
}

void H264Encoder::Impl::changeRates()
{
    assembler.setHints({config.fps, config.bitrate, true});
    const bool changes = config.bitrate != opened.bitrate || config.fps != opened.fps;
    if (changes && !backend->changeRates(config))
        backend.reset();
    opened = config;
}

bool H264Encoder::Impl::isKeyframeDue(Timestamp pts) const
{
    // Half a picture early rather than one late.
    const std::chrono::duration<double> slack(0.5 / config.fps);
    return count == 0
        || std::chrono::duration<double>(pts - lastKeyframe).count() + slack.count()
        >= config.gopSeconds;
}

Result<AccessUnitPtr> H264Encoder::Impl::code(const VideoFrame &picture, bool keyframe)
{
    if (keyframe)
        lastKeyframe = picture.pts;
    kept.push_back({count, picture.pts, picture.captured});
    const auto coded = backend->encode(picture, count++, keyframe);
    if (!coded)
        return tl::unexpected(coded.error());
    if (!*coded)
        return judge(nullptr);
    auto unit = assemble(**coded);
    if (!unit)
        return unit;
    return judge(*std::move(unit));
}

// A packet of parameter sets alone, as some hardware gives first, is not the picture yet.
Result<AccessUnitPtr> H264Encoder::Impl::assemble(const CodedPicture &coded)
{
    const auto of = findKept(coded.number);
    const Bytes sei = config.latencySei ? Bytes(latency_sei::make(of->captured)) : Bytes();
    auto unit = assembler.assemble({coded.annexB, of->pts, of->pts, of->captured, sei});
    if (unit && *unit)
        kept.erase(kept.begin(), of + 1);
    return unit;
}

// Hardware that gives nothing back for half a second, or that nobody could begin to decode, fails
// as one does that says so.
Result<AccessUnitPtr> H264Encoder::Impl::judge(AccessUnitPtr unit)
{
    if (!unit && double(kept.size()) > std::max(1.0, config.fps / 2))
        return failure(ErrorCode::HardwareFailed, "it gives no pictures back");
    if (unit && !begun && !unit->keyframe)
        return failure(ErrorCode::HardwareFailed, "it does not begin with a keyframe");
    begun = begun || unit;
    if (unit && unit->keyframe)
        lastKeyframe = std::max(lastKeyframe, unit->pts);
    return unit;
}

// Hardware that gives no number, or one we never gave, answers in the order of asking.
H264Encoder::Impl::Kept::iterator H264Encoder::Impl::findKept(std::int64_t number)
{
    const auto found = std::ranges::find(kept, number, &PictureTime::number);
    return found == kept.end() ? kept.begin() : found;
}

} // namespace heliograph
