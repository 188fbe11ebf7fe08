#include "cli/set_up.h"

#include <engine/await.h>
#include <engine/sentences.h>

#include <iostream>

namespace heliograph::cli {

namespace {

// What cannot be used is told with what it belongs to.
template <class T>
Result<T> about(const std::string &who, Result<T> done)
{
    if (done || done.error().code != ErrorCode::InvalidArgument)
        return done;
    return within(who, done.error());
}

// RTMP that nobody asked for by name may stay away while RTSP serves: another program may have its
// port.
Result<> startServer(Studio &studio, const OutputConfig &output, bool needed)
{
    auto done = await([&](Reply<> reply) { studio.configureOutput(output, std::move(reply)); });
    if (done || needed)
        return about(output.type, std::move(done));
    std::cerr << "RTMP: " << sentence(done.error()) << std::endl;
    return {};
}

Result<> startSource(Studio &studio, const ProjectSource &source)
{
    const std::string &name = source.source.name;
    const auto id = about(name, await<SourceId>([&](Reply<SourceId> reply) {
                              studio.addSource(source.source, std::move(reply));
                          }));
    if (!id)
        return tl::unexpected(id.error());
    if (!source.published)
        return {};
    return about(
        name, await([&](Reply<> reply) { studio.publish(*id, source.publish, std::move(reply)); }));
}

} // namespace

Result<> setUp(Studio &studio, const Options &options)
{
    const Project &project = options.project;
    for (const std::string &address : project.banned) // before anybody can come in
        if (auto done =
                await([&](Reply<> reply) { studio.setBanned(address, true, std::move(reply)); });
            !done)
            return done;
    for (const OutputConfig &output : project.outputs)
        if (auto done = startServer(studio, output, output.type != "rtmp" || options.rtmpAsked);
            !done)
            return done;
    for (const ProjectSource &source : project.sources)
        if (auto done = startSource(studio, source); !done)
            return done;
    return {};
}

} // namespace heliograph::cli
