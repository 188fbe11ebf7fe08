#include "codec/ffmpeg/error.h"

extern "C" {
#include <libavutil/error.h>
#include <libavutil/log.h>
}

namespace heliograph::ffmpeg {

tl::unexpected<Error> encoderFailure(std::string_view attempt, int averror)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(averror, text, sizeof text);
    return within(attempt, Error{ErrorCode::EncoderFailed, text});
}

void quietenLog()
{
    av_log_set_level(AV_LOG_FATAL);
}

} // namespace heliograph::ffmpeg
