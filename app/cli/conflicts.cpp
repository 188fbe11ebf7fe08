#include "cli/conflicts.h"

#include <engine/studio.h>

#include <algorithm>
#include <iterator>
#include <span>

namespace heliograph::cli {

namespace {

struct Door { // that a server listens at
    std::string name; // "RTSPS"
    std::int64_t port = 0;
    std::string address; // empty: follows who can watch
};

tl::unexpected<Error> refuse(std::string sentence)
{
    return failure(ErrorCode::InvalidArgument, std::move(sentence));
}

// With what holds where nothing is said.
Settings settingsOf(const Project &project, const std::string &type)
{
    const auto &types = Studio::outputTypes();
    const auto known = std::ranges::find(types, type, &OutputTypeInfo::id);
    const auto said = std::ranges::find(project.outputs, type, &OutputConfig::type);
    const Settings given = said == project.outputs.end() ? Settings{} : said->settings;
    return completeSettings(known->schema, given).value();
}

Result<> checkPublished(const Project &project, const Words &words)
{
    if (std::ranges::any_of(project.sources, &ProjectSource::published))
        return {};
    const std::string file = words.project.empty() ? defaultProjectPath().string() : words.project;
    return refuse(
        "There is nothing to serve: no source of " + maskCredentials(file)
        + " is published. Publish one in the studio, write published = true behind it, or "
          "name a source, for example --source pattern --as test.");
}

// Whether one of the project waits, its secrets say, and they may be in the keyring yet.
Result<> checkEncoders(const Project &project, const Words &words)
{
    const auto waits = [](const ProjectSource &source) {
        const auto url = source.source.settings.find("url");
        return source.source.type == "rtmp"
            && (url == source.source.settings.end() || std::get<Secret>(url->second).empty());
    };
    const std::span typed = std::span(project.sources).last(words.sources.size());
    if (std::ranges::none_of(typed, waits) || toggleOf(settingsOf(project, "rtmp"), "enabled"))
        return {};
    return refuse("The source rtmp waits for an encoder, which comes over RTMP, and that is turned "
                  "off. Give RTMP a port with --rtmp.");
}

Result<> checkRtmps(const Project &project, const Words &words)
{
    if (!words.rtmpsPort || toggleOf(settingsOf(project, "rtmp"), "enabled"))
        return {};
    return refuse("RTMPS is served beside RTMP, and that is turned off. Give RTMP a port with "
                  "--rtmp, or leave --rtmps out.");
}

Result<> checkCertificate(const Project &project, const Words &words)
{
    const Settings rtmp = settingsOf(project, "rtmp");
    const bool used = toggleOf(settingsOf(project, "rtsp"), "tls")
        || (toggleOf(rtmp, "enabled") && toggleOf(rtmp, "tls"));
    if (used || (words.certificate.empty() && words.certificateKey.empty()))
        return {};
    return refuse("A certificate is for RTSPS and RTMPS, and neither is served. Turn one on with "
                  "--rtsps or --rtmps, or leave --certificate and --certificate-key out.");
}

void addDoors(std::vector<Door> &doors, const Settings &settings, const std::string &name)
{
    const std::string &address = textOf(settings, "address");
    doors.push_back({name, integerOf(settings, "port"), address});
    if (toggleOf(settings, "tls"))
        doors.push_back({name + "S", integerOf(settings, "tls_port"), address});
}

// RTMP that nobody asked for may stay away where another has its port.
std::vector<Door> doorsOf(const Project &project, const Words &words)
{
    std::vector<Door> doors;
    addDoors(doors, settingsOf(project, "rtsp"), "RTSP");
    const Settings rtmp = settingsOf(project, "rtmp");
    if (words.asksForRtmp() && toggleOf(rtmp, "enabled"))
        addDoors(doors, rtmp, "RTMP");
    return doors;
}

bool collide(const Door &one, const Door &other)
{
    const auto isEverywhere = [](const Door &door) {
        return door.address.empty() || door.address == "0.0.0.0" || door.address == "::";
    };
    return one.port != 0 && one.port == other.port // 0: the system chooses another for each
        && (one.address == other.address || isEverywhere(one) || isEverywhere(other));
}

Result<> checkPorts(const Project &project, const Words &words)
{
    const std::vector<Door> doors = doorsOf(project, words);
    for (auto one = doors.begin(); one != doors.end(); ++one)
        for (auto other = std::next(one); other != doors.end(); ++other)
            if (collide(*one, *other))
                return refuse(one->name + " and " + other->name + " cannot share the port "
                              + std::to_string(one->port)
                              + ". Give each of them one of its own: --help names the options.");
    return {};
}

} // namespace

Result<> checkConflicts(const Project &project, const Words &words)
{
    for (const auto check :
         {checkPublished, checkEncoders, checkRtmps, checkCertificate, checkPorts})
        if (auto checked = check(project, words); !checked)
            return checked;
    return {};
}

} // namespace heliograph::cli
