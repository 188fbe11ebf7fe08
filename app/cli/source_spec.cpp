#include "cli/source_spec.h"

#include <engine/studio.h>

#include <algorithm>

namespace heliograph::cli {

namespace {

tl::unexpected<Error> refuse(std::string sentence)
{
    return failure(ErrorCode::InvalidArgument, std::move(sentence));
}

template <class Items, class Name>
std::string listed(const Items &items, Name name)
{
    std::string text;
    for (const auto &item : items)
        text += (text.empty() ? "" : ", ") + (item.*name);
    return text;
}

Result<const SourceTypeInfo *> findType(std::string_view id)
{
    const auto &types = Studio::sourceTypes();
    const auto found = std::find_if(types.begin(), types.end(),
                                    [id](const SourceTypeInfo &type) { return type.id == id; });
    if (found == types.end())
        return refuse("There is no source type called \"" + std::string(id)
                      + "\". Types: " + listed(types, &SourceTypeInfo::id) + ".");
    return &*found;
}

// Splits at commas that no backslash protects, and takes the backslashes away.
std::vector<std::string> splitPairs(std::string_view text)
{
    std::vector<std::string> pairs(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escaped =
            text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == ',' || text[i + 1] == '\\');
        if (escaped)
            pairs.back() += text[++i];
        else if (text[i] == ',')
            pairs.emplace_back();
        else
            pairs.back() += text[i];
    }
    return pairs;
}

// What looks like a key is named; anything else may be the rest of a password with a comma in it.
std::string named(const std::string &key)
{
    const bool isKey = std::all_of(key.begin(), key.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    return isKey ? "called \"" + key + "\"" : "of that name";
}

Result<> addPair(Settings &settings, const std::string &pair, const SourceTypeInfo &type)
{
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos)
        return refuse("A setting of the source " + type.id
                      + " needs the form key=value; write a comma inside a value as \\,.");
    const std::string key = pair.substr(0, equals);
    const SettingField *field = findField(type.schema, key);
    if (!field)
        return refuse("The source type " + type.id + " has no setting " + named(key)
                      + " (a comma inside a value is written \\,). Settings: "
                      + listed(type.schema, &SettingField::key) + ".");
    const auto value = parseSetting(*field, std::string_view(pair).substr(equals + 1));
    if (!value)
        return refuse("The source " + type.id + ": " + value.error().detail + ".");
    settings[key] = *value;
    return {};
}

} // namespace

Result<SourceConfig> parseSourceSpec(std::string_view text)
{
    const std::size_t colon = text.find(':');
    const auto type = findType(text.substr(0, colon));
    if (!type)
        return tl::unexpected(type.error());
    SourceConfig config;
    config.type = (*type)->id;
    config.name = (*type)->title;
    if (colon == std::string_view::npos)
        return config;
    for (const std::string &pair : splitPairs(text.substr(colon + 1)))
        if (const auto added = addPair(config.settings, pair, **type); !added)
            return tl::unexpected(added.error());
    return config;
}

} // namespace heliograph::cli
