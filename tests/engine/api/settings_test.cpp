#include <engine/settings.h>

#include <gtest/gtest.h>

using namespace heliograph;

namespace {

const SettingsSchema schema = {
    {.key = "on", .kind = SettingKind::Toggle, .fallback = false},
    {.key = "count",
     .kind = SettingKind::Integer,
     .fallback = std::int64_t(5),
     .minimum = 1,
     .maximum = 10,
     .unit = "s"},
    {.key = "rate", .kind = SettingKind::Real, .fallback = 30.0, .minimum = 1, .maximum = 120},
    {.key = "name", .kind = SettingKind::Text, .fallback = std::string("x")},
    {.key = "colour",
     .kind = SettingKind::Choice,
     .fallback = std::string("red"),
     .choices = {{"red", "Red"}, {"blue", "Blue"}}},
    {.key = "pass", .kind = SettingKind::Secret, .fallback = Secret()},
    {.key = "size", .kind = SettingKind::Size, .fallback = std::string("1280x720")},
};

struct Case {
    const char *key;
    const char *text;
    bool accepted;
};

const Case cases[] = {
    {"on", "true", true},       {"on", "yes", true},          {"on", "maybe", false},
    {"count", "1", true},       {"count", "10", true},        {"count", "11", false},
    {"count", "3.5", false},    {"count", "", false},         {"count", "5s", false},
    {"rate", "29.97", true},    {"rate", "30", true},         {"rate", "nan", false},
    {"rate", "1e9", false},     {"name", "a,b", true},        {"colour", "blue", true},
    {"colour", "green", false}, {"size", "640x360", true},    {"size", "640", false},
    {"size", "641x360", false}, {"size", "9000x9000", false}, {"size", "-640x360", false},
};

} // namespace

TEST(Settings, TextBecomesAValueOfTheFieldsKindOrASentence)
{
    for (const Case &one : cases) {
        const auto value = parseSetting(*findField(schema, one.key), one.text);
        EXPECT_EQ(one.accepted, value.has_value()) << one.key << "=" << one.text;
        if (!value) {
            EXPECT_EQ(ErrorCode::InvalidArgument, value.error().code);
            EXPECT_FALSE(value.error().detail.empty());
        } else {
            EXPECT_EQ(*value, parseSetting(*findField(schema, one.key), settingToText(*value)));
        }
    }
}

TEST(Settings, CompletingFillsFallbacksAndRefusesWhatIsUnknownOrOfAnotherType)
{
    const auto complete = completeSettings(schema, {{"rate", std::int64_t(25)}});
    ASSERT_TRUE(complete);
    EXPECT_EQ(schema.size(), complete->size());
    EXPECT_DOUBLE_EQ(25, realOf(*complete, "rate")); // a whole number may stand for a real one
    EXPECT_EQ((PictureSize{1280, 720}), sizeOf(*complete, "size"));
    EXPECT_FALSE(completeSettings(schema, {{"typo", true}}));
    EXPECT_FALSE(completeSettings(schema, {{"count", std::string("5")}}));
    EXPECT_FALSE(completeSettings(schema, {{"count", std::int64_t(0)}}));
}

TEST(Settings, ASecretIsWrittenAsTextAndNeverShown)
{
    const SettingField &field = *findField(schema, "pass");
    EXPECT_EQ(SettingValue(Secret("sesame")), parseSetting(field, "sesame"));
    EXPECT_EQ("…", settingToText(Secret("sesame")));
    EXPECT_EQ("", settingToText(Secret()));
    const auto complete = completeSettings(schema, {{"pass", std::string("sesame")}});
    ASSERT_TRUE(complete);
    EXPECT_EQ("sesame", secretOf(*complete, "pass").reveal());
}

TEST(Settings, TheSecretsOfAProjectFileAreNamed)
{
    Settings settings = {{"name", std::string("x")}};
    nameSecrets(schema, settings);
    EXPECT_EQ((Settings{{"name", std::string("x")}, {"pass", Secret()}}), settings);
    settings["pass"] = std::string("by hand");
    nameSecrets(schema, settings);
    EXPECT_EQ("by hand", secretOf(settings, "pass").reveal());
}
