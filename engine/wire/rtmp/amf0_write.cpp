#include "wire/rtmp/amf0.h"

#include "wire/big_endian.h"
#include "wire/rtmp/amf0_marker.h"

#include <algorithm>
#include <bit>

namespace heliograph::rtmp::amf0 {

namespace {

using Out = std::vector<std::uint8_t>;

constexpr std::size_t shortString = 0xffff;

void appendMarker(Out &out, Marker marker)
{
    out.push_back(std::uint8_t(marker));
}

void appendDouble(Out &out, double number)
{
    const auto bits = std::bit_cast<std::uint64_t>(number);
    wire::append32(out, std::uint32_t(bits >> 32));
    wire::append32(out, std::uint32_t(bits));
}

void appendShort(Out &out, std::string_view text)
{
    const std::string_view cut = text.substr(0, shortString);
    wire::append16(out, std::uint16_t(cut.size()));
    out.insert(out.end(), cut.begin(), cut.end());
}

void appendString(Out &out, std::string_view text)
{
    if (text.size() <= shortString) {
        appendMarker(out, Marker::String);
        appendShort(out, text);
    } else {
        appendMarker(out, Marker::LongString);
        wire::append32(out, std::uint32_t(text.size()));
        out.insert(out.end(), text.begin(), text.end());
    }
}

void appendProperties(Out &out, const Properties &properties)
{
    for (const Property &property : properties) {
        appendShort(out, property.name);
        append(out, property.value);
    }
    appendShort(out, "");
    appendMarker(out, Marker::ObjectEnd);
}

void appendItems(Out &out, const Items &items)
{
    wire::append32(out, std::uint32_t(items.size()));
    for (const Value &item : items)
        append(out, item);
}

} // namespace

void append(std::vector<std::uint8_t> &out, const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Null:
        return appendMarker(out, Marker::Null);
    case Value::Kind::Undefined:
        return appendMarker(out, Marker::Undefined);
    case Value::Kind::Unsupported:
        return appendMarker(out, Marker::Unsupported);
    case Value::Kind::Boolean:
        appendMarker(out, Marker::Boolean);
        out.push_back(*value.boolean() ? 1 : 0);
        return;
    case Value::Kind::Number:
        appendMarker(out, Marker::Number);
        return appendDouble(out, *value.number());
    case Value::Kind::String:
        return appendString(out, *value.string());
    case Value::Kind::Date:
        appendMarker(out, Marker::Date);
        appendDouble(out, value.date()->milliseconds);
        return wire::append16(out, 0); // the time zone, which must be zero
    case Value::Kind::Object:
        appendMarker(out, Marker::Object);
        return appendProperties(out, value.properties());
    case Value::Kind::EcmaArray:
        appendMarker(out, Marker::EcmaArray);
        wire::append32(out, std::uint32_t(value.properties().size()));
        return appendProperties(out, value.properties());
    case Value::Kind::StrictArray:
        appendMarker(out, Marker::StrictArray);
        return appendItems(out, value.items());
    }
}

std::vector<std::uint8_t> write(const std::vector<Value> &values)
{
    Out out;
    for (const Value &value : values)
        append(out, value);
    return out;
}

} // namespace heliograph::rtmp::amf0
