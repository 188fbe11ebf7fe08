#include "engine/settings.h"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace heliograph {

namespace {

std::string numberText(double number)
{
    std::string text = std::to_string(number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
    return text;
}

std::string withUnit(const std::string &text, const SettingField &field)
{
    return field.unit.empty() ? text : text + " " + field.unit;
}

tl::unexpected<Error> refuse(const SettingField &field, const std::string &allowed)
{
    return failure(ErrorCode::InvalidArgument, field.key + " must be " + allowed);
}

std::string rangeText(const SettingField &field)
{
    return "between " + numberText(field.minimum) + " and "
        + withUnit(numberText(field.maximum), field);
}

std::string choicesText(const SettingField &field)
{
    std::string text = "one of ";
    for (const SettingChoice &choice : field.choices)
        text += (&choice == field.choices.data() ? "" : ", ") + choice.value;
    return text;
}

template <class T>
bool parseNumber(std::string_view text, T &number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

Result<> checkRange(const SettingField &field, double number)
{
    if (!(number >= field.minimum && number <= field.maximum))
        return refuse(field, rangeText(field));
    return {};
}

Result<> checkChoice(const SettingField &field, const std::string &text)
{
    const bool known =
        std::any_of(field.choices.begin(), field.choices.end(),
                    [&](const SettingChoice &choice) { return choice.value == text; });
    if (!known)
        return refuse(field, choicesText(field));
    return {};
}

Result<> checkText(const SettingField &field, const std::string &text)
{
    switch (field.kind) {
    case SettingKind::Choice:
        return checkChoice(field, text);
    case SettingKind::Size:
        if (const auto size = parseSize(text); !size)
            return tl::unexpected(size.error());
        return {};
    default:
        return {};
    }
}

// Whether a value has the type and range that its field wants. A whole number may stand for a
// real one, as people write "fps = 30", and a text for a secret.
Result<SettingValue> checkValue(const SettingField &field, SettingValue value)
{
    if (field.kind == SettingKind::Real && std::holds_alternative<std::int64_t>(value))
        value = double(std::get<std::int64_t>(value));
    if (field.kind == SettingKind::Secret && std::holds_alternative<std::string>(value))
        value = Secret(std::get<std::string>(std::move(value)));
    if (value.index() != field.fallback.index())
        return refuse(field,
                      "of another kind: " + settingToText(field.fallback) + " is an example");
    Result<> checked;
    if (const auto *integer = std::get_if<std::int64_t>(&value))
        checked = checkRange(field, double(*integer));
    else if (const auto *real = std::get_if<double>(&value))
        checked = checkRange(field, *real);
    else if (const auto *text = std::get_if<std::string>(&value))
        checked = checkText(field, *text);
    if (!checked)
        return tl::unexpected(checked.error());
    return value;
}

Result<SettingValue> parseToggle(const SettingField &field, std::string_view text)
{
    if (text == "true" || text == "yes" || text == "on" || text == "1")
        return SettingValue(true);
    if (text == "false" || text == "no" || text == "off" || text == "0")
        return SettingValue(false);
    return refuse(field, "true or false");
}

template <class T>
const T &valueOf(const Settings &settings, std::string_view key)
{
    const auto found = settings.find(key);
    assert(found != settings.end() && std::holds_alternative<T>(found->second));
    return std::get<T>(found->second);
}

} // namespace

const SettingField *findField(const SettingsSchema &schema, std::string_view key)
{
    const auto found = std::find_if(schema.begin(), schema.end(),
                                    [&](const SettingField &field) { return field.key == key; });
    return found == schema.end() ? nullptr : &*found;
}

Result<SettingValue> parseSetting(const SettingField &field, std::string_view text)
{
    switch (field.kind) {
    case SettingKind::Toggle:
        return parseToggle(field, text);
    case SettingKind::Integer: {
        std::int64_t number = 0;
        if (!parseNumber(text, number))
            return refuse(field, "a whole number " + rangeText(field));
        return checkValue(field, number);
    }
    case SettingKind::Real: {
        double number = 0;
        if (!parseNumber(text, number))
            return refuse(field, "a number " + rangeText(field));
        return checkValue(field, number);
    }
    case SettingKind::Text:
    case SettingKind::File:
    case SettingKind::Files:
    case SettingKind::Choice:
    case SettingKind::Size:
    case SettingKind::Device:
    case SettingKind::Secret:
        return checkValue(field, std::string(text));
    }
    return refuse(field, "of a known kind");
}

std::string settingToText(const SettingValue &value)
{
    if (const auto *toggle = std::get_if<bool>(&value))
        return *toggle ? "true" : "false";
    if (const auto *integer = std::get_if<std::int64_t>(&value))
        return std::to_string(*integer);
    if (const auto *real = std::get_if<double>(&value))
        return numberText(*real);
    if (const auto *secret = std::get_if<Secret>(&value))
        return secret->empty() ? "" : "…";
    return std::get<std::string>(value);
}

Result<Settings> completeSettings(const SettingsSchema &schema, const Settings &given)
{
    for (const auto &[key, value] : given)
        if (!findField(schema, key))
            return failure(ErrorCode::InvalidArgument, "there is no setting named " + key);
    Settings complete;
    for (const SettingField &field : schema) {
        const auto found = given.find(field.key);
        const auto value = checkValue(field, found == given.end() ? field.fallback : found->second);
        if (!value)
            return tl::unexpected(value.error());
        complete.emplace(field.key, *value);
    }
    return complete;
}

void nameSecrets(const SettingsSchema &schema, Settings &settings)
{
    for (const SettingField &field : schema) {
        if (field.kind != SettingKind::Secret)
            continue;
        SettingValue &value = settings.try_emplace(field.key, Secret()).first->second;
        if (const auto *text = std::get_if<std::string>(&value))
            value = Secret(*text);
    }
}

bool toggleOf(const Settings &settings, std::string_view key)
{
    return valueOf<bool>(settings, key);
}

std::int64_t integerOf(const Settings &settings, std::string_view key)
{
    return valueOf<std::int64_t>(settings, key);
}

double realOf(const Settings &settings, std::string_view key)
{
    return valueOf<double>(settings, key);
}

const std::string &textOf(const Settings &settings, std::string_view key)
{
    return valueOf<std::string>(settings, key);
}

const Secret &secretOf(const Settings &settings, std::string_view key)
{
    return valueOf<Secret>(settings, key);
}

PictureSize sizeOf(const Settings &settings, std::string_view key)
{
    return parseSize(textOf(settings, key)).value();
}

Result<PictureSize> parseSize(std::string_view text)
{
    constexpr int smallest = 16;
    constexpr int largest = 8192;
    const auto fits = [](int side) { return side >= smallest && side <= largest && side % 2 == 0; };
    const std::size_t cross = text.find('x');
    PictureSize size;
    if (cross == std::string_view::npos || !parseNumber(text.substr(0, cross), size.width)
        || !parseNumber(text.substr(cross + 1), size.height) || !fits(size.width)
        || !fits(size.height))
        return failure(ErrorCode::InvalidArgument,
                       "a size must look like 1280x720, with even numbers from 16 to 8192");
    return size;
}

std::string sizeToText(PictureSize size)
{
    return std::to_string(size.width) + "x" + std::to_string(size.height);
}

} // namespace heliograph
