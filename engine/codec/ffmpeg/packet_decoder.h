// A decoder of libavcodec, for pictures or for sound: packets in, frames out, all times in
// nanoseconds. What is damaged is left out. Include in .cpp files only.
// Thread: the source's. Owner: a VideoDecoder or an AudioDecoder.
#pragma once

#include "codec/ffmpeg/handle.h"
#include "engine/error.h"

#include <functional>

namespace heliograph::ffmpeg {

class PacketDecoder {
public:
    using TakeFrame = std::function<void(Handle<AVFrame>)>;

    // Errors: Unsupported (this libavcodec cannot decode it), FileUnplayable.
    Result<> open(const AVCodecParameters &parameters);

    void decode(const AVPacket &packet, const TakeFrame &take);
    void drain(const TakeFrame &take); // the end: nothing more can be decoded then

private:
    void give(const AVPacket *packet, const TakeFrame &take);
    void receive(const TakeFrame &take);

    Handle<AVCodecContext> m_context;
};

} // namespace heliograph::ffmpeg
