#include "wire/rtmp/capabilities.h"

#include <array>
#include <limits>

namespace heliograph::rtmp {

namespace {

constexpr std::string_view everything = "*";
constexpr std::string_view listName = "fourCcList";
constexpr std::string_view videoMapName = "videoFourCcInfoMap";
constexpr std::string_view audioMapName = "audioFourCcInfoMap";
constexpr std::string_view capsName = "capsEx";

// Bits that came as a number.
std::uint32_t bitsOf(const amf0::Value &value)
{
    const double number = value.number().value_or(0);
    const bool fits = number >= 0 && number <= std::numeric_limits<std::uint32_t>::max();
    return fits ? std::uint32_t(number) : 0;
}

} // namespace

Capabilities Capabilities::of(const amf0::Value &object)
{
    Capabilities capabilities;
    const amf0::Value *list = object.find(listName);
    const amf0::Value *video = object.find(videoMapName);
    const amf0::Value *audio = object.find(audioMapName);
    const amf0::Value *caps = object.find(capsName);
    addList(list, capabilities.m_video, capabilities.m_audio);
    addMap(video, capabilities.m_video);
    addMap(audio, capabilities.m_audio);
    capabilities.m_capsEx = caps ? bitsOf(*caps) : 0;
    capabilities.m_enhanced = list || video || audio || caps;
    return capabilities;
}

// Who forwards takes anything.
bool Capabilities::canTake(const Infos &infos, FourCc codec)
{
    const auto has = [&infos](FourCc key) {
        const auto found = infos.find(key);
        return found != infos.end()
            && (found->second & (codec_info::canDecode | codec_info::canForward)) != 0;
    };
    return has(codec) || has(FourCc());
}

// The list does not say which is video and which is sound, nor what for.
void Capabilities::addList(const amf0::Value *list, Infos &video, Infos &audio)
{
    if (!list)
        return;
    for (const amf0::Value &item : list->items()) {
        const std::string_view name = item.string().value_or("");
        const FourCc codec(name);
        if (codec.isNone() && name != everything)
            continue;
        video[codec] |= codec_info::canDecode;
        audio[codec] |= codec_info::canDecode;
    }
}

void Capabilities::addMap(const amf0::Value *map, Infos &infos)
{
    if (!map)
        return;
    for (const amf0::Property &property : map->properties()) {
        const FourCc codec(property.name);
        if (!codec.isNone() || property.name == everything)
            infos[codec] |= bitsOf(property.value);
    }
}

amf0::Properties ourCapabilities()
{
    constexpr std::array listed = {four_cc::avc,  four_cc::hevc, four_cc::av1,
                                   four_cc::vp9,  four_cc::aac,  four_cc::opus,
                                   four_cc::flac, four_cc::ac3,  four_cc::eac3};
    amf0::Items names;
    for (const FourCc codec : listed)
        names.emplace_back(codec.text());
    const auto all =
        amf0::Value::object({{std::string(everything), double(codec_info::canForward)}});
    return {{std::string(listName), amf0::Value::strictArray(std::move(names))},
            {std::string(videoMapName), all},
            {std::string(audioMapName), all},
            {std::string(capsName), double(caps_ex::reconnect | caps_ex::modEx)}};
}

} // namespace heliograph::rtmp
