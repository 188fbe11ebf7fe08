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

// It does so no more.
void makeWay(Connection &holder)
{
    holder.sendStatus(holder.publisher()->messageStream(), "error", "NetStream.Publish.BadName",
                      "Another encoder has taken over");
    holder.closeSoon();
}

// Whoever hooks the engine is asked last: who is not refused by then does publish.
Refusal refusalOf(const Server &server, const Connection &connection, const Connection *holder,
                  const IngestDoor &door)
{
    if (holder && door.policy() == IngestDoor::TakeOver::Refuse)
        return "Somebody publishes with this stream key already";
    const auto &hook = server.context().hooks.publish;
    return hook ? hook(connection.guest(), door.mount()) : std::nullopt;
}

} // namespace

std::shared_ptr<IngestDoor> findDoor(const Server &server, const Connection &connection,
                                     const std::string &name)
{
    const auto path = resolvePath(connection.greeting()->app, name);
    if (!path)
        return nullptr;
    auto door = server.context().desk.find(path->literal);
    return door ? door : server.context().desk.find(path->mount); // "live/KEY", as OBS has it
}

void answerPublish(Server &server, Connection &connection, const PublishRequest &request)
{
    if (!connection.greeting() || !connection.hasStream(request.messageStream))
        return;
    auto door = findDoor(server, connection, request.name);
    if (!door)
        return connection.refuseLater(
            server.guard().noteWrongKey(connection), [&connection, request] {
                refuse(connection, request, "No stream here waits for this stream key");
            });
    server.context().doorkeeper.noteSuccess(connection.network());
    Connection *holder = holderOf(server, connection, *door);
    if (const Refusal refusal = refusalOf(server, connection, holder, *door))
        return refuse(connection, request, *refusal);
    if (holder)
        makeWay(*holder);
    connection.publish(std::move(door), request.messageStream);
    connection.send(UserControl{UserControl::Event::StreamBegin, request.messageStream, 0});
    connection.sendStatus(request.messageStream, "status", "NetStream.Publish.Start",
                          "Heliograph takes what you send");
}

} // namespace heliograph::rtmp
