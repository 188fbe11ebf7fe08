#include "codec/ffmpeg/libav_backend.h"

#include "codec/encoder_kinds.h"
#include "codec/ffmpeg/encoder_recipe.h"
#include "codec/ffmpeg/error.h"
#include "codec/ffmpeg/hardware_device.h"
#include "codec/ffmpeg/hardware_reason.h"
#include "codec/ffmpeg/picture_frame.h"

extern "C" {
#include <libavutil/opt.h>
}

namespace heliograph {

namespace {

using ffmpeg::EncoderRecipe;
using ffmpeg::HardwareAccess;

// Past this many samples a second one core is not sure to keep up: let x264 cut pictures into
// slices for its threads. Below, one slice a picture packs better and costs less.
constexpr double oneThreadLimit = 1280.0 * 720 * 40;

class LibavBackend : public EncoderBackend {
public:
    LibavBackend(const EncoderRecipe &recipe, const EncoderConfig &config, PictureSize size)
        : m_recipe(recipe)
        , m_config(config)
        , m_size(size)
    {
    }

    Result<> open();
    PixelFormat pixels() const override { return m_recipe.pixels; }
    bool changeRates(const EncoderConfig &config) override;
    Result<std::optional<CodedPicture>> encode(const VideoFrame &picture, std::int64_t number,
                                               bool keyframe) override;

private:
    Result<> openDevice();
    void describePictures();
    void applyBitrate(int bitrate);
    Result<> start(const AVCodec *codec);
    Result<std::optional<CodedPicture>> tryEncode(const VideoFrame &picture, std::int64_t number,
                                                  bool keyframe);
    tl::unexpected<Error> explained(const Error &error) const;

    const EncoderRecipe &m_recipe;
    const EncoderConfig m_config; // what it was opened with
    const PictureSize m_size;
    ffmpeg::HardwareDevice m_hardware;
    ffmpeg::Handle<AVCodecContext> m_context;
};

tl::unexpected<Error> LibavBackend::explained(const Error &error) const
{
    if (m_recipe.id == softwareEncoder.id)
        return tl::unexpected(error);
    return tl::unexpected(ffmpeg::hardwareReason(ffmpeg::deviceNodes(m_recipe.id), error));
}

Result<> LibavBackend::open()
{
    const AVCodec *codec = avcodec_find_encoder_by_name(m_recipe.codec);
    if (!codec)
        return failure(ErrorCode::EncoderMissing, m_recipe.codec);
    m_context.reset(avcodec_alloc_context3(codec));
    if (const auto opened = openDevice(); !opened)
        return explained(opened.error());
    describePictures();
    if (const auto started = start(codec); !started)
        return explained(started.error());
    return {};
}

Result<> LibavBackend::openDevice()
{
    if (m_recipe.access == HardwareAccess::None)
        return {};
    if (auto opened = m_hardware.open(m_recipe.id); !opened)
        return opened;
    m_context->hw_device_ctx = av_buffer_ref(m_hardware.device());
    if (m_recipe.access == HardwareAccess::Device)
        return {};
    if (auto made = m_hardware.makeFrames(m_size); !made)
        return made;
    m_context->hw_frames_ctx = av_buffer_ref(m_hardware.frames());
    return {};
}

void LibavBackend::describePictures()
{
    m_context->width = m_size.width;
    m_context->height = m_size.height;
    m_context->pix_fmt =
        m_hardware.frames() ? AV_PIX_FMT_VAAPI : ffmpeg::toAvPixels(m_recipe.pixels);
    m_context->color_range = AVCOL_RANGE_MPEG;
    m_context->framerate = av_d2q(m_config.fps, 1001000);
    m_context->time_base = av_inv_q(m_context->framerate);
    m_context->max_b_frames = 0;
    m_context->gop_size = m_recipe.longestGop(m_config);
    m_context->thread_count = m_size.width * m_size.height * m_config.fps <= oneThreadLimit ? 1 : 0;
    applyBitrate(m_config.bitrate);
}

void LibavBackend::applyBitrate(int bitrate)
{
    m_context->bit_rate = bitrate;
    m_context->rc_max_rate = bitrate;
    m_context->rc_buffer_size = bitrate; // one second: a keyframe may be a few times the mean
}

Result<> LibavBackend::start(const AVCodec *codec)
{
    for (const auto &[key, value] : m_recipe.options(m_config))
        av_opt_set(m_context->priv_data, key, value.c_str(), 0);
    if (const int error = avcodec_open2(m_context.get(), codec, nullptr); error < 0)
        return ffmpeg::encoderFailure("open the encoder", error);
    return {};
}

bool LibavBackend::changeRates(const EncoderConfig &config)
{
    if (m_recipe.changesLive)
        applyBitrate(config.bitrate);
    return m_recipe.changesLive;
}

Result<std::optional<CodedPicture>> LibavBackend::encode(const VideoFrame &picture,
                                                         std::int64_t number, bool keyframe)
{
    auto coded = tryEncode(picture, number, keyframe);
    if (!coded)
        return explained(coded.error());
    return coded;
}

// Nothing between send and receive: with zero latency each picture gives its packet at once.
Result<std::optional<CodedPicture>> LibavBackend::tryEncode(const VideoFrame &picture,
                                                            std::int64_t number, bool keyframe)
{
    ffmpeg::Handle<AVFrame> frame = ffmpeg::wrap(picture);
    if (m_hardware.frames()) {
        auto uploaded = m_hardware.upload(*frame);
        if (!uploaded)
            return tl::unexpected(uploaded.error());
        frame = *std::move(uploaded);
    }
    frame->pts = number;
    frame->pict_type = keyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    if (const int error = avcodec_send_frame(m_context.get(), frame.get()); error < 0)
        return ffmpeg::encoderFailure("encode a picture", error);
    ffmpeg::Handle<AVPacket> packet(av_packet_alloc());
    const int error = avcodec_receive_packet(m_context.get(), packet.get());
    if (error == AVERROR(EAGAIN))
        return std::nullopt;
    if (error < 0)
        return ffmpeg::encoderFailure("encode a picture", error);
    const std::int64_t of = packet->pts;
    return CodedPicture{ffmpeg::adopt(std::move(packet)), of};
}

} // namespace

Result<std::unique_ptr<EncoderBackend>>
openLibavBackend(std::string_view id, const EncoderConfig &config, PictureSize size)
{
    std::optional<Error> first;
    for (const EncoderRecipe *recipe : ffmpeg::findRecipes(id)) {
        auto backend = std::make_unique<LibavBackend>(*recipe, config, size);
        const auto opened = backend->open();
        if (opened)
            return backend;
        if (!first)
            first = opened.error();
    }
    return tl::unexpected(first.value_or(Error{ErrorCode::EncoderMissing, std::string(id)}));
}

} // namespace heliograph
