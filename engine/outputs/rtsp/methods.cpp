#include "outputs/rtsp/methods.h"

#include "outputs/rtsp/connection.h"
#include "outputs/rtsp/server.h"
#include "outputs/rtsp/sound_choice.h"
#include "wire/rtsp/session_header.h"
#include "wire/rtsp/url.h"

#include <algorithm>
#include <array>

namespace heliograph::rtsp {

namespace {

constexpr std::array<std::string_view, 3> sdpRanges = {"application/sdp", "application/*", "*/*"};

constexpr const char *publicMethods =
    "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";

// A camera that was published this moment needs this long for its first picture.
constexpr std::chrono::milliseconds describeHold(5000);
// A source that stands still delivers no keyframe: PLAY is then answered without RTP-Info.
constexpr std::chrono::milliseconds playHold(2000);

std::optional<Response> answerOptions(Server &server, Connection &connection,
                                      const Request &request)
{
    Response response = withStatus(200);
    response.headers.add("Public", publicMethods);
    if (Session *session = sessionOf(server, connection, request)) {
        session->touch();
        addSessionHeader(response, server, *session);
    }
    return response;
}

bool acceptsSdp(const Request &request)
{
    const auto accept = request.headers.find("Accept");
    if (!accept)
        return true;
    return std::any_of(sdpRanges.begin(), sdpRanges.end(), [&](std::string_view range) {
        return accept->find(range) != std::string_view::npos;
    });
}

// Codecs that only RTMP carries. Players show the phrase.
Response notOverRtsp(const Mount &mount)
{
    Response response = withStatus(406);
    response.reason = mount.stream().tracks().front()->codecName() + " Is Not Served Over RTSP";
    return response;
}

Response noSuchSound(const Mount &mount)
{
    std::string there;
    for (const std::string &name : soundNames(mount))
        there += (there.empty() ? "" : ", ") + name;
    return withReason(404,
                      "this stream has no such sound; it has " + (there.empty() ? "none" : there));
}

Response describeMount(Mount &mount, const Connection &connection, const Request &request)
{
    if (mount.tracks().empty())
        return notOverRtsp(mount);
    const auto chosen = chooseTracks(mount, askedSound(request.url));
    if (!chosen)
        return noSuchSound(mount);
    Response response = withStatus(200);
    response.headers.add("Content-Base", baseUrl(request.url));
    response.headers.add("Content-Type", "application/sdp");
    response.body = sdp::write(mount.describe(connection.local().address.plainText(), *chosen));
    return response;
}

Response notReadyYet()
{
    Response response = withStatus(503);
    response.headers.add("Retry-After", "2");
    return response;
}

// The mount may have vanished meanwhile, or got a password.
Response describeAtLast(Server &server, const Connection &connection, const Request &request,
                        Mount *mount)
{
    if (!mount)
        return withStatus(404);
    if (auto refusal = server.guard().judge(connection, request, *mount).refusal)
        return *std::move(refusal);
    return mount->stream().isReady() ? describeMount(*mount, connection, request) : notReadyYet();
}

// Waits for a mount that is starting.
void describeWhenReady(Server &server, Connection &connection, const Request &request,
                       const std::string &mountName)
{
    connection.retryUntil(describeHold,
                          [&server, &connection, request, mountName,
                           respond = connection.answerLater(request)](bool late) {
                              Mount *mount = server.findMount(mountName, connection);
                              if (mount && !mount->stream().isReady() && !late)
                                  return false;
                              respond(describeAtLast(server, connection, request, mount));
                              return true;
                          });
}

std::optional<Response> answerDescribe(Server &server, Connection &connection,
                                       const Request &request)
{
    const auto url = parseUrl(request.url);
    if (!url)
        return withStatus(400);
    Mount *mount = server.findMount(url->path, connection);
    if (!mount)
        return withStatus(404);
    if (!acceptsSdp(request))
        return withStatus(406);
    if (mount->stream().isReady())
        return describeMount(*mount, connection, request);
    describeWhenReady(server, connection, request, url->path);
    return std::nullopt;
}

Response playReply(const Server &server, const Session &session, const std::vector<RtpInfo> &first)
{
    Response response = withStatus(200);
    addSessionHeader(response, server, session);
    response.headers.add("Range", "npt=now-");
    response.headers.add("Scale", "1"); // live is live
    if (!first.empty())
        response.headers.add("RTP-Info", writeRtpInfo(first));
    return response;
}

// The reply names the first packets (R24), so it leaves together with them.
void playWhenKeyframe(Server &server, Connection &connection, const Request &request,
                      Session &session)
{
    const auto respond = connection.answerLater(request);
    connection.retryUntil(playHold, [&server, respond, id = session.id()](bool late) {
        Session *waiting = server.findSession(id);
        if (waiting && !late)
            return false;
        if (waiting)
            waiting->stopWaiting();
        respond(waiting ? playReply(server, *waiting, {}) : withStatus(454));
        return true;
    });
    session.play([&server, &session, respond](const std::vector<RtpInfo> &first) {
        respond(playReply(server, session, first));
    });
}

std::optional<Response> answerPlay(Server &server, Connection &connection, const Request &request)
{
    Session *session = sessionOf(server, connection, request);
    if (!session)
        return withStatus(454);
    session->touch();
    if (session->tracks().empty())
        return withStatus(455);
    if (session->isPlaying())
        return playReply(server, *session, {});
    playWhenKeyframe(server, connection, request, *session);
    return std::nullopt;
}

std::optional<Response> answerPause(Server &server, Connection &connection, const Request &request)
{
    Session *session = sessionOf(server, connection, request);
    if (!session)
        return withStatus(454);
    session->touch();
    if (session->isPlaying())
        session->pause();
    Response response = withStatus(200);
    addSessionHeader(response, server, *session);
    return response;
}

std::optional<Response> answerTeardown(Server &server, Connection &connection,
                                       const Request &request)
{
    Session *session = sessionOf(server, connection, request);
    if (!session)
        return withStatus(454);
    server.endSession(*session, CloseReason::Left);
    return withStatus(200);
}

// GET_PARAMETER and SET_PARAMETER: players use them, empty, to say that they are still there.
std::optional<Response> answerParameter(Server &server, Connection &connection,
                                        const Request &request)
{
    const bool namesSession = request.headers.find("Session").has_value();
    Session *session = sessionOf(server, connection, request);
    if (namesSession && !session)
        return withStatus(454);
    if (!request.body.empty() && request.method == "SET_PARAMETER")
        return withStatus(451); // we have no parameters to set
    Response response = withStatus(200);
    if (session) {
        session->touch();
        addSessionHeader(response, server, *session);
    }
    return response;
}

// ANNOUNCE, RECORD, REDIRECT: known, and not something that a mount allows.
std::optional<Response> answerNotAllowed(Server &, Connection &, const Request &)
{
    Response response = withStatus(405);
    response.headers.add("Allow", publicMethods);
    return response;
}

std::optional<Response> answerSetupNow(Server &server, Connection &connection,
                                       const Request &request)
{
    return answerSetup(server, connection, request);
}

struct Method {
    std::string_view name;
    std::optional<Response> (*answer)(Server &, Connection &, const Request &);
};

constexpr std::array<Method, 11> methods = {{
    {"OPTIONS", answerOptions},
    {"DESCRIBE", answerDescribe},
    {"SETUP", answerSetupNow},
    {"PLAY", answerPlay},
    {"PAUSE", answerPause},
    {"TEARDOWN", answerTeardown},
    {"GET_PARAMETER", answerParameter},
    {"SET_PARAMETER", answerParameter},
    {"ANNOUNCE", answerNotAllowed},
    {"RECORD", answerNotAllowed},
    {"REDIRECT", answerNotAllowed},
}};

// RFC 2326 section 12.32: an option that we do not have must be refused by name.
std::optional<Response> refuseRequirement(const Request &request)
{
    for (const char *name : {"Require", "Proxy-Require"})
        if (const auto tag = request.headers.find(name)) {
            Response response = withStatus(551);
            response.headers.add("Unsupported", std::string(*tag));
            return response;
        }
    return std::nullopt;
}

// The mount of the session that the request names, and that of its URL: a request needs to be let
// in to both, or the session of an open stream would open all others.
std::array<const Mount *, 2> mountsOf(const Server &server, const Connection &connection,
                                      const Request &request)
{
    std::array<const Mount *, 2> mounts{};
    if (const auto header = request.headers.find("Session"))
        if (Session *session = server.findSession(parseSession(*header).id);
            session && session->network() == connection.network())
            mounts[1] = &session->mount();
    const auto url = parseUrl(request.url);
    if (!url || request.method == "OPTIONS") // which tells nothing of a mount
        return mounts;
    mounts[0] = server.findMount(url->path, connection);
    if (!mounts[0])
        mounts[0] = server.findMount(splitTrack(url->path).mount, connection);
    return mounts;
}

// The answer to a guess has to wait. So many wait at the same time; past that, nobody is answered.
std::optional<Response> refuse(Server &server, Connection &connection, const Request &request,
                               const Guard::Verdict &verdict)
{
    if (verdict.delay.count() == 0)
        return verdict.refusal;
    auto place = server.admission().placeToWait();
    if (!place)
        return withGoodbye(503, "Too many wrong passwords at the same time; try again later");
    connection.retryUntil(
        std::chrono::ceil<std::chrono::milliseconds>(verdict.delay),
        [place, refusal = *verdict.refusal, respond = connection.answerLater(request)](bool late) {
            if (late)
                respond(refusal);
            return late;
        });
    return std::nullopt;
}

} // namespace

std::optional<Response> answer(Server &server, Connection &connection, const Request &request)
{
    const auto method = std::find_if(methods.begin(), methods.end(), [&](const Method &known) {
        return known.name == request.method;
    });
    if (method == methods.end())
        return withStatus(501);
    if (auto refusal = refuseRequirement(request))
        return refusal;
    connection.setUser({});
    for (const Mount *mount : mountsOf(server, connection, request)) {
        if (!mount)
            continue;
        Guard::Verdict verdict = server.guard().judge(connection, request, *mount);
        if (verdict.refusal)
            return refuse(server, connection, request, verdict);
        connection.setUser(std::move(verdict.user)); // of the session's mount, which is the last
    }
    return method->answer(server, connection, request);
}

Response withReason(int status, const std::string &sentence)
{
    Response response = withStatus(status);
    response.reason = std::string(reasonPhrase(status)) + ": " + sentence;
    return response;
}

Response withGoodbye(int status, const std::string &sentence)
{
    Response response = withReason(status, sentence);
    response.headers.add("Retry-After", "10");
    response.headers.add("Connection", "close");
    return response;
}

Response withStatus(int status)
{
    Response response;
    response.status = status;
    return response;
}

// A session is its creator's: for another address or user it does not exist. Another connection of
// the same viewer may use it (players re-open the control connection of a UDP session).
Session *sessionOf(Server &server, Connection &connection, const Request &request)
{
    const auto header = request.headers.find("Session");
    if (!header)
        return nullptr;
    Session *session = server.findSession(parseSession(*header).id);
    const bool own = session && session->peer().address == connection.peer().address
        && session->user() == connection.user();
    if (own)
        connection.noteSession();
    return own ? session : nullptr;
}

void addSessionHeader(Response &response, const Server &server, const Session &session)
{
    const auto timeout = std::chrono::duration_cast<std::chrono::seconds>(server.sessionTimeout());
    response.headers.add("Session", writeSession({session.id(), int(timeout.count())}));
}

} // namespace heliograph::rtsp
