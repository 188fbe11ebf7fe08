#include "sources/microphone/microphone_source.h"

#include "gst/pipeline.h"
#include "sources/device_discovery.h"
#include "sources/device_reader.h"
#include "sources/sound_branch.h"

namespace heliograph {

namespace {

SettingsSchema microphoneSchema()
{
    return {{.key = "device",
             .title = "Microphone",
             .help =
                 "The microphone, or what a loudspeaker plays, by its id; empty takes the first "
                 "microphone found.",
             .kind = SettingKind::Device,
             .fallback = std::string(),
             .choices = {{"", "First microphone found"}},
             .deviceType = "microphone"}};
}

// Thread: the runner's. Owner: the runner.
class MicrophoneSource final : public Source {
public:
    explicit MicrophoneSource(const Settings &settings)
        : m_device(textOf(settings, "device"))
    {
    }

    Result<std::vector<TrackId>> open(const std::stop_token &) override
    {
        const auto device = findDevice("microphone", m_device);
        if (!device)
            return m_device.empty() ? failure(ErrorCode::NoDevice, "microphone")
                                    : failure(ErrorCode::DeviceGone, m_device);
        auto pipeline = gst::Pipeline::create(soundBranch(*device));
        if (!pipeline)
            return within("open microphone", pipeline.error());
        if (const auto attached = attachSound(**pipeline, *device); !attached)
            return within("open microphone", attached.error());
        m_reader.emplace(*std::move(pipeline), *device);
        if (const auto started = m_reader->start(); !started)
            return tl::unexpected(started.error());
        return std::vector{TrackId::Audio};
    }

    Result<SourceItem> read(const std::stop_token &stop) override
    {
        return m_reader->read(stop, TrackId::Audio);
    }

private:
    const std::string m_device;
    std::optional<DeviceReader> m_reader;
};

} // namespace

SourceType microphoneSource()
{
    return {
        .id = "microphone",
        .title = "Microphone",
        .kind = SourceKind::Raw,
        .schema = microphoneSchema(),
        .create = [](const Settings &settings,
                     const SourceContext &) -> Result<std::unique_ptr<Source>> {
            return std::make_unique<MicrophoneSource>(settings);
        },
        .discover =
            [](DevicesFound found) { return discoverDevices("microphone", std::move(found)); },
        .awaits = std::nullopt,
        .hasPictures = false,
        .hasSound = true,
    };
}

} // namespace heliograph
