#include "gst/sample.h"

#include <algorithm>
#include <gst/audio/audio.h>
#include <gst/video/video.h>
#include <optional>

namespace heliograph::gst {

namespace {

struct FormatName {
    GstVideoFormat gst;
    PixelFormat pixels;
};

constexpr std::array<FormatName, 12> formats = {{
    {GST_VIDEO_FORMAT_I420, PixelFormat::I420},
    {GST_VIDEO_FORMAT_NV12, PixelFormat::NV12},
    {GST_VIDEO_FORMAT_YUY2, PixelFormat::YUY2},
    {GST_VIDEO_FORMAT_UYVY, PixelFormat::UYVY},
    {GST_VIDEO_FORMAT_RGB, PixelFormat::RGB},
    {GST_VIDEO_FORMAT_BGR, PixelFormat::BGR},
    {GST_VIDEO_FORMAT_RGBA, PixelFormat::RGBA},
    {GST_VIDEO_FORMAT_BGRA, PixelFormat::BGRA},
    {GST_VIDEO_FORMAT_RGBx, PixelFormat::RGBx},
    {GST_VIDEO_FORMAT_BGRx, PixelFormat::BGRx},
    {GST_VIDEO_FORMAT_GRAY8, PixelFormat::GRAY8},
    {GST_VIDEO_FORMAT_YV12, PixelFormat::I420}, // planes swapped below
}};

std::optional<PixelFormat> toPixels(GstVideoFormat format)
{
    const auto found =
        std::find_if(formats.begin(), formats.end(),
                     [format](const FormatName &name) { return name.gst == format; });
    return found == formats.end() ? std::nullopt : std::optional(found->pixels);
}

// A mapped video frame that holds its sample.
struct MappedVideo {
    explicit MappedVideo(Handle<GstSample> owned)
        : sample(std::move(owned))
    {
    }
    ~MappedVideo()
    {
        if (mapped)
            gst_video_frame_unmap(&frame);
    }
    bool map()
    {
        GstVideoInfo info;
        GstCaps *caps = gst_sample_get_caps(sample.get());
        mapped = caps && gst_video_info_from_caps(&info, caps)
            && gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample.get()),
                                   GST_MAP_READ);
        return mapped;
    }

    Handle<GstSample> sample;
    GstVideoFrame frame{};
    bool mapped = false;
};

struct MappedAudio {
    explicit MappedAudio(Handle<GstSample> owned)
        : sample(std::move(owned))
    {
    }
    ~MappedAudio()
    {
        if (mapped)
            gst_buffer_unmap(gst_sample_get_buffer(sample.get()), &map);
    }

    Handle<GstSample> sample;
    GstMapInfo map{};
    bool mapped = false;
};

void addPlanes(VideoFrame &frame, const std::shared_ptr<MappedVideo> &owner)
{
    const GstVideoFrame &mapped = owner->frame;
    const bool swapped = GST_VIDEO_FRAME_FORMAT(&mapped) == GST_VIDEO_FORMAT_YV12;
    const guint count = std::min<guint>(GST_VIDEO_FRAME_N_PLANES(&mapped), 3);
    for (guint i = 0; i < count; ++i) {
        const guint from = swapped && i > 0 ? 3 - i : i;
        const int stride = GST_VIDEO_FRAME_PLANE_STRIDE(&mapped, from);
        const int rows = GST_VIDEO_FRAME_COMP_HEIGHT(&mapped, from);
        const auto *data =
            static_cast<const std::uint8_t *>(GST_VIDEO_FRAME_PLANE_DATA(&mapped, from));
        frame.planes[i] = Bytes::adopt({data, std::size_t(stride) * std::size_t(rows)}, owner);
        frame.strides[i] = stride;
    }
}

} // namespace

const char *rawVideoCaps()
{
    return "video/x-raw,format={I420,NV12,YUY2,UYVY,YV12,RGB,BGR,RGBA,BGRA,RGBx,BGRx,GRAY8}";
}

const char *rawAudioCaps()
{
    return "audio/x-raw,format=F32LE,layout=interleaved,rate=48000,channels={1,2}";
}

Result<VideoFrame> toVideoFrame(Handle<GstSample> sample, CaptureTime when)
{
    const auto mapped = std::make_shared<MappedVideo>(std::move(sample));
    if (!mapped->map())
        return failure(ErrorCode::PipelineFailed, "the picture's memory cannot be read");
    const auto pixels = toPixels(GST_VIDEO_FRAME_FORMAT(&mapped->frame));
    if (!pixels)
        return failure(ErrorCode::NegotiationFailed, "unknown picture format");
    VideoFrame frame;
    frame.format = {GST_VIDEO_FRAME_WIDTH(&mapped->frame), GST_VIDEO_FRAME_HEIGHT(&mapped->frame),
                    *pixels};
    frame.pts = when.steady;
    frame.captured = when.wall;
    addPlanes(frame, mapped);
    return frame;
}

Result<AudioFrame> toAudioFrame(Handle<GstSample> sample, CaptureTime when)
{
    const auto mapped = std::make_shared<MappedAudio>(std::move(sample));
    GstAudioInfo info;
    GstCaps *caps = gst_sample_get_caps(mapped->sample.get());
    GstBuffer *buffer = gst_sample_get_buffer(mapped->sample.get());
    if (!caps || !gst_audio_info_from_caps(&info, caps)
        || !(mapped->mapped = gst_buffer_map(buffer, &mapped->map, GST_MAP_READ)))
        return failure(ErrorCode::PipelineFailed, "the sound's memory cannot be read");
    AudioFrame frame;
    frame.pts = when.steady;
    frame.sampleRate = GST_AUDIO_INFO_RATE(&info);
    frame.channels = GST_AUDIO_INFO_CHANNELS(&info);
    frame.samples = Bytes::adopt({mapped->map.data, mapped->map.size}, mapped);
    return frame;
}

Bytes toBytes(GstSample &sample)
{
    GstBuffer *buffer = gst_sample_get_buffer(&sample);
    std::vector<std::uint8_t> bytes(gst_buffer_get_size(buffer));
    gst_buffer_extract(buffer, 0, bytes.data(), bytes.size());
    return Bytes(std::move(bytes));
}

} // namespace heliograph::gst
