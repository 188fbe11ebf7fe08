#include "fake_studio.h"

#include <algorithm>

namespace heliograph {

namespace {

SettingField field(std::string key, std::string title, SettingKind kind, SettingValue fallback)
{
    SettingField made;
    made.key = std::move(key);
    made.title = std::move(title);
    made.help = "What " + made.title + " does.";
    made.kind = kind;
    made.fallback = std::move(fallback);
    return made;
}

SettingField generated(SettingField field)
{
    field.generated = true;
    return field;
}

SettingField ranged(SettingField made, double minimum, double maximum, std::string unit)
{
    made.minimum = minimum;
    made.maximum = maximum;
    made.unit = std::move(unit);
    return made;
}

SettingField choosing(SettingField made, std::vector<SettingChoice> choices)
{
    made.choices = std::move(choices);
    return made;
}

SettingField ofDevices(std::string type, SettingField field)
{
    field.deviceType = std::move(type);
    return field;
}

SettingsSchema encoderFields()
{
    return {
        choosing(field("size", "Size", SettingKind::Size, std::string("1280x720")),
                 {{"640x360", ""}, {"1280x720", ""}, {"1920x1080", ""}}),
        ranged(field("fps", "Frame rate", SettingKind::Real, 30.0), 1, 120, "fps"),
        ranged(field("bitrate_kbps", "Bitrate", SettingKind::Integer, std::int64_t(2500)), 100,
               50000, "kbit/s"),
        ranged(field("gop", "Keyframe every", SettingKind::Real, 2.0), 0.5, 20, "s"),
        choosing(field("preset", "Encoder effort", SettingKind::Choice, std::string("veryfast")),
                 {{"ultrafast", "Least"}, {"veryfast", "Little"}, {"medium", "Normal"}}),
    };
}

SettingsSchema joined(SettingsSchema first, const SettingsSchema &second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

} // namespace

Result<std::unique_ptr<Studio>> Studio::create(StudioOptions)
{
    return std::make_unique<testing::FakeStudio>();
}

const std::vector<SourceTypeInfo> &Studio::sourceTypes()
{
    static const std::vector<SourceTypeInfo> types = {
        {"webcam", "Webcam",
         joined({ofDevices("webcam",
                           choosing(field("device", "Camera", SettingKind::Device, std::string()),
                                    {{"", "First camera found"}}))},
                encoderFields())},
        {"file", "Video file", {field("path", "Files", SettingKind::Files, std::string())}},
        {"rtmp", "Encoder", {generated(field("key", "Stream key", SettingKind::Secret, Secret()))}},
        {"pattern", "Test pattern",
         joined({choosing(field("pattern", "Picture", SettingKind::Choice, std::string("smpte")),
                          {{"smpte", "Colour bars"}, {"ball", "Moving ball"}}),
                 field("clock", "Clock and frame number", SettingKind::Toggle, true),
                 field("title", "Title", SettingKind::Text, std::string())},
                encoderFields())},
    };
    return types;
}

const std::vector<OutputTypeInfo> &Studio::outputTypes()
{
    static const std::vector<OutputTypeInfo> types = {
        {"rtsp",
         "RTSP server",
         {ranged(field("port", "Port", SettingKind::Integer, std::int64_t(8554)), 1, 65535, "")}},
        {"rtmp",
         "RTMP server",
         {field("enabled", "Serve RTMP", SettingKind::Toggle, true),
          ranged(field("port", "Port", SettingKind::Integer, std::int64_t(1935)), 1, 65535, "")}},
    };
    return types;
}

Result<> Studio::checkBan(const std::string &address)
{
    return address.starts_with("no ") ? failure(ErrorCode::InvalidArgument) : Result<>();
}

namespace testing {

FakeStudio::FakeStudio()
{
    next.time = WallClock::time_point(std::chrono::seconds(1'000'000));
    publishSnapshot();
}

void FakeStudio::publishSnapshot()
{
    ++next.sequence;
    m_published = std::make_shared<const Snapshot>(next);
}

SourceSnapshot &FakeStudio::source(SourceId id)
{
    return *std::find_if(next.sources.begin(), next.sources.end(),
                         [id](const SourceSnapshot &each) { return each.id == id; });
}

void FakeStudio::answer(std::function<void()> work)
{
    if (hold)
        m_held.push_back(std::move(work));
    else
        work();
}

void FakeStudio::answerAll()
{
    while (!m_held.empty()) {
        const auto work = std::move(m_held.front());
        m_held.pop_front();
        work();
    }
}

Result<> FakeStudio::outcome() const
{
    return fail ? Result<>(tl::unexpected(*fail)) : Result<>();
}

void FakeStudio::addSource(SourceConfig config, Reply<SourceId> reply)
{
    added.push_back(config);
    const auto &types = sourceTypes();
    const auto type = std::find_if(types.begin(), types.end(),
                                   [&](const auto &each) { return each.id == config.type; });
    if (fail || type == types.end()) {
        const Error error = fail.value_or(Error{ErrorCode::InvalidArgument, "unknown type"});
        answer([reply, error] { reply(tl::unexpected(error)); });
        return;
    }
    SourceSnapshot made;
    made.id = SourceId(++m_lastId);
    made.config = std::move(config);
    made.config.settings = completeSettings(type->schema, made.config.settings).value();
    made.publish.mount = "stream" + std::to_string(m_lastId);
    made.health.state = HealthState::Ok;
    made.size = {1280, 720};
    made.fps = 30;
    made.hasPreview = true;
    next.sources.push_back(made);
    answer([reply, id = made.id] { reply(id); });
}

void FakeStudio::changeSource(SourceId id, SourceConfig config, Reply<> reply)
{
    changed.push_back(config);
    if (!fail)
        source(id).config = std::move(config);
    answer([reply, result = outcome()] { reply(result); });
}

void FakeStudio::control(SourceId, PlaybackCommand command, Reply<> reply)
{
    controlled.push_back(command);
    answer([reply, result = outcome()] { reply(result); });
}

void FakeStudio::removeSource(SourceId id, Reply<> reply)
{
    std::erase_if(next.sources, [id](const SourceSnapshot &each) { return each.id == id; });
    std::erase_if(next.streams, [id](const StreamSnapshot &each) { return each.source == id; });
    answer([reply, result = outcome()] { reply(result); });
}

void FakeStudio::publish(SourceId id, PublishConfig config, Reply<> reply)
{
    published.push_back(config);
    if (!fail) {
        source(id).published = true;
        source(id).publish = config;
        StreamSnapshot stream;
        stream.mount = config.mount;
        stream.source = id;
        stream.ready = true;
        stream.urls = {"rtsp://127.0.0.1:8554/" + config.mount};
        for (const OutputSnapshot &output : next.outputs)
            if (output.type == "rtmp" && output.port != 0)
                stream.urls.push_back("rtmp://127.0.0.1:1935/" + config.mount);
        next.streams.push_back(stream);
    }
    answer([reply, result = outcome()] { reply(result); });
}

void FakeStudio::swapSource(SourceId live, SourceId other, Reply<> reply)
{
    swapped.emplace_back(live, other);
    answer([reply, result = outcome()] { reply(result); });
}

void FakeStudio::unpublish(SourceId id, Reply<> reply)
{
    unpublished.push_back(id);
    if (!fail) {
        source(id).published = false;
        std::erase_if(next.streams, [id](const StreamSnapshot &each) { return each.source == id; });
    }
    answer([reply, result = outcome()] { reply(result); });
}

void FakeStudio::configureOutput(OutputConfig config, Reply<> reply)
{
    configured.push_back(config);
    if (!fail) {
        OutputSnapshot output;
        output.type = config.type;
        const auto enabled = config.settings.find("enabled");
        const bool isOn = enabled == config.settings.end() || std::get<bool>(enabled->second);
        output.port = std::uint16_t(!isOn ? 0 : config.type == "rtsp" ? 8554 : 1935);
        output.address = isOn ? "127.0.0.1:" + std::to_string(output.port) : "";
        output.health.state = HealthState::Ok;
        std::erase_if(next.outputs, [&](const auto &each) { return each.type == config.type; });
        next.outputs.push_back(output);
    }
    answer([reply, result = outcome()] { reply(result); });
}

void FakeStudio::kickViewer(ViewerId id, Reply<> reply)
{
    kicked.push_back(id);
    std::erase_if(next.viewers, [id](const ViewerSnapshot &each) { return each.id == id; });
    answer([reply, result = outcome()] { reply(result); });
}

void FakeStudio::setBanned(std::string address, bool banned, Reply<> reply)
{
    std::erase(next.banned, address);
    if (banned)
        next.banned.push_back(std::move(address));
    answer([reply, result = outcome()] { reply(result); });
}

void FakeStudio::openFeed(std::string, Reply<std::shared_ptr<Feed>> reply)
{
    answer([reply] { reply(failure(ErrorCode::Unsupported)); });
}

std::shared_ptr<PreviewTap> FakeStudio::preview(SourceId id)
{
    auto &tap = m_taps[id];
    if (!tap)
        tap = std::make_shared<FakeTap>();
    return tap;
}

std::shared_ptr<SoundTap> FakeStudio::listen(SourceId id)
{
    auto &sound = m_sounds[id];
    if (!sound)
        sound = std::make_shared<FakeSound>();
    return sound;
}

DeviceInfo testCamera()
{
    return {"pipewire:testcam", "Test Camera", "webcam", {{320, 240, 25, "YUY2"}}};
}

ViewerSnapshot testViewer(std::uint64_t id, double bitrate)
{
    ViewerSnapshot viewer;
    viewer.id = ViewerId(id);
    viewer.protocol = "RTSP";
    viewer.transport = "TCP";
    viewer.mount = "cam";
    viewer.address = "192.168.1." + std::to_string(id) + ":50000";
    viewer.userAgent = "Lavf59";
    viewer.since = WallClock::time_point(std::chrono::seconds(1'000'000 - 60));
    viewer.bitrate = bitrate;
    return viewer;
}

} // namespace testing

} // namespace heliograph
