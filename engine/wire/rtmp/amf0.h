// AMF0 (Action Message Format 0): the values of commands and metadata, read and written.
// Thread: any (values; pure functions on bytes). Bytes may come from outside: nothing here trusts
// them.
#pragma once

#include "core/bytes.h"
#include "engine/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace heliograph::rtmp::amf0 {

struct Property;
class Value;
using Properties = std::vector<Property>; // in their order; names may come twice
using Items = std::vector<Value>;

struct Null {
    bool operator==(const Null &) const = default;
};
struct Undefined {
    bool operator==(const Undefined &) const = default;
};
struct Unsupported { // marker 0x0D: the peer could not write what it had
    bool operator==(const Unsupported &) const = default;
};
struct Date {
    double milliseconds = 0; // since 1970, UTC
    bool operator==(const Date &) const = default;
};

class Value {
public:
    enum class Kind {
        Null,
        Undefined,
        Unsupported,
        Boolean,
        Number,
        String, // short and long, and XML documents
        Date,
        Object, // anonymous and typed: the name of the class is dropped
        EcmaArray,
        StrictArray,
    };

    Value(); // Null
    // Written out in the source file: a Property, which holds a Value, is not complete here.
    Value(const Value &);
    Value(Value &&) noexcept;
    Value &operator=(const Value &);
    Value &operator=(Value &&) noexcept;
    ~Value();

    Value(Null);
    Value(Undefined undefined);
    Value(Unsupported unsupported);
    Value(bool boolean);
    Value(double number);
    Value(int number);
    Value(Date date);
    Value(const char *text);
    Value(std::string_view text);
    Value(std::string text);
    static Value object(Properties properties);
    static Value ecmaArray(Properties properties);
    static Value strictArray(Items items);

    Kind kind() const { return m_kind; }
    bool isNull() const { return m_kind == Kind::Null; }

    // What it holds; nothing, or empty, when it is of another kind.
    std::optional<double> number() const;
    std::optional<bool> boolean() const;
    std::optional<std::string_view> string() const;
    std::optional<Date> date() const;
    const Properties &properties() const; // of objects and ECMA arrays
    const Items &items() const;

    // The last property of that name (the case counts); null when there is none.
    const Value *find(std::string_view name) const;

    bool operator==(const Value &other) const;

private:
    using Content = std::variant<std::monostate, bool, double, std::string, Properties, Items>;

    Value(Kind kind, Content content);

    Kind m_kind = Kind::Null;
    Content m_content;
};

struct Property {
    std::string name;
    Value value;
    bool operator==(const Property &other) const = default;
};

struct Limits {
    int depth = 32; // objects and arrays within each other
    int values = 4096; // in one message, all depths together
};

// All values to the end. An object may lack its end at the end of the bytes. Marker 0x11 may
// switch to a scalar of AMF3.
// Errors: Malformed; TooLarge (past a limit); Unsupported (references, movie clips, record sets,
// objects of AMF3).
Result<std::vector<Value>> read(ByteSpan bytes, Limits limits = {});

// Strings past 65535 bytes become long strings; names are cut there.
void append(std::vector<std::uint8_t> &out, const Value &value);
std::vector<std::uint8_t> write(const std::vector<Value> &values);

} // namespace heliograph::rtmp::amf0
