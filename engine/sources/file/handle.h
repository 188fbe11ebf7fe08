// Owning handles for the objects of libavformat and of its bitstream filters. Include in .cpp
// files only.
// Thread: any.
#pragma once

#include "codec/ffmpeg/handle.h"

extern "C" {
#include <libavcodec/bsf.h>
#include <libavformat/avformat.h>
}

namespace heliograph::ffmpeg {

struct CloseInput {
    void operator()(AVFormatContext *context) const { avformat_close_input(&context); }
};
using InputHandle = std::unique_ptr<AVFormatContext, CloseInput>;

struct FreeFilter {
    void operator()(AVBSFContext *filter) const { av_bsf_free(&filter); }
};
using FilterHandle = std::unique_ptr<AVBSFContext, FreeFilter>;

struct CloseParser {
    void operator()(AVCodecParserContext *parser) const { av_parser_close(parser); }
};
using ParserHandle = std::unique_ptr<AVCodecParserContext, CloseParser>;

} // namespace heliograph::ffmpeg
