// A session description from a server: what could be read must read the same when we write it,
// and its parameter sets must come back through a description of our own.
#include "wire/sdp/sdp.h"

#include "engine/media/hex.h"
#include "fuzz/require.h"
#include "fuzz/targets.h"
#include "wire/base64.h"
#include "wire/sdp/track_media.h"

namespace heliograph::fuzz {

namespace {

void checkMedia(const sdp::Media &media)
{
    media.parameter("config");
    const auto config = sdp::readH264(media);
    if (!config)
        return;
    Track track;
    track.config = *config;
    const auto again = sdp::readH264(sdp::describe(track, 96, "trackID=0"));
    require(again.has_value(), "our own description can be read");
    require(test::vectorOf(again->sps) == test::vectorOf(config->sps), "same SPS");
    require(test::vectorOf(again->pps) == test::vectorOf(config->pps), "same PPS");
}

void checkBase64(ByteSpan input, const std::string &text)
{
    require(wire::fromBase64(wire::toBase64(input)) == test::vectorOf(input), "base64 comes back");
    if (const auto bytes = wire::fromBase64(text))
        require(wire::fromBase64(wire::toBase64(*bytes)) == *bytes, "same bytes");
}

} // namespace

int runSdp(ByteSpan input)
{
    const std::string text(input.begin(), input.end());
    checkBase64(input, text);
    const auto session = sdp::parse(text);
    if (!session)
        return 0;
    require(session->media.size() <= 32, "at most 32 sections");
    const std::string written = sdp::write(*session);
    if (written.size() <= 64 * 1024)
        require(sdp::parse(written) == *session, "writing keeps the meaning");
    for (const sdp::Media &media : session->media)
        checkMedia(media);
    return 0;
}

} // namespace heliograph::fuzz
