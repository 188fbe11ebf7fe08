#include "gst/pipeline.h"

#include "gst/init.h"
#include "gst/sample.h"

#include <gst/app/gstappsink.h>

namespace heliograph::gst {

namespace {

constexpr std::chrono::milliseconds audioTurn(10); // how long a wait for pictures may hold sound up

GstClockTime toGst(std::chrono::milliseconds time)
{
    return GstClockTime(time.count()) * GST_MSECOND;
}

// Pictures older than this carry another clock's time: then the instant of arrival counts.
constexpr Timestamp plausibleAge = std::chrono::seconds(2);

// A buffer's PTS is running time; with the pipeline's base time it becomes the pipeline clock,
// which create() made the monotonic one.
std::optional<Timestamp> instantOf(GstElement *pipeline, GstSample *sample, GstClockTime time)
{
    const GstSegment *segment = gst_sample_get_segment(sample);
    if (!GST_CLOCK_TIME_IS_VALID(time) || !segment || segment->format != GST_FORMAT_TIME)
        return std::nullopt;
    guint64 running = 0; // of decoding times: also before the beginning
    const int sign = gst_segment_to_running_time_full(segment, GST_FORMAT_TIME, time, &running);
    if (sign == 0)
        return std::nullopt;
    return Timestamp(gst_element_get_base_time(pipeline)) + sign * Timestamp(running);
}

std::optional<Timestamp> instantOf(GstElement *pipeline, GstSample *sample)
{
    return instantOf(pipeline, sample, GST_BUFFER_PTS(gst_sample_get_buffer(sample)));
}

CaptureTime plausible(std::optional<Timestamp> said)
{
    const SystemClock clock;
    const Timestamp now = clock.now();
    const bool isSane = said && *said <= now && now - *said < plausibleAge;
    const Timestamp instant = isSane ? *said : now;
    return {instant, clock.toWall(instant)};
}

template <class Frame>
Result<std::optional<SourceItem>> wrap(Result<Frame> frame)
{
    if (!frame)
        return tl::unexpected(frame.error());
    return std::optional<SourceItem>(*std::move(frame));
}

ErrorCode codeOf(const GError &error)
{
    if (error.domain == GST_RESOURCE_ERROR)
        switch (error.code) {
        case GST_RESOURCE_ERROR_BUSY:
            return ErrorCode::DeviceBusy;
        case GST_RESOURCE_ERROR_NOT_FOUND:
            return ErrorCode::DeviceGone;
        case GST_RESOURCE_ERROR_NOT_AUTHORIZED:
            return ErrorCode::DeviceForbidden;
        case GST_RESOURCE_ERROR_READ:
            return ErrorCode::DeviceGone;
        default:
            return ErrorCode::PipelineFailed;
        }
    if (error.domain == GST_STREAM_ERROR
        && (error.code == GST_STREAM_ERROR_FORMAT || error.code == GST_STREAM_ERROR_WRONG_TYPE))
        return ErrorCode::NegotiationFailed;
    return ErrorCode::PipelineFailed;
}

// v4l2src reports every failed open with one code, and the cause in its debug text.
ErrorCode refine(ErrorCode code, std::string_view debug)
{
    if (debug.find("TLS certificate") != std::string_view::npos)
        return ErrorCode::CertificateRefused;
    if (debug.find("Permission denied") != std::string_view::npos)
        return ErrorCode::DeviceForbidden;
    if (debug.find("Device or resource busy") != std::string_view::npos)
        return ErrorCode::DeviceBusy;
    if (debug.find("No such device") != std::string_view::npos
        || debug.find("No such file") != std::string_view::npos
        || debug.find("target not found") != std::string_view::npos)
        return ErrorCode::DeviceGone;
    if (debug.find("not-negotiated") != std::string_view::npos
        || debug.find("no more input formats") != std::string_view::npos)
        return ErrorCode::NegotiationFailed;
    return code;
}

} // namespace

Error toError(GstMessage *message)
{
    GError *error = nullptr;
    gchar *debug = nullptr;
    gst_message_parse_error(message, &error, &debug);
    const Handle<GError> ownedError(error);
    const Handle<gchar> ownedDebug(debug);
    const std::string text = error->message;
    const std::string details = text + (debug ? debug : "");
    const ErrorCode code = refine(codeOf(*error), details);
    if (code == ErrorCode::DeviceBusy) // whose sentence names the camera already
        return {code, text};
    const Handle<gchar> element(gst_object_get_name(GST_MESSAGE_SRC(message)));
    return {code, element.get() + (": " + text)};
}

Result<std::unique_ptr<Pipeline>> Pipeline::create(const std::string &launch)
{
    ensureInitialized();
    GError *problem = nullptr;
    Handle<GstElement> pipeline(
        gst_parse_launch_full(launch.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &problem));
    const Handle<GError> owned(problem);
    if (!pipeline)
        return failure(ErrorCode::PipelineFailed, problem ? problem->message : "no pipeline");
    gst_object_ref_sink(pipeline.get());
    const Handle<GstObject> clock(GST_OBJECT(gst_system_clock_obtain()));
    gst_pipeline_use_clock(GST_PIPELINE(pipeline.get()), GST_CLOCK(clock.get()));
    return std::unique_ptr<Pipeline>(new Pipeline(std::move(pipeline)));
}

Pipeline::Pipeline(Handle<GstElement> pipeline)
    : m_pipeline(std::move(pipeline))
    , m_bus(gst_element_get_bus(m_pipeline.get()))
    , m_video(element("video"))
    , m_audio(element("audio"))
    , m_bytes(element("bytes"))
    , m_coded(element("coded"))
{
}

Pipeline::~Pipeline()
{
    gst_element_set_state(m_pipeline.get(), GST_STATE_NULL);
}

Handle<GstElement> Pipeline::element(const char *name) const
{
    return Handle<GstElement>(gst_bin_get_by_name(GST_BIN(m_pipeline.get()), name));
}

Result<> Pipeline::prepend(GstElement *source, const char *before)
{
    const Handle<GstElement> next = element(before);
    if (!gst_bin_add(GST_BIN(m_pipeline.get()), source) || !gst_element_link(source, next.get()))
        return failure(ErrorCode::PipelineFailed, "the device cannot be linked");
    return {};
}

Result<> Pipeline::start(std::chrono::milliseconds patience)
{
    const GstStateChangeReturn change = gst_element_set_state(m_pipeline.get(), GST_STATE_PLAYING);
    if (change == GST_STATE_CHANGE_FAILURE) {
        const auto told = checkBus();
        return told ? failure(ErrorCode::PipelineFailed, "the device does not start") : told;
    }
    gst_element_get_state(m_pipeline.get(), nullptr, nullptr, toGst(patience));
    return checkBus();
}

Result<std::optional<Bytes>> Pipeline::readBytes(std::chrono::milliseconds patience)
{
    const Handle<GstSample> sample(
        gst_app_sink_try_pull_sample(GST_APP_SINK(m_bytes.get()), toGst(patience)));
    if (sample)
        return std::optional(toBytes(*sample));
    if (const auto checked = checkEnd(m_bytes.get()); !checked)
        return tl::unexpected(checked.error());
    return std::optional<Bytes>();
}

Result<std::optional<H264Assembler::Picture>>
Pipeline::readCoded(std::chrono::milliseconds patience)
{
    const Handle<GstSample> sample(
        gst_app_sink_try_pull_sample(GST_APP_SINK(m_coded.get()), toGst(patience)));
    if (!sample) {
        const auto checked = checkEnd(m_coded.get());
        return checked ? Result<std::optional<H264Assembler::Picture>>()
                       : tl::unexpected(checked.error());
    }
    const GstBuffer *buffer = gst_sample_get_buffer(sample.get());
    const GstClockTime pts = GST_BUFFER_PTS(buffer);
    const GstClockTime dts = GST_BUFFER_DTS_IS_VALID(buffer) ? GST_BUFFER_DTS(buffer) : pts;
    const CaptureTime when = plausible(instantOf(m_pipeline.get(), sample.get(), dts));
    H264Assembler::Picture picture{toBytes(*sample), when.steady, when.steady, when.wall, {}};
    if (GST_CLOCK_TIME_IS_VALID(pts) && pts > dts) // shown after it is decoded
        picture.pts += Timestamp(pts - dts);
    picture.captured += picture.pts - picture.dts;
    return std::optional(std::move(picture));
}

void Pipeline::hurryWhatIsLive()
{
    for (const Handle<GstElement> *sink : {&m_video, &m_audio, &m_coded}) {
        gboolean live = FALSE;
        if (*sink
            && gst_base_sink_query_latency(GST_BASE_SINK(sink->get()), nullptr, &live, nullptr,
                                           nullptr)
            && live)
            g_object_set(sink->get(), "sync", FALSE, nullptr);
    }
}

Result<std::optional<SourceItem>> Pipeline::read(std::chrono::milliseconds patience)
{
    auto sample = readSample(patience);
    if (!sample)
        return tl::unexpected(sample.error());
    return *sample ? toItem(**std::move(sample)) : std::optional<SourceItem>();
}

Result<std::optional<Pipeline::Sample>> Pipeline::readSample(std::chrono::milliseconds patience)
{
    if (m_audio) {
        const bool alone = !m_video;
        if (auto sound = pull(TrackId::Audio, alone ? patience : std::chrono::milliseconds(0)))
            return sound;
        patience = std::min(patience, audioTurn);
    }
    if (m_video)
        if (auto picture = pull(TrackId::Video, patience))
            return picture;
    if (const auto checked = checkEnd(m_video ? m_video.get() : m_audio.get()); !checked)
        return tl::unexpected(checked.error());
    return std::optional<Sample>();
}

std::optional<Pipeline::Sample> Pipeline::pull(TrackId track, std::chrono::milliseconds patience)
{
    GstElement *sink = track == TrackId::Video ? m_video.get() : m_audio.get();
    Handle<GstSample> sample(gst_app_sink_try_pull_sample(GST_APP_SINK(sink), toGst(patience)));
    if (!sample)
        return std::nullopt;
    const auto pts = instantOf(m_pipeline.get(), sample.get());
    return Sample{track, std::move(sample), SystemClock().now(), pts};
}

Result<std::optional<SourceItem>> Pipeline::toItem(Sample sample)
{
    const CaptureTime when = captureTime(sample);
    if (sample.track == TrackId::Audio)
        return wrap(toAudioFrame(std::move(sample.sample), when));
    const std::uint32_t skipped = countSkipped(sample.sample.get());
    auto frame = toVideoFrame(std::move(sample.sample), when);
    if (frame)
        frame->skipped = skipped;
    return wrap(std::move(frame));
}

CaptureTime captureTime(const Pipeline::Sample &sample)
{
    return plausible(sample.pts);
}

// v4l2src and videotestsrc number their pictures; the appsink throws the oldest away when nobody
// comes for them in time.
std::uint32_t Pipeline::countSkipped(GstSample *sample)
{
    const std::uint64_t offset = GST_BUFFER_OFFSET(gst_sample_get_buffer(sample));
    if (offset == GST_BUFFER_OFFSET_NONE)
        return 0;
    const std::uint64_t last = m_lastOffset.value_or(offset);
    m_lastOffset = offset;
    return offset > last ? std::uint32_t(offset - last - 1) : 0;
}

Result<> Pipeline::checkEnd(GstElement *sink)
{
    if (auto checked = checkBus(); !checked)
        return checked;
    if (sink && gst_app_sink_is_eos(GST_APP_SINK(sink)))
        return failure(ErrorCode::EndOfSource); // the bus tells it a moment later
    return {};
}

Result<> Pipeline::checkBus()
{
    const auto kinds = GstMessageType(GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
    const Handle<GstMessage> message(gst_bus_pop_filtered(m_bus.get(), kinds));
    if (!message)
        return {};
    if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_EOS)
        return failure(ErrorCode::EndOfSource);
    return tl::unexpected(toError(message.get()));
}

} // namespace heliograph::gst
