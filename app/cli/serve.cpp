#include "cli/serve.h"

#include "cli/device_list.h"
#include "cli/encoder_list.h"
#include "cli/remote.h"
#include "cli/set_up.h"
#include "cli/signals.h"
#include "cli/stats_json.h"

#include <engine/sentences.h>
#include <engine/studio.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <set>
#include <thread>

namespace heliograph::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int cannotServe = 1;
constexpr int portTaken = 2;
constexpr std::chrono::milliseconds poll(100); // snapshots come four times a second
constexpr std::chrono::seconds firstLookPatience(20); // GStreamer may never have run before
constexpr std::chrono::milliseconds devicePatience(2000);
constexpr std::chrono::milliseconds endPatience(800); // who asks to end waits a second at most

int complain(const Error &error)
{
    std::cerr << sentence(error) << std::endl;
    return error.code == ErrorCode::PortInUse ? portTaken : cannotServe;
}

// What changes while it serves, told once: what can be played, and what is wrong with a source.
class Teller {
public:
    void tell(const Snapshot &snapshot)
    {
        for (const OutputSnapshot &output : snapshot.outputs)
            if (!output.fingerprint.empty() && m_fingerprints.insert(output.fingerprint).second)
                std::cout << "fingerprint SHA256 " << output.fingerprint << std::endl;
        for (const StreamSnapshot &stream : snapshot.streams)
            for (const std::string &url : stream.urls)
                if (stream.ready && m_ready.insert(url).second)
                    std::cout << "ready " << url << std::endl;
        for (const Notice &notice : snapshot.notices) {
            if (notice.id <= m_lastNotice)
                continue;
            m_lastNotice = notice.id;
            if (notice.level != NoticeLevel::Information)
                std::cerr << sentence(notice) << std::endl;
        }
    }

private:
    std::set<std::string> m_ready;
    std::set<std::string> m_fingerprints;
    std::uint64_t m_lastNotice = 0;
};

void run(Studio &studio, const Options &options)
{
    const auto start = Clock::now();
    auto nextStats = start + options.statsPeriod.value_or(std::chrono::duration<double>(0));
    Teller teller;
    Remote remote;
    while (!napUntilSignal(poll)) {
        const auto now = Clock::now();
        const auto snapshot = studio.snapshot();
        teller.tell(*snapshot);
        if (options.remote)
            remote.obey(studio);
        if (options.statsPeriod && now >= nextStats) {
            std::cout << toJson(*snapshot) << std::endl;
            nextStats += *options.statsPeriod;
        }
        if (options.duration && now - start >= *options.duration)
            return;
    }
}

// Looking for cameras costs more than passing a file on does.
bool hasDevices(const Project &project)
{
    const auto isDevice = [](const SettingField &field) {
        return field.kind == SettingKind::Device;
    };
    return std::ranges::any_of(project.sources, [&](const ProjectSource &source) {
        return std::ranges::any_of(Studio::sourceTypes(), [&](const SourceTypeInfo &type) {
            return type.id == source.source.type && std::ranges::any_of(type.schema, isDevice);
        });
    });
}

bool hasCamera(const Snapshot &snapshot)
{
    return std::ranges::count(snapshot.devices, DeviceKind::Camera, &DeviceInfo::kind) > 0;
}

// Cameras may be told a moment after the first look.
void awaitDevices(Studio &studio)
{
    const auto wait = [&](const auto &pleases, auto patience) {
        const auto end = Clock::now() + patience;
        while (!pleases(*studio.snapshot()) && Clock::now() < end)
            std::this_thread::sleep_for(poll);
    };
    wait([](const Snapshot &snapshot) { return snapshot.devicesKnown; }, firstLookPatience);
    wait(hasCamera, devicePatience);
}

Result<std::unique_ptr<Studio>> createStudio(const Options &said, bool discover)
{
    StudioOptions options;
    options.log = said.verbose ? LogLevel::Verbose : LogLevel::Quiet;
    options.loops = said.loops;
    options.discoverDevices = discover;
    return Studio::create(std::move(options));
}

} // namespace

int serve(const Options &options)
{
    auto studio = createStudio(options, hasDevices(options.project));
    if (!studio)
        return complain(studio.error());
    const auto done = setUp(**studio, options);
    if (done)
        run(**studio, options);
    const int code = done ? 0 : complain(done.error());
    if (!(*studio)->stopWithin(endPatience)) {
        std::cout.flush();
        std::_Exit(code); // a source's library hangs: nothing may be destroyed under its hands
    }
    return code;
}

int listDevices(ListForm form)
{
    auto studio = createStudio({}, true);
    if (!studio)
        return complain(studio.error());
    awaitDevices(**studio);
    const auto devices = (*studio)->snapshot()->devices;
    std::cout << (form == ListForm::Json ? toJson(devices) : toText(devices));
    return 0;
}

int listEncoders(ListForm form)
{
    const auto encoders = Studio::encoders();
    std::cout << (form == ListForm::Json ? toJson(encoders) : toText(encoders));
    return 0;
}

} // namespace heliograph::cli
