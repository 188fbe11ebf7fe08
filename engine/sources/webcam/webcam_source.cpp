#include "sources/webcam/webcam_source.h"

#include "gst/modes.h"
#include "gst/pipeline.h"
#include "gst/sample.h"
#include "sources/webcam/camera_watch.h"
#include "sources/webcam/webcam_discovery.h"

#include <algorithm>
#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds startPatience(5000);
constexpr std::chrono::milliseconds readPatience(200);
constexpr Timestamp stalledAfter = std::chrono::seconds(5);

SettingsSchema webcamSchema()
{
    return {{.key = "device",
             .title = "Camera",
             .help = "The camera by its id; empty takes the first one found.",
             .kind = SettingKind::Device,
             .fallback = std::string()}};
}

std::string launchLine(const std::optional<DeviceMode> &mode)
{
    const bool jpeg = mode && mode->format == gst::jpegFormat;
    return fmt::format("capsfilter name=mode caps=\"{}\" {}! appsink name=video sync=false"
                       " max-buffers=4 drop=true caps=\"{}\"",
                       mode ? gst::capsText(*mode) : gst::rawVideoCaps(), jpeg ? "! jpegdec " : "",
                       gst::rawVideoCaps());
}

// Thread: the runner's. Owner: the runner.
class WebcamSource final : public Source {
public:
    explicit WebcamSource(const Settings &settings)
        : m_device(textOf(settings, "device"))
        , m_wanted(sizeOf(settings, "size"))
        , m_fps(realOf(settings, "fps"))
    {
    }

    Result<std::vector<TrackId>> open(const std::stop_token &) override
    {
        const auto cameras = m_watch->cameras();
        const auto camera = std::find_if(cameras->begin(), cameras->end(), [this](const auto &c) {
            return m_device.empty() || c.info.id == m_device;
        });
        if (camera == cameras->end())
            return failure(m_device.empty() ? ErrorCode::NoDevice : ErrorCode::DeviceGone,
                           m_device);
        m_camera = *camera;
        auto pipeline = gst::Pipeline::create(
            launchLine(gst::chooseMode(m_camera.info.modes, m_wanted, m_fps)));
        if (!pipeline)
            return within("open camera", pipeline.error());
        m_pipeline = *std::move(pipeline);
        auto started = m_pipeline->prepend(gst::createElement(m_camera).release(), "mode");
        if (started)
            started = m_pipeline->start(startPatience);
        if (!started)
            return within("open camera", started.error());
        return std::vector{TrackId::Video};
    }

    Result<SourceItem> read(const std::stop_token &stop) override
    {
        const Timestamp start = m_clock.now();
        while (!stop.stop_requested()) {
            auto item = m_pipeline->read(readPatience);
            if (!item)
                return within("read camera", explain(item.error()));
            if (*item)
                return **std::move(item);
            if (isGone())
                return failure(ErrorCode::DeviceGone, m_camera.info.name);
            if (m_clock.now() - start > stalledAfter)
                return failure(ErrorCode::Stalled);
        }
        return failure(ErrorCode::Cancelled);
    }

private:
    // Also when it came back at once: what we opened is dead.
    bool isGone() const
    {
        const auto cameras = m_watch->cameras();
        return std::none_of(cameras->begin(), cameras->end(), [this](const gst::Camera &camera) {
            return camera.device == m_camera.device;
        });
    }

    // An unplugged camera fails in many words; what matters is that it is not there any more.
    Error explain(Error error) const
    {
        if (isGone())
            return {ErrorCode::DeviceGone, m_camera.info.name};
        return error;
    }

    const SystemClock m_clock;
    const std::string m_device;
    const PictureSize m_wanted;
    const double m_fps;
    const std::shared_ptr<CameraWatch> m_watch = cameraWatch();
    gst::Camera m_camera;
    std::unique_ptr<gst::Pipeline> m_pipeline;
};

} // namespace

SourceType webcamSource()
{
    return {"webcam",
            "Webcam",
            SourceKind::Raw,
            webcamSchema(),
            [](const Settings &settings, const SourceContext &) -> Result<std::unique_ptr<Source>> {
                return std::make_unique<WebcamSource>(settings);
            },
            discoverWebcams};
}

} // namespace heliograph
