#include "wire/rtmp/command.h"

#include <iterator>
#include <utility>

namespace heliograph::rtmp {

namespace {

struct Named {
    std::string name;
    std::vector<amf0::Value> values; // behind the name
};

// AMF3 messages begin with the number of their format, which is 0: AMF0.
Result<Named> parseNamed(bool isAmf3, ByteSpan payload)
{
    if (isAmf3 && !payload.empty() && payload[0] == 0)
        payload = payload.subspan(1);
    Result<std::vector<amf0::Value>> values = amf0::read(payload);
    if (!values)
        return tl::unexpected(std::move(values.error()));
    const auto name = values->empty() ? std::nullopt : values->front().string();
    if (!name)
        return failure(ErrorCode::Malformed, "no name");
    Named named{std::string(*name), {}};
    named.values.assign(std::make_move_iterator(values->begin() + 1),
                        std::make_move_iterator(values->end()));
    return named;
}

std::vector<std::uint8_t> writeNamed(const std::string &name,
                                     std::initializer_list<const amf0::Value *> first,
                                     const std::vector<amf0::Value> &rest)
{
    std::vector<std::uint8_t> out;
    amf0::append(out, name);
    for (const amf0::Value *value : first)
        amf0::append(out, *value);
    for (const amf0::Value &value : rest)
        amf0::append(out, value);
    return out;
}

} // namespace

const amf0::Value &Command::argument(std::size_t index) const
{
    static const amf0::Value null;
    return index < arguments.size() ? arguments[index] : null;
}

Result<Command> parseCommand(MessageType type, ByteSpan payload)
{
    Result<Named> named = parseNamed(type == MessageType::CommandAmf3, payload);
    if (!named)
        return within("read RTMP command", named.error());
    Command command{std::move(named->name), 0, {}, std::move(named->values)};
    std::vector<amf0::Value> &rest = command.arguments;
    if (!rest.empty()) {
        command.transaction = rest.front().number().value_or(0);
        rest.erase(rest.begin());
    }
    if (!rest.empty()) {
        command.object = std::move(rest.front());
        rest.erase(rest.begin());
    }
    return command;
}

std::vector<std::uint8_t> writeCommand(const Command &command)
{
    const amf0::Value transaction = command.transaction;
    return writeNamed(command.name, {&transaction, &command.object}, command.arguments);
}

amf0::Value status(std::string_view level, std::string_view code, std::string_view description)
{
    return amf0::Value::object({{"level", level}, {"code", code}, {"description", description}});
}

Result<Data> parseData(MessageType type, ByteSpan payload)
{
    Result<Named> named = parseNamed(type == MessageType::DataAmf3, payload);
    if (!named)
        return within("read RTMP data", named.error());
    return Data{std::move(named->name), std::move(named->values)};
}

std::vector<std::uint8_t> writeData(const Data &data)
{
    return writeNamed(data.name, {}, data.values);
}

} // namespace heliograph::rtmp
