// URLs, Session and RTP-Info headers: one text through all of their readers.
#include "wire/rtsp/url.h"

#include "fuzz/require.h"
#include "fuzz/targets.h"
#include "wire/rtsp/session_header.h"

namespace heliograph::fuzz {

namespace {

void checkUrl(const std::string &text)
{
    const auto url = rtsp::parseUrl(text);
    if (!url)
        return;
    const std::string &path = url->path;
    require(path.empty() || (path.front() != '/' && path.back() != '/'), "no slash at the ends");
    require(path.find("//") == std::string::npos, "no doubled slash");
    require(url->port != 0, "a port");
    require(rtsp::parseUrl(rtsp::baseUrl(text)) == url, "the base leads to the same mount");
    const rtsp::TrackPath track = rtsp::splitTrack(path);
    require(track.track >= -1 && track.track <= 255, "a track number in range");
    require(path.starts_with(track.mount), "the mount is the path's front");
}

void checkHeaders(const std::string &text)
{
    const rtsp::SessionHeader session = rtsp::parseSession(text);
    require(session.timeout > 0, "a timeout");
    require(rtsp::parseSession(rtsp::writeSession(session)) == session, "same session");
    const auto entries = rtsp::parseRtpInfo(text);
    require(entries.size() <= 32, "at most 32 entries");
    require(rtsp::parseRtpInfo(rtsp::writeRtpInfo(entries)) == entries, "same entries");
}

} // namespace

int runUrlSession(ByteSpan input)
{
    const std::string text(input.begin(), input.end());
    checkUrl(text);
    checkHeaders(text);
    rtsp::splitTrack(text);
    return 0;
}

} // namespace heliograph::fuzz
