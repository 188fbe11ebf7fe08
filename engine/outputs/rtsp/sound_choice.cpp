#include "outputs/rtsp/sound_choice.h"

#include "wire/rtp/payloads.h"
#include "wire/rtsp/url.h"
#include "wire/sdp/track_media.h"
#include "wire/text.h"

#include <algorithm>

namespace heliograph::rtsp {

namespace {

std::string nameOf(const Track &track)
{
    return std::holds_alternative<AacConfig>(track.config)
        ? "aac"
        : wire::lowered(sdp::describe(track, 0, {}).encoding);
}

// Also the alternatives.
Stream::Tracks soundsOf(const Mount &mount)
{
    Stream::Tracks sounds = mount.stream().tracks();
    std::erase_if(sounds, [](const auto &track) {
        return track->isVideo() || !rtp::hasPayloadFormat(*track);
    });
    return sounds;
}

} // namespace

std::string askedSound(std::string_view text)
{
    const auto url = parseUrl(text);
    std::string_view rest = url ? std::string_view(url->query) : std::string_view();
    while (!rest.empty()) {
        std::string_view value = wire::takeUntil(rest, '&');
        if (wire::takeUntil(value, '=') == "audio")
            return wire::lowered(value);
    }
    return {};
}

std::vector<std::string> soundNames(const Mount &mount)
{
    std::vector<std::string> names;
    for (const auto &track : soundsOf(mount))
        names.push_back(nameOf(*track));
    return names;
}

std::optional<Stream::Tracks> chooseTracks(const Mount &mount, const std::string &asked)
{
    Stream::Tracks chosen = mount.tracks();
    if (asked.empty())
        return chosen;
    const Stream::Tracks sounds = soundsOf(mount);
    const auto found = std::ranges::find(sounds, asked, [](const auto &t) { return nameOf(*t); });
    if (found == sounds.end())
        return std::nullopt;
    std::erase_if(chosen, [](const auto &track) { return !track->isVideo(); });
    chosen.push_back(*found);
    return chosen;
}

} // namespace heliograph::rtsp
