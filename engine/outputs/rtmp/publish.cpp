#include "outputs/rtmp/publish.h"

#include "outputs/rtmp/connection.h"
#include "outputs/rtmp/server.h"
#include "wire/rtmp/path.h"

namespace heliograph::rtmp {

namespace {

void refuse(Connection &connection, const PublishRequest &request, std::string_view sentence)
{
    connection.sendStatus(request.messageStream, "error", "NetStream.Publish.BadName", sentence);
    connection.closeSoon();
}

// The one who publishes there now. Null: nobody else. An encoder may say it twice.
Connection *holderOf(Server &server, const Connection &connection, const IngestDoor &door)
{
    return server.findConnection([&](const Connection &other) {
        return &other != &connection && other.publisher() && &other.publisher()->door() == &door;
    });
}

} // namespace

void answerPublish(Server &server, Connection &connection, const PublishRequest &request)
{
    if (!connection.greeting() || !connection.hasStream(request.messageStream))
        return;
    const auto path = resolvePath(connection.greeting()->app, request.name);
    auto door = path ? server.context().desk.find(path->literal) : nullptr;
    if (path && !door) // "live/KEY", as OBS has it
        door = server.context().desk.find(path->mount);
    if (!door)
        return connection.refuseLater(
            server.guard().noteWrongKey(connection), [&connection, request] {
                refuse(connection, request, "No stream here waits for this stream key");
            });
    server.context().doorkeeper.noteSuccess(connection.network());
    if (const auto &hook = server.context().hooks.publish)
        if (const Refusal refusal = hook(connection.guest()))
            return refuse(connection, request, *refusal);
    if (Connection *holder = holderOf(server, connection, *door)) {
        if (door->policy() == IngestDoor::TakeOver::Refuse)
            return refuse(connection, request, "Somebody publishes with this stream key already");
        holder->sendStatus(holder->publisher()->messageStream(), "error",
                           "NetStream.Publish.BadName", "Another encoder has taken over");
        holder->endPublisher();
        holder->closeSoon();
    }
    connection.publish(std::move(door), request.messageStream);
    connection.send(UserControl{UserControl::Event::StreamBegin, request.messageStream, 0});
    connection.sendStatus(request.messageStream, "status", "NetStream.Publish.Start",
                          "Heliograph takes what you send");
}

} // namespace heliograph::rtmp
