#include "wire/rtmp/metadata.h"

#include "wire/rtmp/track_codec.h"

#include <limits>

namespace heliograph::rtmp {

namespace {

constexpr std::string_view metadataName = "onMetaData";
constexpr std::string_view setterName = "@setDataFrame"; // tells a server to keep it
constexpr int legacyAvc = 7;
constexpr int legacyHevc = 12;
constexpr int legacyMp3 = 2;
constexpr int legacyAac = 10;
constexpr double bitsPerKilobit = 1000;

// The object of {"onMetaData", object} and {"@setDataFrame", "onMetaData", object}; null: another.
const amf0::Value *objectOf(const Data &data)
{
    const bool isSetter = data.name == setterName;
    const std::size_t at = isSetter ? 1 : 0;
    if (data.values.size() <= at)
        return nullptr;
    const std::string_view name =
        isSetter ? data.values[0].string().value_or("") : std::string_view(data.name);
    return name == metadataName ? &data.values[at] : nullptr;
}

double numberOf(const amf0::Value &object, std::string_view name)
{
    const amf0::Value *value = object.find(name);
    const double number = value ? value->number().value_or(0) : 0;
    const bool isSane = number > 0 && number <= std::numeric_limits<int>::max();
    return isSane ? number : 0;
}

int integerOf(const amf0::Value &object, std::string_view name)
{
    return int(numberOf(object, name));
}

int bitrateOf(const amf0::Value &object, std::string_view name)
{
    const double bits = numberOf(object, name) * bitsPerKilobit;
    return bits <= std::numeric_limits<int>::max() ? int(bits) : 0;
}

std::string textOf(const amf0::Value &object, std::string_view name)
{
    const amf0::Value *value = object.find(name);
    return std::string(value ? value->string().value_or("") : "");
}

// A FourCC as a number (Enhanced RTMP) or as text (older OBS); nothing for the legacy numbers.
FourCc namedCodec(const amf0::Value &object, std::string_view name)
{
    const int number = integerOf(object, name);
    return number > 0xff ? FourCc(std::uint32_t(number)) : FourCc(textOf(object, name));
}

FourCc videoCodecOf(const amf0::Value &object)
{
    switch (integerOf(object, "videocodecid")) {
    case legacyAvc:
        return four_cc::avc;
    case legacyHevc:
        return four_cc::hevc;
    default:
        return namedCodec(object, "videocodecid");
    }
}

FourCc audioCodecOf(const amf0::Value &object)
{
    switch (integerOf(object, "audiocodecid")) {
    case legacyAac:
        return four_cc::aac;
    case legacyMp3:
        return four_cc::mp3;
    default:
        return namedCodec(object, "audiocodecid");
    }
}

// Some say "stereo" alone.
int channelsOf(const amf0::Value &object)
{
    const amf0::Value *stereo = object.find("stereo");
    const int channels = integerOf(object, "audiochannels");
    if (channels != 0 || !stereo || !stereo->boolean())
        return channels;
    return *stereo->boolean() ? 2 : 1;
}

void add(amf0::Properties &properties, const char *name, amf0::Value value)
{
    properties.push_back({name, std::move(value)});
}

void addIfKnown(amf0::Properties &properties, const char *name, double number)
{
    if (number > 0)
        add(properties, name, number);
}

// The numbers of old where a codec has one; a FourCC is a number, too.
double codecNumber(FourCc codec)
{
    if (codec == four_cc::avc)
        return legacyAvc;
    if (codec == four_cc::aac)
        return legacyAac;
    return codec == four_cc::mp3 ? legacyMp3 : codec.value();
}

void describeVideo(amf0::Properties &properties, const Track &track, double fps, int bitrate)
{
    addIfKnown(properties, "width", track.width());
    addIfKnown(properties, "height", track.height());
    addIfKnown(properties, "framerate", fps);
    add(properties, "videocodecid", codecNumber(fourCcOf(track)));
    addIfKnown(properties, "videodatarate", bitrate / bitsPerKilobit);
}

void describeAudio(amf0::Properties &properties, const Track &track, int sampleRate, int channels,
                   int bitrate)
{
    add(properties, "audiocodecid", codecNumber(fourCcOf(track)));
    addIfKnown(properties, "audiosamplerate", sampleRate);
    add(properties, "audiosamplesize", 16);
    addIfKnown(properties, "audiochannels", channels);
    if (channels > 0)
        add(properties, "stereo", channels > 1);
    addIfKnown(properties, "audiodatarate", bitrate / bitsPerKilobit);
}

void describe(amf0::Properties &properties, const Track &track)
{
    std::visit(
        [&](const auto &config) {
            if constexpr (requires { config.audioSpecificConfig; })
                describeAudio(properties, track, config.sampleRate, config.channels,
                              config.bitrate);
            else if constexpr (requires { config.header; })
                track.isVideo() ? describeVideo(properties, track, config.fps, config.bitrate)
                                : describeAudio(properties, track, config.sampleRate,
                                                config.channels, config.bitrate);
            else
                describeVideo(properties, track, config.fps, config.bitrate);
        },
        track.config);
}

} // namespace

std::optional<Metadata> readMetadata(const Data &data)
{
    const amf0::Value *object = objectOf(data);
    if (!object)
        return std::nullopt;
    Metadata metadata;
    metadata.width = integerOf(*object, "width");
    metadata.height = integerOf(*object, "height");
    metadata.fps = numberOf(*object, "framerate");
    metadata.videoCodec = videoCodecOf(*object);
    metadata.videoBitrate = bitrateOf(*object, "videodatarate");
    metadata.audioCodec = audioCodecOf(*object);
    metadata.audioBitrate = bitrateOf(*object, "audiodatarate");
    metadata.sampleRate = integerOf(*object, "audiosamplerate");
    metadata.channels = channelsOf(*object);
    metadata.encoder = textOf(*object, "encoder");
    return metadata;
}

Data makeMetadata(const TrackList &tracks, std::string_view encoder)
{
    amf0::Properties properties;
    for (const Track &track : tracks)
        describe(properties, track);
    add(properties, "encoder", encoder);
    return {std::string(metadataName), {amf0::Value::ecmaArray(std::move(properties))}};
}

} // namespace heliograph::rtmp
