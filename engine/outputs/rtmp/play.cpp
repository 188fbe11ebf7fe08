#include "outputs/rtmp/play.h"

#include "outputs/rtmp/ability.h"
#include "outputs/rtmp/connection.h"
#include "outputs/rtmp/server.h"

namespace heliograph::rtmp {

namespace {

using std::chrono::milliseconds;

// A camera takes so long to start.
constexpr milliseconds patience(8000);

void refuse(Connection &connection, const PlayRequest &request, const char *code,
            const std::string &sentence)
{
    connection.sendStatus(request.messageStream, "error", code, sentence);
}

void begin(Connection &connection, const PlayRequest &request, Mount &mount, std::string user)
{
    connection.endPlayer(CloseReason::Left); // one that played before, on whatever stream
    const std::uint32_t stream = request.messageStream;
    connection.send(UserControl{UserControl::Event::StreamBegin, stream, 0});
    if (request.reset)
        connection.sendStatus(stream, "status", "NetStream.Play.Reset", "Playing and resetting");
    connection.sendStatus(stream, "status", "NetStream.Play.Start", "Started playing");
    connection.sendData(stream, {"|RtmpSampleAccess", {true, true}});
    connection.play(mount, stream, std::move(user));
}

// A mount may really be called "live/cam".
Mount *find(const Server &server, const Connection &connection, const MountPath &path)
{
    Mount *mount = server.findMount(path.literal, connection);
    return mount ? mount : server.findMount(path.mount, connection);
}

// True: it has been answered, one way or the other.
bool tryToBegin(Server &server, Connection &connection, const PlayRequest &request,
                const MountPath &path, const std::string &user, bool late)
{
    Mount *mount = find(server, connection, path);
    if (mount && !mount->stream().isReady() && !late)
        return false;
    if (!mount || !mount->stream().isReady()) {
        refuse(connection, request, "NetStream.Play.StreamNotFound",
               mount ? "This stream has no picture yet" : "There is no such stream here");
        return true;
    }
    const auto unable =
        whyNotPlayable(connection.greeting()->capabilities, mount->stream().mainTracks());
    if (unable) {
        refuse(connection, request, "NetStream.Play.Failed", *unable);
        return true;
    }
    if (const auto full = server.admission().refuseViewer(mount->stream(), connection.guest(),
                                                          connection.peer().address))
        refuse(connection, request, "NetStream.Play.Failed", *full);
    else
        begin(connection, request, *mount, user);
    return true;
}

} // namespace

Mount *findMount(const Server &server, const Connection &connection, const std::string &name)
{
    const auto path = resolvePath(connection.greeting()->app, name);
    return path ? find(server, connection, *path) : nullptr;
}

void answerPlay(Server &server, Connection &connection, const PlayRequest &request)
{
    if (!connection.greeting() || !connection.hasStream(request.messageStream))
        return;
    const auto path = resolvePath(connection.greeting()->app, request.name);
    Mount *mount = path ? find(server, connection, *path) : nullptr;
    if (!mount)
        return refuse(connection, request, "NetStream.Play.StreamNotFound",
                      "There is no such stream here");
    auto verdict = server.guard().judge(connection, path->query, *mount);
    if (verdict.refusal)
        return connection.refuseLater(verdict.delay, [&connection, request, verdict] {
            refuse(connection, request, "NetStream.Play.Failed", *verdict.refusal);
        });
    if (tryToBegin(server, connection, request, *path, verdict.user, false))
        return;
    connection.retryUntil(
        patience, [&server, &connection, request, path = *path, user = verdict.user](bool late) {
            return tryToBegin(server, connection, request, path, user, late);
        });
}

} // namespace heliograph::rtmp
