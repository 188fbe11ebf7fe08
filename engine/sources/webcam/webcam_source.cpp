#include "sources/webcam/webcam_source.h"

#include "gst/modes.h"
#include "gst/sample.h"
#include "sources/device_discovery.h"
#include "sources/device_reader.h"
#include "sources/sound_branch.h"

#include <algorithm>
#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

constexpr const char *itsOwn = "own";

SettingsSchema webcamSchema()
{
    return {{.key = "device",
             .title = "Camera",
             .help = "The camera by its id; empty takes the first one found.",
             .kind = SettingKind::Device,
             .fallback = std::string(),
             .choices = {{"", "First camera found"}},
             .deviceType = "webcam"},
            {.key = "microphone",
             .title = "Microphone",
             .help = "Whose sound goes with the picture.",
             .kind = SettingKind::Device,
             .fallback = std::string(),
             .choices = {{"", "No sound"}, {itsOwn, "The camera's own"}},
             .deviceType = "microphone"}};
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
        , m_microphone(textOf(settings, "microphone"))
        , m_wanted(sizeOf(settings, "size"))
        , m_fps(realOf(settings, "fps"))
    {
    }

    Result<std::vector<TrackId>> open(const std::stop_token &) override
    {
        const auto camera = findDevice("webcam", m_device);
        if (!camera)
            return m_device.empty() ? failure(ErrorCode::NoDevice, "camera")
                                    : failure(ErrorCode::DeviceGone, m_device);
        const auto microphone = findMicrophone(*camera);
        auto pipeline = assemble(*camera, microphone);
        if (!pipeline)
            return within("open camera", pipeline.error());
        m_reader.emplace(*std::move(pipeline), *camera, microphone);
        if (const auto started = m_reader->start(); !started)
            return tl::unexpected(started.error());
        m_sound = microphone ? microphone->device : nullptr;
        if (microphone)
            return std::vector{TrackId::Video, TrackId::Audio};
        return std::vector{TrackId::Video};
    }

    Result<SourceItem> read(const std::stop_token &stop) override
    {
        const auto microphone = findMicrophone(m_reader->device());
        if (m_sound != (microphone ? microphone->device : nullptr))
            return OpenAnew();
        return m_reader->read(stop, TrackId::Video);
    }

private:
    // Nothing: none is wanted, or it is not there; the picture goes on without.
    std::optional<gst::Device> findMicrophone(const gst::Device &camera) const
    {
        if (m_microphone.empty())
            return std::nullopt;
        if (m_microphone != itsOwn)
            return findDevice("microphone", m_microphone);
        const auto devices = gst::deviceWatch()->devices();
        const auto own = std::ranges::find_if(*devices, [&](const gst::Device &device) {
            return device.info.sourceType == "microphone" && !device.info.body.empty()
                && device.info.body == camera.info.body;
        });
        return own == devices->end() ? std::nullopt : std::optional(*own);
    }

    Result<std::unique_ptr<gst::Pipeline>> assemble(const gst::Device &camera,
                                                    const std::optional<gst::Device> &microphone)
    {
        std::string line = launchLine(gst::chooseMode(camera.info.modes, m_wanted, m_fps));
        if (microphone)
            line += ' ' + soundBranch(*microphone);
        auto pipeline = gst::Pipeline::create(line);
        if (!pipeline)
            return pipeline;
        auto attached = (*pipeline)->prepend(gst::createElement(camera).release(), "mode");
        if (attached && microphone)
            attached = attachSound(**pipeline, *microphone);
        return attached ? std::move(pipeline) : tl::unexpected(attached.error());
    }

    const std::string m_device;
    const std::string m_microphone; // an id; empty: none; itsOwn
    const PictureSize m_wanted;
    const double m_fps;
    std::optional<DeviceReader> m_reader;
    std::shared_ptr<GstDevice> m_sound; // the microphone that goes with it; null: none
};

} // namespace

SourceType webcamSource()
{
    return {
        .id = "webcam",
        .title = "Webcam",
        .kind = SourceKind::Raw,
        .schema = webcamSchema(),
        .create = [](const Settings &settings, const SourceContext &)
            -> Result<std::unique_ptr<Source>> { return std::make_unique<WebcamSource>(settings); },
        .discover = [](DevicesFound found) { return discoverDevices("webcam", std::move(found)); },
        .awaits = std::nullopt,
        .hasSound = true,
    };
}

} // namespace heliograph
