#include "outputs/rtmp/methods.h"

#include "outputs/rtmp/connection.h"
#include "outputs/rtmp/play.h"
#include "outputs/rtmp/publish.h"
#include "outputs/rtmp/server.h"
#include "wire/rtmp/path.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace heliograph::rtmp {

namespace {

constexpr std::uint32_t ourWindow = 2'500'000; // bytes: how often players tell what they have got

struct Call {
    Server &server;
    Connection &connection;
    const Command &command;
    std::uint32_t messageStream;
};

std::string textOf(const amf0::Value *value)
{
    return std::string(value ? value->string().value_or("") : "");
}

void reply(const Call &call, std::vector<amf0::Value> arguments, amf0::Value object = {})
{
    if (call.command.transaction != 0)
        call.connection.sendCommand(
            0, {"_result", call.command.transaction, std::move(object), std::move(arguments)});
}

void replyError(const Call &call, std::string_view code, std::string_view sentence)
{
    call.connection.sendCommand(
        0, {"_error", call.command.transaction, {}, {status("error", code, sentence)}});
    call.connection.logAnswer(code);
}

void reject(const Call &call, std::string_view sentence)
{
    replyError(call, "NetConnection.Connect.Rejected", sentence);
    call.connection.closeSoon();
}

amf0::Value connected(const amf0::Value &object)
{
    const amf0::Value *encoding = object.find("objectEncoding");
    amf0::Properties properties = {
        {"level", "status"},
        {"code", "NetConnection.Connect.Success"},
        {"description", "Connected"},
        {"objectEncoding", encoding ? encoding->number().value_or(0) : 0.0},
    };
    if (Capabilities::of(object).isEnhanced())
        for (amf0::Property &ours : ourCapabilities())
            properties.push_back(std::move(ours));
    return amf0::Value::object(std::move(properties));
}

void connect(const Call &call)
{
    const amf0::Value &object = call.command.object;
    const std::string app = textOf(object.find("app"));
    if (call.connection.refusal())
        return reject(call, *call.connection.refusal());
    if (!resolvePath(app, {}))
        return reject(call, "This is no name of a stream");
    call.connection.setGreeting({app, textOf(object.find("flashVer")), Capabilities::of(object)});
    call.connection.send(WindowAckSize{ourWindow});
    call.connection.send(SetPeerBandwidth{ourWindow, SetPeerBandwidth::Limit::Dynamic});
    call.connection.announceChunkSize();
    // What Flash Media Server said; players compare it.
    reply(call, {connected(object)},
          amf0::Value::object({{"fmsVer", "FMS/3,5,7,7009"}, {"capabilities", 31}}));
}

void createStream(const Call &call)
{
    const auto id = call.connection.createStream();
    if (id)
        return reply(call, {double(*id)});
    replyError(call, "NetConnection.Call.Failed", "This connection has too many streams");
}

void deleteStream(const Call &call)
{
    call.connection.deleteStream(
        std::uint32_t(call.command.argument(0).number().value_or(call.messageStream)));
}

void closeStream(const Call &call)
{
    call.connection.endPlayer(CloseReason::Left);
    call.connection.endPublisher();
}

void playStream(const Call &call)
{
    const auto &reset = call.command.argument(3);
    answerPlay(
        call.server, call.connection,
        {call.messageStream, textOf(&call.command.argument(0)), reset.boolean().value_or(true)});
}

void publishStream(const Call &call)
{
    answerPublish(call.server, call.connection,
                  {call.messageStream, textOf(&call.command.argument(0))});
}

void unpublish(const Call &call)
{
    call.connection.endPublisher();
    reply(call, {});
}

void pause(const Call &call)
{
    Player *player = call.connection.player();
    if (!player)
        return;
    const bool wanted = call.command.argument(0).boolean().value_or(!player->isPaused());
    if (wanted)
        player->pause();
    call.connection.sendStatus(player->messageStream(), "status",
                               wanted ? "NetStream.Pause.Notify" : "NetStream.Unpause.Notify",
                               wanted ? "Paused" : "Going on with what is live now");
    if (!wanted)
        player->resume();
}

void seek(const Call &call)
{
    call.connection.sendStatus(call.messageStream, "error", "NetStream.Seek.Failed",
                               "A live stream has no other place to go to");
}

void receive(const Call &call, TrackId track)
{
    if (Player *player = call.connection.player())
        player->want(track, call.command.argument(0).boolean().value_or(true));
}

void fcPublish(const Call &call)
{
    reply(call, {});
    call.connection.sendCommand(
        0, {"onFCPublish", 0, {}, {status("status", "NetStream.Publish.Start", "Go on")}});
}

void fcSubscribe(const Call &call)
{
    reply(call, {});
    call.connection.sendCommand(
        0, {"onFCSubscribe", 0, {}, {status("status", "NetStream.Play.Start", "Go on")}});
}

struct Method {
    std::string_view name;
    void (*answer)(const Call &);
};

constexpr Method methods[] = {
    {"connect", connect},
    {"createStream", createStream},
    {"initStream", [](const Call &call) { reply(call, {}); }},
    {"deleteStream", deleteStream},
    {"closeStream", closeStream},
    {"play", playStream},
    {"publish", publishStream},
    {"releaseStream", [](const Call &call) { reply(call, {}); }},
    {"FCPublish", fcPublish},
    {"FCUnpublish", unpublish},
    {"FCSubscribe", fcSubscribe},
    {"getStreamLength", [](const Call &call) { reply(call, {0.0}); }},
    {"_checkbw", [](const Call &call) { reply(call, {}); }},
    {"pause", pause},
    {"pauseRaw", pause},
    {"seek", seek},
    {"receiveAudio", [](const Call &call) { receive(call, TrackId::Audio); }},
    {"receiveVideo", [](const Call &call) { receive(call, TrackId::Video); }},
};

// The stream that it is about, where we have it: any other name may be a secret that was mistyped,
// and a stream key is one.
std::string subjectOf(const Call &call)
{
    if (!call.connection.greeting())
        return {};
    const std::string name = textOf(&call.command.argument(0));
    if (call.command.name == "play") {
        const Mount *mount = findMount(call.server, call.connection, name);
        return mount ? mount->stream().mount() : std::string();
    }
    const auto door =
        call.command.name == "publish" ? findDoor(call.server, call.connection, name) : nullptr;
    return door ? door->mount() : std::string();
}

} // namespace

void answer(Server &server, Connection &connection, const Message &message)
{
    const auto command = parseCommand(message.head.type, message.payload);
    if (!command)
        return;
    const auto method =
        std::find_if(std::begin(methods), std::end(methods),
                     [&](const Method &known) { return known.name == command->name; });
    if (method == std::end(methods))
        return server.context().log.debug("rtmp {} an unknown command", connection.peer().text());
    const Call call{server, connection, *command, message.head.streamId};
    server.context().log.debug("rtmp {} {} {}", connection.peer().text(), method->name,
                               subjectOf(call));
    method->answer(call);
}

} // namespace heliograph::rtmp
