#include "media/track.h"

#include <algorithm>

namespace heliograph {

namespace {

constexpr int pictureClock = 90000;
constexpr int opusClock = 48000;

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>; // which Clang 14 does not find by itself

std::string nameOf(OpaqueCodec codec)
{
    switch (codec) {
    case OpaqueCodec::Av1:
        return "AV1";
    case OpaqueCodec::Vp8:
        return "VP8";
    case OpaqueCodec::Vp9:
        return "VP9";
    case OpaqueCodec::Opus:
        return "Opus";
    case OpaqueCodec::Flac:
        return "FLAC";
    case OpaqueCodec::Ac3:
        return "AC-3";
    case OpaqueCodec::Eac3:
        return "E-AC-3";
    case OpaqueCodec::Mp3:
        return "MP3";
    case OpaqueCodec::Pcmu:
        return "G.711 µ-law";
    case OpaqueCodec::Pcma:
        return "G.711 A-law";
    }
    return {};
}

} // namespace

int Track::width() const
{
    return std::visit(Overloaded{[](const H264Config &video) { return video.info.width; },
                                 [](const HevcConfig &video) { return video.info.width; },
                                 [](const AacConfig &) { return 0; },
                                 [](const OpaqueConfig &opaque) { return opaque.width; }},
                      config);
}

int Track::height() const
{
    return std::visit(Overloaded{[](const H264Config &video) { return video.info.height; },
                                 [](const HevcConfig &video) { return video.info.height; },
                                 [](const AacConfig &) { return 0; },
                                 [](const OpaqueConfig &opaque) { return opaque.height; }},
                      config);
}

int Track::clockRate() const
{
    if (isVideo())
        return pictureClock;
    if (const auto *aac = std::get_if<AacConfig>(&config))
        return aac->sampleRate;
    return isG711(*this) ? std::get<OpaqueConfig>(config).sampleRate : opusClock;
}

std::string Track::codecName() const
{
    return std::visit(
        Overloaded{[](const H264Config &video) { return "H.264 " + h264::profileName(video.info); },
                   [](const HevcConfig &video) { return "H.265 " + hevc::profileName(video.info); },
                   [](const AacConfig &) { return std::string("AAC"); },
                   [](const OpaqueConfig &opaque) { return nameOf(opaque.codec); }},
        config);
}

bool isOpus(const Track &track)
{
    const auto *opaque = std::get_if<OpaqueConfig>(&track.config);
    return opaque && opaque->codec == OpaqueCodec::Opus;
}

bool isG711(const Track &track)
{
    const auto *opaque = std::get_if<OpaqueConfig>(&track.config);
    return opaque && (opaque->codec == OpaqueCodec::Pcmu || opaque->codec == OpaqueCodec::Pcma);
}

bool canFollow(const Track &described, const Track &now)
{
    if (described.config.index() != now.config.index())
        return false;
    if (const auto *aac = std::get_if<AacConfig>(&now.config))
        return std::ranges::equal(aac->audioSpecificConfig.span(),
                                  std::get<AacConfig>(described.config).audioSpecificConfig.span());
    const auto *opaque = std::get_if<OpaqueConfig>(&now.config);
    if (!opaque)
        return true;
    const auto &before = std::get<OpaqueConfig>(described.config);
    const bool sameRate =
        before.sampleRate == opaque->sampleRate && before.channels == opaque->channels;
    return opaque->codec == before.codec && (sameRate || !isG711(now));
}

} // namespace heliograph
