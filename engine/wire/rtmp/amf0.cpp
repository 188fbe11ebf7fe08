#include "wire/rtmp/amf0.h"

#include <algorithm>
#include <utility>

namespace heliograph::rtmp::amf0 {

Value::Value() = default;
Value::Value(const Value &) = default;
Value::Value(Value &&) noexcept = default;
Value &Value::operator=(const Value &) = default;
Value &Value::operator=(Value &&) noexcept = default;
Value::~Value() = default;

Value::Value(Kind kind, Content content)
    : m_kind(kind)
    , m_content(std::move(content))
{
}

Value::Value(Null)
    : Value()
{
}

Value::Value(Undefined)
    : Value(Kind::Undefined, {})
{
}

Value::Value(Unsupported)
    : Value(Kind::Unsupported, {})
{
}

Value::Value(bool boolean)
    : Value(Kind::Boolean, boolean)
{
}

Value::Value(double number)
    : Value(Kind::Number, number)
{
}

Value::Value(int number)
    : Value(double(number))
{
}

Value::Value(Date date)
    : Value(Kind::Date, date.milliseconds)
{
}

Value::Value(const char *text)
    : Value(std::string(text))
{
}

Value::Value(std::string_view text)
    : Value(std::string(text))
{
}

Value::Value(std::string text)
    : Value(Kind::String, std::move(text))
{
}

Value Value::object(Properties properties)
{
    return {Kind::Object, std::move(properties)};
}

Value Value::ecmaArray(Properties properties)
{
    return {Kind::EcmaArray, std::move(properties)};
}

Value Value::strictArray(Items items)
{
    return {Kind::StrictArray, std::move(items)};
}

std::optional<double> Value::number() const
{
    return m_kind == Kind::Number ? std::optional(std::get<double>(m_content)) : std::nullopt;
}

std::optional<bool> Value::boolean() const
{
    const auto *boolean = std::get_if<bool>(&m_content);
    return boolean ? std::optional(*boolean) : std::nullopt;
}

std::optional<std::string_view> Value::string() const
{
    const auto *text = std::get_if<std::string>(&m_content);
    return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

std::optional<Date> Value::date() const
{
    if (m_kind != Kind::Date)
        return std::nullopt;
    return Date{std::get<double>(m_content)};
}

const Properties &Value::properties() const
{
    static const Properties none;
    const auto *properties = std::get_if<Properties>(&m_content);
    return properties ? *properties : none;
}

const Items &Value::items() const
{
    static const Items none;
    const auto *items = std::get_if<Items>(&m_content);
    return items ? *items : none;
}

const Value *Value::find(std::string_view name) const
{
    const Properties &all = properties();
    const auto found = std::find_if(all.rbegin(), all.rend(), [name](const Property &property) {
        return property.name == name;
    });
    return found == all.rend() ? nullptr : &found->value;
}

bool Value::operator==(const Value &other) const
{
    return m_kind == other.m_kind && m_content == other.m_content;
}

} // namespace heliograph::rtmp::amf0
