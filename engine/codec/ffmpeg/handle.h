// FFmpeg's objects as C++ owners. Included by this room's .cpp files only.
// Thread: any.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/buffer.h>
#include <libavutil/frame.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <memory>

namespace heliograph::ffmpeg {

struct Free {
    void operator()(AVBufferRef *reference) const { av_buffer_unref(&reference); }
    void operator()(AVCodecContext *context) const { avcodec_free_context(&context); }
    void operator()(AVCodecParameters *parameters) const { avcodec_parameters_free(&parameters); }
    void operator()(AVFrame *frame) const { av_frame_free(&frame); }
    void operator()(AVPacket *packet) const { av_packet_free(&packet); }
    void operator()(SwrContext *context) const { swr_free(&context); }
    void operator()(SwsContext *context) const { sws_freeContext(context); }
};

template <class T>
using Handle = std::unique_ptr<T, Free>;

} // namespace heliograph::ffmpeg
