#include "codec/ffmpeg/probe_picture.h"

#include "codec/ffmpeg/handle.h"

#include <array>
#include <cstdlib>

namespace heliograph::probe {

namespace {

constexpr int width = 640;
constexpr int height = 360;
constexpr int fairDifference = 8; // of 219 steps from black to white, in the mean
constexpr Timestamp step = std::chrono::milliseconds(33);

int luma(int x, int y, int number)
{
    return 40 + (x + y) / 8 + number;
}

std::vector<std::uint8_t> annexB(const AccessUnit &unit)
{
    std::vector<std::uint8_t> bytes;
    for (const Bytes &nal : unit.units) {
        bytes.insert(bytes.end(), {0, 0, 0, 1});
        bytes.insert(bytes.end(), nal.span().begin(), nal.span().end());
    }
    bytes.resize(bytes.size() + AV_INPUT_BUFFER_PADDING_SIZE);
    return bytes;
}

int meanDifference(const AVFrame &frame, int number)
{
    std::int64_t sum = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            sum += std::abs(frame.data[0][y * frame.linesize[0] + x] - luma(x, y, number));
    return int(sum / (width * height));
}

} // namespace

VideoFrame picture(int number)
{
    VideoFrame made;
    made.format = {width, height, PixelFormat::I420};
    made.pts = number * step;
    std::vector<std::uint8_t> plane;
    plane.reserve(std::size_t(width * height));
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            plane.push_back(std::uint8_t(luma(x, y, number)));
    const Bytes grey(std::vector<std::uint8_t>(std::size_t(width * height / 4), 128));
    made.planes = {Bytes(std::move(plane)), grey, grey};
    made.strides = {width, width / 2, width / 2};
    return made;
}

struct PictureJudge::Impl {
    ffmpeg::Handle<AVCodecContext> decoder;
};

PictureJudge::PictureJudge()
    : m_impl(std::make_unique<Impl>())
{
    const AVCodec *codec = avcodec_find_decoder(AV_CODEC_ID_H264);
    m_impl->decoder.reset(avcodec_alloc_context3(codec));
    m_impl->decoder->flags |= AV_CODEC_FLAG_LOW_DELAY;
    m_impl->decoder->thread_count = 1;
    if (!codec || avcodec_open2(m_impl->decoder.get(), codec, nullptr) < 0)
        m_impl->decoder.reset();
}

PictureJudge::~PictureJudge() = default;

bool PictureJudge::looksRight(const AccessUnit &unit)
{
    if (!m_impl->decoder)
        return true; // an FFmpeg that cannot look: the encoder gets the benefit of the doubt
    std::vector<std::uint8_t> bytes = annexB(unit);
    ffmpeg::Handle<AVPacket> packet(av_packet_alloc());
    packet->data = bytes.data();
    packet->size = int(bytes.size()) - AV_INPUT_BUFFER_PADDING_SIZE;
    packet->pts = unit.pts / step;
    const ffmpeg::Handle<AVFrame> frame(av_frame_alloc());
    if (avcodec_send_packet(m_impl->decoder.get(), packet.get()) < 0)
        return false;
    const int error = avcodec_receive_frame(m_impl->decoder.get(), frame.get());
    if (error == AVERROR(EAGAIN))
        return true; // the decoder wants the next one first, and shows this one then
    return error == 0 && frame->width == width && frame->height == height
        && meanDifference(*frame, int(frame->pts)) <= fairDifference;
}

} // namespace heliograph::probe
