// A running GStreamer pipeline with one appsink a track, read by pulling: none of our code runs
// on GStreamer's threads.
// Thread: the source's, all members. Owner: a source.
#pragma once

#include "core/clock.h"
#include "engine/error.h"
#include "gst/handle.h"
#include "gst/sample.h"
#include "media/frames.h"
#include "media/nal_assembler.h"

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

namespace heliograph::gst {

class Pipeline {
public:
    // A launch line whose sinks are named "video" and "audio", "coded" or "bytes" (appsink; any
    // may be missing). Errors: PipelineFailed (a missing plugin, named).
    static Result<std::unique_ptr<Pipeline>> create(const std::string &launch);
    ~Pipeline();

    // An element of the launch line, by name; null when there is none.
    Handle<GstElement> element(const char *name) const;
    // Puts an element before the one named, in the bin. Takes it over. For device elements that
    // only a GstDevice can make. Errors: PipelineFailed.
    Result<> prepend(GstElement *source, const char *before);

    // Errors: DeviceBusy, DeviceGone, DeviceForbidden, NegotiationFailed, PipelineFailed, Stalled.
    Result<> start(std::chrono::milliseconds patience);

    // What comes out of the sink named "bytes" next. Nothing within patience: empty.
    // Errors: as start(), and EndOfSource.
    Result<std::optional<Bytes>> readBytes(std::chrono::milliseconds patience);

    // The next picture of the sink named "coded", which takes H.264 as a byte stream with an access
    // unit a buffer. Nothing within patience: empty. Errors: as start(), and EndOfSource.
    Result<std::optional<H264Assembler::Picture>> readCoded(std::chrono::milliseconds patience);

    // Sinks that wait for the clock, as a file's pictures need, do not hold live ones up.
    void hurryWhatIsLive();

    // What comes out of a sink next, as it is.
    struct Sample {
        TrackId track = TrackId::Video;
        Handle<GstSample> sample;
        Timestamp arrived{0};
        // On the steady clock; nothing where the buffer does not say.
        std::optional<Timestamp> pts;
    };
    // Of "video" or "audio". Nothing within patience: empty.
    // Errors: as start(), and EndOfSource.
    Result<std::optional<Sample>> readSample(std::chrono::milliseconds patience);

    // The next frame of any track. Nothing within patience: empty.
    // Errors: as start(), and EndOfSource.
    Result<std::optional<SourceItem>> read(std::chrono::milliseconds patience);

private:
    Pipeline(Handle<GstElement> pipeline);

    Result<> checkBus();
    Result<> checkEnd(GstElement *sink);
    std::optional<Sample> pull(TrackId track, std::chrono::milliseconds patience);
    Result<std::optional<SourceItem>> toItem(Sample sample);
    std::uint32_t countSkipped(GstSample *sample);

    Handle<GstElement> m_pipeline;
    Handle<GstBus> m_bus;
    Handle<GstElement> m_video;
    Handle<GstElement> m_audio;
    Handle<GstElement> m_bytes;
    Handle<GstElement> m_coded;
    std::optional<std::uint64_t> m_lastOffset; // of the pictures, where the source counts them
};

// The instant of a sample on the steady clock, and on the wall clock; the moment of arrival where
// the buffer tells none, or one of another clock.
CaptureTime captureTime(const Pipeline::Sample &sample);

// A GStreamer error as ours: resource errors of devices become DeviceBusy, DeviceGone, ….
Error toError(GstMessage *message);

} // namespace heliograph::gst
