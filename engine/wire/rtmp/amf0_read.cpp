#include "wire/rtmp/amf0.h"

#include "wire/big_endian.h"
#include "wire/rtmp/amf0_marker.h"

#include <bit>
#include <utility>

namespace heliograph::rtmp::amf0 {

namespace {

tl::unexpected<Error> broken(const char *what)
{
    return failure(ErrorCode::Malformed, std::string("read AMF0 › ") + what);
}

tl::unexpected<Error> unsupported(const char *what)
{
    return failure(ErrorCode::Unsupported, std::string("read AMF0 › ") + what);
}

// Takes values off the front. What has been read past the end of the bytes is zero, and m_short
// says so: a value is checked once, when it is whole.
class Reader {
public:
    Reader(ByteSpan bytes, Limits limits)
        : m_rest(bytes)
        , m_limits(limits)
    {
    }

    bool atEnd() const { return m_rest.empty(); }

    Result<Value> value(int depth)
    {
        if (depth > m_limits.depth || ++m_values > m_limits.values)
            return failure(ErrorCode::TooLarge, "read AMF0 › too many values, or too deep");
        Result<Value> value = content(Marker(byte()), depth);
        if (value && m_short)
            return broken("short");
        return value;
    }

private:
    Result<Value> content(Marker marker, int depth);
    Result<Value> properties(Value (*make)(Properties), int depth);
    Result<Value> items(int depth);
    Result<Value> amf3();
    std::uint32_t integer29();
    bool takeObjectEnd();

    ByteSpan take(std::size_t size)
    {
        if (size > m_rest.size()) {
            m_short = true;
            m_rest = {};
            return {};
        }
        const ByteSpan taken = m_rest.first(size);
        m_rest = m_rest.subspan(size);
        return taken;
    }
    std::uint8_t byte()
    {
        const ByteSpan bytes = take(1);
        return bytes.empty() ? 0 : bytes[0];
    }
    std::uint16_t word()
    {
        const ByteSpan bytes = take(2);
        return bytes.empty() ? 0 : wire::read16(bytes, 0);
    }
    std::uint32_t doubleWord()
    {
        const ByteSpan bytes = take(4);
        return bytes.empty() ? 0 : wire::read32(bytes, 0);
    }
    double number()
    {
        const std::uint64_t high = doubleWord();
        return std::bit_cast<double>((high << 32) | doubleWord());
    }
    std::string text(std::size_t size)
    {
        const ByteSpan bytes = take(size);
        return {bytes.begin(), bytes.end()};
    }
    Date date()
    {
        const double milliseconds = number();
        word(); // the time zone: "reserved, should be zero"
        return {milliseconds};
    }

    ByteSpan m_rest;
    Limits m_limits;
    int m_values = 0;
    bool m_short = false;
};

Result<Value> Reader::content(Marker marker, int depth)
{
    switch (marker) {
    case Marker::Number:
        return number();
    case Marker::Boolean:
        return byte() != 0;
    case Marker::String:
        return text(word());
    case Marker::LongString:
    case Marker::XmlDocument:
        return text(doubleWord());
    case Marker::Date:
        return date();
    case Marker::Null:
        return Null();
    case Marker::Undefined:
        return Undefined();
    case Marker::Unsupported:
        return Unsupported();
    case Marker::TypedObject:
        text(word()); // the name of its class
        return properties(&Value::object, depth);
    case Marker::Object:
        return properties(&Value::object, depth);
    case Marker::EcmaArray:
        doubleWord(); // how many, which encoders get wrong: the end marker counts
        return properties(&Value::ecmaArray, depth);
    case Marker::StrictArray:
        return items(depth);
    case Marker::Amf3:
        return amf3();
    case Marker::Reference:
        return unsupported("reference");
    case Marker::MovieClip:
    case Marker::RecordSet:
        return unsupported("reserved kind");
    case Marker::ObjectEnd:
        break;
    }
    return broken("unknown kind");
}

//  | name length 16 | name | value | … | 00 00 | 09 |
bool Reader::takeObjectEnd()
{
    constexpr std::size_t size = 3;
    const bool isEnd = m_rest.size() >= size && wire::read16(m_rest, 0) == 0
        && Marker(m_rest[2]) == Marker::ObjectEnd;
    if (isEnd)
        take(size);
    return isEnd;
}

Result<Value> Reader::properties(Value (*make)(Properties), int depth)
{
    Properties all;
    while (!atEnd() && !takeObjectEnd()) {
        std::string name = text(word());
        Result<Value> read = value(depth + 1);
        if (!read)
            return read;
        all.push_back({std::move(name), std::move(*read)});
    }
    return make(std::move(all));
}

// The count is not believed before as many values have come.
Result<Value> Reader::items(int depth)
{
    Items all;
    for (std::uint32_t left = doubleWord(); left > 0; --left) {
        Result<Value> read = value(depth + 1);
        if (!read)
            return read;
        all.push_back(std::move(*read));
    }
    return Value::strictArray(std::move(all));
}

//  1xxxxxxx 1xxxxxxx 1xxxxxxx xxxxxxxx: 7 bits a byte while the first is set, 8 of the fourth
std::uint32_t Reader::integer29()
{
    std::uint32_t value = 0;
    for (int i = 0; i < 3; ++i) {
        const std::uint8_t next = byte();
        value = (value << 7) | (next & 0x7fU);
        if (next < 0x80)
            return value;
    }
    return (value << 8) | byte();
}

// The scalars of AMF3 (its specification, section 3); the rest refers to tables of what came
// before, which no encoder uses in a command.
Result<Value> Reader::amf3()
{
    switch (byte()) {
    case 0x00:
        return Undefined();
    case 0x01:
        return Null();
    case 0x02:
        return false;
    case 0x03:
        return true;
    case 0x04: // 29 bits, signed
        return double(std::int32_t(integer29() << 3) >> 3);
    case 0x05:
        return number();
    case 0x06: {
        const std::uint32_t header = integer29();
        if ((header & 1) == 0)
            return unsupported("reference of AMF3");
        return text(header >> 1);
    }
    default:
        return unsupported("object of AMF3");
    }
}

} // namespace

Result<std::vector<Value>> read(ByteSpan bytes, Limits limits)
{
    Reader reader(bytes, limits);
    std::vector<Value> values;
    while (!reader.atEnd()) {
        Result<Value> value = reader.value(1);
        if (!value)
            return tl::unexpected(std::move(value.error()));
        values.push_back(std::move(*value));
    }
    return values;
}

} // namespace heliograph::rtmp::amf0
