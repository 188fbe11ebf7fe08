// GStreamer samples as frames, without a copy: the mapped buffer stays alive as long as somebody
// holds the frame's bytes.
// Thread: the source's. Owner: -
#pragma once

#include "engine/error.h"
#include "gst/handle.h"
#include "media/frames.h"

namespace heliograph::gst {

// What an appsink may be offered: the raw formats that our scaler reads.
const char *rawVideoCaps();
const char *rawAudioCaps();

// captured: the instant of the sample, on the steady clock, and on the wall clock.
struct CaptureTime {
    Timestamp steady{0};
    WallTime wall{0};
};

// Errors: NegotiationFailed (a format that we do not read), PipelineFailed (unmappable memory).
Result<VideoFrame> toVideoFrame(Handle<GstSample> sample, CaptureTime when);
Result<AudioFrame> toAudioFrame(Handle<GstSample> sample, CaptureTime when);

// A buffer of no raw format, copied.
Bytes toBytes(GstSample &sample);

} // namespace heliograph::gst
