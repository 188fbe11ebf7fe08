#include "outputs/rtmp/ability.h"

#include "wire/rtmp/track_codec.h"

#include <algorithm>

namespace heliograph::rtmp {

bool canTake(const Capabilities &player, const Track &track)
{
    const FourCc codec = fourCcOf(track);
    return track.isVideo() ? player.canVideo(codec) : player.canAudio(codec);
}

std::optional<std::string> whyNotPlayable(const Capabilities &player, const Stream::Tracks &tracks)
{
    const auto video =
        std::ranges::find_if(tracks, [](const auto &track) { return track->isVideo(); });
    const auto needed = video == tracks.end() ? tracks.begin() : video;
    if (needed == tracks.end() || canTake(player, **needed))
        return std::nullopt;
    return std::string((*needed)->isVideo() ? "The pictures of this stream are "
                                            : "The sound of this stream is ")
        + (*needed)->codecName()
        + ", which this player does not say it can play over RTMP. Use a newer one, or RTSP";
}

} // namespace heliograph::rtmp
