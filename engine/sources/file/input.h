// One file under libavformat: any kind that holds its pictures and its sound itself, with bounds on
// the time and the bytes that looking at it may take, and interruptible. Include in .cpp files
// only. Thread: the source's. Owner: the demuxer.
#pragma once

#include "core/clock.h"
#include "engine/error.h"
#include "sources/file/handle.h"

#include <stop_token>
#include <string>

namespace heliograph {

class Input {
public:
    // Errors: FileUnreadable, FileUnplayable, Cancelled.
    static Result<std::unique_ptr<Input>> open(const std::string &path,
                                               const std::stop_token &stop);

    AVFormatContext &context() { return *m_context; }

    // Null at the end of the file. Errors: FileUnreadable, FileUnplayable, Cancelled.
    Result<ffmpeg::Handle<AVPacket>> read(const std::stop_token &stop);

    // To the packet at or before `when` of this stream that decoding can begin with, or near it.
    // Errors: FileUnplayable (one cannot seek in it), Cancelled.
    Result<> seek(const AVStream &stream, Timestamp when, const std::stop_token &stop);

private:
    Input();
    static int isInterrupted(void *self);
    void beginCall(const std::stop_token &stop);
    tl::unexpected<Error> failed(int averror) const;
    Result<> probe(const std::string &path, const std::stop_token &stop);

    std::stop_token m_stop; // of the call that runs
    Timestamp m_called{0};
    ffmpeg::InputHandle m_context;
};

} // namespace heliograph
