// AMF0, and the commands, data, metadata, capabilities and paths that are made of it: what could be
// read means the same when it is written and read again.
#include "wire/rtmp/amf0.h"

#include "fuzz/require.h"
#include "fuzz/targets.h"
#include "wire/rtmp/capabilities.h"
#include "wire/rtmp/command.h"
#include "wire/rtmp/metadata.h"
#include "wire/rtmp/path.h"

namespace heliograph::fuzz {

namespace {

void checkMetadata(const rtmp::Data &data)
{
    const auto metadata = rtmp::readMetadata(data);
    if (!metadata)
        return;
    require(metadata->width >= 0 && metadata->height >= 0 && metadata->fps >= 0, "sizes");
    require(metadata->videoBitrate >= 0 && metadata->audioBitrate >= 0, "rates");
    require(metadata->sampleRate >= 0 && metadata->channels >= 0, "sound");
}

void checkPath(std::string_view app, std::string_view name)
{
    const auto path = rtmp::resolvePath(app, name);
    if (!path)
        return;
    require(path->literal.ends_with(path->mount), "the mount is the path's end");
    require(!path->mount.starts_with('/') && !path->mount.ends_with('/'), "no slash at the ends");
    require(path->query.size() <= 128, "a bounded query");
}

void checkUrl(std::string_view text)
{
    const auto url = rtmp::parseUrl(text);
    require(!url || (url->port != 0 && !url->host.empty()), "a host and a port");
}

void checkCommand(rtmp::MessageType type, ByteSpan input)
{
    const auto command = rtmp::parseCommand(type, input);
    if (!command)
        return;
    rtmp::Capabilities::of(command->object);
    const auto again =
        rtmp::parseCommand(rtmp::MessageType::CommandAmf0, rtmp::writeCommand(*command));
    // By their bytes: a NaN is not equal to itself.
    require(again && rtmp::writeCommand(*again) == rtmp::writeCommand(*command), "same command");
    checkPath(command->name, command->argument(0).string().value_or(""));
    checkUrl(command->name);
}

} // namespace

int runAmf0(ByteSpan input)
{
    const auto values = rtmp::amf0::read(input);
    if (values) {
        const auto written = rtmp::amf0::write(*values);
        const auto again = rtmp::amf0::read(written);
        require(again && rtmp::amf0::write(*again) == written, "same values");
    }
    checkCommand(rtmp::MessageType::CommandAmf0, input);
    checkCommand(rtmp::MessageType::CommandAmf3, input);
    if (const auto data = rtmp::parseData(rtmp::MessageType::DataAmf0, input))
        checkMetadata(*data);
    return 0;
}

} // namespace heliograph::fuzz
