// Settings that describe themselves. Each source, encoder and output owns a SettingsSchema in its
// own folder; the studio draws a form from it, the command line prints its help from it, and the
// project file saves the same keys.
// Thread: any (values). Owner: whoever holds the value.
#pragma once

#include "engine/error.h"
#include "engine/secret.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace heliograph {

using SettingValue = std::variant<bool, std::int64_t, double, std::string, Secret>;
using Settings = std::map<std::string, SettingValue, std::less<>>;

enum class SettingKind {
    Toggle, // bool
    Integer, // int64, from minimum to maximum
    Real, // double, from minimum to maximum
    Text, // string
    File, // string, the path of a file to be read
    Files, // string, the paths of files to be read, one on each line
    Choice, // string, one of choices
    Size, // string "WIDTHxHEIGHT" in pixels; choices are suggestions
    Device, // string, the stable id of a DeviceInfo, or one of choices, which say what "" means
    Secret, // Secret: a password or a stream key, kept in the SecretStore, never in the project
            // file
};

struct SettingChoice {
    std::string value;
    std::string title;
};

struct SettingField {
    std::string key; // lower_snake_case: the name in the project file and on the command line
    std::string title; // a few words, for a form
    std::string help; // one sentence
    SettingKind kind = SettingKind::Text;
    SettingValue fallback; // the value when nothing is said; its type fits the kind
    double minimum = 0; // Integer, Real
    double maximum = 0; // Integer, Real
    std::string unit; // "kbit/s", "s"; empty when there is none
    std::vector<SettingChoice> choices;
    std::string deviceType; // Device: the sourceType of those to choose from
    bool live = false; // can change while the source runs, without a restart
    bool advanced = false; // few people need it: a form folds it away
    bool generated = false; // Secret: a random one is as good as any, and a new source gets one
};

using SettingsSchema = std::vector<SettingField>;

struct SourceTypeInfo {
    std::string id; // "webcam"
    std::string title; // "Webcam"
    SettingsSchema schema; // the source's own fields, then those of its encoder
};

struct OutputTypeInfo {
    std::string id; // "rtsp"
    std::string title; // "RTSP server"
    SettingsSchema schema;
};

struct PictureSize {
    int width = 0;
    int height = 0;
    bool operator==(const PictureSize &) const = default;
};

const SettingField *findField(const SettingsSchema &schema, std::string_view key);

// A text from a command line or a form as a value of the field's kind.
// Errors: InvalidArgument, whose detail is a sentence that says what is allowed.
Result<SettingValue> parseSetting(const SettingField &field, std::string_view text);
// A secret is "…".
std::string settingToText(const SettingValue &value);

// Every key of the schema with a value: the given one, or the fallback.
// Errors: InvalidArgument for an unknown key, a value of the wrong type or one out of range.
Result<Settings> completeSettings(const SettingsSchema &schema, const Settings &given);

// What a project file says, with its secrets as such: one that was written there by hand becomes
// one, one that is missing is empty, to be filled in by fetchSecrets().
void nameSecrets(const SettingsSchema &schema, Settings &settings);

// Readers for completed settings. The key must be there with that type (asserted).
bool toggleOf(const Settings &settings, std::string_view key);
std::int64_t integerOf(const Settings &settings, std::string_view key);
double realOf(const Settings &settings, std::string_view key);
const std::string &textOf(const Settings &settings, std::string_view key);
const Secret &secretOf(const Settings &settings, std::string_view key);
PictureSize sizeOf(const Settings &settings, std::string_view key);

// "1280x720" -> {1280, 720}. Both sides are even and from 16 to 8192.
Result<PictureSize> parseSize(std::string_view text);
std::string sizeToText(PictureSize size);

} // namespace heliograph
