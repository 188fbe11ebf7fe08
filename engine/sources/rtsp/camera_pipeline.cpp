#include "sources/rtsp/camera_pipeline.h"

#include <gst/rtsp/rtsp.h>

namespace heliograph {

namespace {

// Runs on rtspsrc's thread: what rtspsrc cannot prove by itself is proved here.
gboolean authorize(GstElement *, GstRTSPMessage *request, gpointer login)
{
    if (gst_rtsp_message_get_type(request) != GST_RTSP_MESSAGE_REQUEST)
        return TRUE;
    const gchar *method = gst_rtsp_method_as_text(request->type_data.request.method);
    const std::string header =
        static_cast<CameraLogin *>(login)->authorize(method, request->type_data.request.uri);
    gst_rtsp_message_remove_header(request, GST_RTSP_HDR_AUTHORIZATION, -1);
    gst_rtsp_message_add_header(request, GST_RTSP_HDR_AUTHORIZATION, header.c_str());
    return TRUE;
}

// Runs on rtspsrc's thread. A launch line could link by itself when a pad appears, but not while
// the pipeline is being ended: it was seen to let go of a pad twice.
void linkTrack(GstElement *camera, GstPad *pad, gpointer)
{
    const gst::Handle<GstObject> bin(gst_object_get_parent(GST_OBJECT(camera)));
    for (const TrackId track : {TrackId::Video, TrackId::Audio}) {
        const gst::Handle<GstElement> entrance(
            gst_bin_get_by_name(GST_BIN(bin.get()), entranceName(track)));
        if (!entrance)
            continue;
        const gst::Handle<GstPad> sink(gst_element_get_static_pad(entrance.get(), "sink"));
        if (!gst_pad_is_linked(sink.get()) && gst_pad_link(pad, sink.get()) == GST_PAD_LINK_OK)
            return;
    }
}

void aim(GObject *camera, const CameraAddress &address, const std::string &url,
         CameraTransport transport, bool provesItself)
{
    g_object_set(camera, "location", url.c_str(), nullptr);
    if (provesItself && address.hasLogin())
        g_object_set(camera, "user-id", address.user.c_str(), "user-pw",
                     address.password.reveal().c_str(), nullptr);
    gst_util_set_object_arg(camera, "protocols", transport == CameraTransport::Udp ? "udp" : "tcp");
}

// rtspsrc has few codes, and says the rest in words.
ErrorCode refine(const Error &error)
{
    const auto says = [&](std::string_view words) {
        return error.detail.find(words) != std::string::npos;
    };
    if (error.code == ErrorCode::EndOfSource)
        return ErrorCode::ConnectionLost;
    if (error.code == ErrorCode::DeviceForbidden || says("nauthorized"))
        return ErrorCode::LoginRefused;
    if (says("transport"))
        return ErrorCode::Unsupported;
    if (error.code == ErrorCode::NegotiationFailed)
        return error.code;
    const bool isLink = error.code == ErrorCode::DeviceGone || says("connect") || says("resource");
    return isLink ? ErrorCode::ConnectionLost : ErrorCode::PipelineFailed;
}

} // namespace

Result<std::unique_ptr<CameraPipeline>>
CameraPipeline::start(const CameraAddress &address, const std::string &url,
                      const std::vector<CameraTrack> &tracks, CameraTransport transport,
                      std::shared_ptr<CameraLogin> login)
{
    auto pipeline = gst::Pipeline::create(launchLine(tracks));
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    const auto camera = (*pipeline)->element("camera");
    g_signal_connect(camera.get(), "pad-added", G_CALLBACK(linkTrack), nullptr);
    aim(G_OBJECT(camera.get()), address, url, transport, !login);
    if (login)
        g_signal_connect(camera.get(), "before-send", G_CALLBACK(authorize), login.get());
    auto made =
        std::unique_ptr<CameraPipeline>(new CameraPipeline(*std::move(pipeline), std::move(login)));
    const auto started = made->m_pipeline->start(std::chrono::milliseconds(0));
    if (!started)
        return failure(refine(started.error()), started.error().detail);
    return made;
}

CameraPipeline::CameraPipeline(std::unique_ptr<gst::Pipeline> pipeline,
                               std::shared_ptr<CameraLogin> login)
    : m_login(std::move(login))
    , m_pipeline(std::move(pipeline))
{
}

Result<std::optional<gst::Pipeline::Sample>>
CameraPipeline::read(std::chrono::milliseconds patience)
{
    auto sample = m_pipeline->readSample(patience);
    if (!sample)
        return failure(refine(sample.error()), sample.error().detail);
    return sample;
}

// Of the jitter buffers of all tracks.
CameraPipeline::Packets CameraPipeline::packets() const
{
    Packets all;
    const auto camera = m_pipeline->element("camera");
    GstIterator *buffers =
        gst_bin_iterate_all_by_element_factory_name(GST_BIN(camera.get()), "rtpjitterbuffer");
    const auto add = [](const GValue *item, gpointer into) {
        GstStructure *stats = nullptr;
        g_object_get(g_value_get_object(item), "stats", &stats, nullptr);
        const gst::Handle<GstStructure> owned(stats);
        guint64 received = 0;
        guint64 lost = 0;
        gst_structure_get_uint64(stats, "num-pushed", &received);
        gst_structure_get_uint64(stats, "num-lost", &lost);
        static_cast<Packets *>(into)->received += received;
        static_cast<Packets *>(into)->lost += lost;
    };
    gst_iterator_foreach(buffers, add, &all);
    gst_iterator_free(buffers);
    return all;
}

std::optional<WallTime> ntpOf(const gst::Pipeline::Sample &sample)
{
    static const gst::Handle<GstCaps> ntp(gst_caps_new_empty_simple("timestamp/x-ntp"));
    const GstReferenceTimestampMeta *meta = gst_buffer_get_reference_timestamp_meta(
        gst_sample_get_buffer(sample.sample.get()), ntp.get());
    if (!meta)
        return std::nullopt;
    constexpr std::chrono::seconds from1900To1970(2208988800);
    return WallTime(std::chrono::nanoseconds(meta->timestamp) - from1900To1970);
}

} // namespace heliograph
