#include "cli/options.h"

#include <engine/studio.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <unistd.h>

using namespace heliograph;
using namespace heliograph::cli;

namespace {

std::variant<Options, Exit> read(std::vector<std::string> words)
{
    words.insert(words.begin(), "heliograph-cli");
    std::vector<char *> argv;
    for (std::string &word : words)
        argv.push_back(word.data());
    return readOptions(int(argv.size()), argv.data());
}

Options accepted(const std::vector<std::string> &words)
{
    auto result = read(words);
    if (const auto *exit = std::get_if<Exit>(&result))
        throw std::runtime_error(exit->message);
    return std::get<Options>(result);
}

std::string refused(const std::vector<std::string> &words)
{
    auto result = read(words);
    const auto *exit = std::get_if<Exit>(&result);
    EXPECT_TRUE(exit && exit->code == 1);
    return exit ? exit->message : "";
}

std::vector<std::string> served(std::vector<std::string> words)
{
    words.insert(words.end(), {"--source", "pattern", "--as", "a"});
    return words;
}

// A file that is there as long as the test.
class SomeFile {
public:
    explicit SomeFile(const std::string &text)
        : m_path(std::filesystem::temp_directory_path()
                 / ("heliograph-options-" + std::to_string(::getpid())))
    {
        std::ofstream(m_path) << text;
    }
    ~SomeFile() { std::filesystem::remove(m_path); }

    std::string path() const { return m_path.string(); }

private:
    std::filesystem::path m_path;
};

} // namespace

TEST(Options, LoopsAreOneUnlessAskedFor)
{
    EXPECT_EQ(1, accepted({"--source", "pattern", "--as", "a"}).loops);
    EXPECT_EQ(3, accepted({"--source", "pattern", "--as", "a", "--loops", "3"}).loops);
}

TEST(Options, EachSourceTakesTheMountBehindIt)
{
    const Options options = accepted({"--source", "pattern", "--as", "a", "--source",
                                      "pattern:tone=440", "--as", "b/c", "--rtsp", "9000"});
    ASSERT_EQ(2u, options.project.sources.size());
    EXPECT_EQ("a", options.project.sources[0].publish.mount);
    EXPECT_EQ("b/c", options.project.sources[1].publish.mount);
    EXPECT_TRUE(options.project.sources[1].published);
    ASSERT_EQ(2u, options.project.outputs.size()); // RTSP, and RTMP where its port is free
    EXPECT_EQ("rtsp", options.project.outputs[0].type);
    EXPECT_FALSE(options.rtmpAsked);
    EXPECT_EQ(SettingValue(std::int64_t(9000)), options.project.outputs[0].settings.at("port"));
}

TEST(Options, WhatViewersSeeOfALossIsAWordOrAFile)
{
    const auto chosen = [](const std::string &what) {
        return accepted({"--source", "pattern", "--as", "a", "--while-lost", what})
            .project.sources[0]
            .publish;
    };
    EXPECT_EQ(WhileLost::Name, chosen("name").whileLost);
    EXPECT_EQ(WhileLost::LastPicture, chosen("last").whileLost);
    EXPECT_EQ(WhileLost::Nothing, chosen("nothing").whileLost);
    const SomeFile picture("");
    EXPECT_EQ(WhileLost::Image, chosen(picture.path()).whileLost);
    EXPECT_EQ(picture.path(), chosen(picture.path()).lostImage);
    for (const char *typo : {"nam", "/nonexistent/soon.png", "/"})
        EXPECT_EQ("--while-lost takes name, last, nothing or a picture's file, and there is no "
                  "file called \""
                      + std::string(typo) + "\".",
                  refused(served({"--while-lost", typo})));
}

TEST(Options, TheEncoderRestsUnlessItIsForbidden)
{
    EXPECT_TRUE(accepted({"--source", "pattern", "--as", "a"}).project.sources[0].publish.rests);
    EXPECT_FALSE(accepted({"--source", "pattern", "--as", "a", "--no-rest"})
                     .project.sources[0]
                     .publish.rests);
}

TEST(Options, RtmpHasAPortOfItsOwnAndZeroTurnsItOff)
{
    const auto rtmpOf = [](std::vector<std::string> words) {
        words.insert(words.end(), {"--source", "pattern", "--as", "a"});
        const Options options = accepted(words);
        EXPECT_EQ("rtmp", options.project.outputs.at(1).type);
        EXPECT_TRUE(options.rtmpAsked);
        return options.project.outputs.at(1).settings;
    };
    EXPECT_EQ(SettingValue(false), rtmpOf({"--rtmp", "0"}).at("enabled"));
    const Settings settings = rtmpOf({"--rtmp", "1936", "--rtmps", "0"});
    EXPECT_EQ(SettingValue(true), settings.at("enabled"));
    EXPECT_EQ(SettingValue(std::int64_t(1936)), settings.at("port"));
    EXPECT_EQ(SettingValue(true), settings.at("tls"));
    EXPECT_EQ(SettingValue(std::int64_t(0)), settings.at("tls_port"));
}

TEST(Options, RtspsIsTurnedOnByItsPort)
{
    const auto settingsOf = [](std::vector<std::string> words) {
        words.insert(words.end(), {"--source", "pattern", "--as", "a"});
        return accepted(words).project.outputs.at(0).settings;
    };
    EXPECT_FALSE(settingsOf({}).contains("tls"));
    const Settings settings =
        settingsOf({"--rtsps", "8322", "--certificate", "/c.pem", "--certificate-key", "/k.pem"});
    EXPECT_EQ(SettingValue(true), settings.at("tls"));
    EXPECT_EQ(SettingValue(std::int64_t(8322)), settings.at("tls_port"));
    EXPECT_EQ(SettingValue(std::string("/c.pem")), settings.at("certificate"));
    EXPECT_EQ(SettingValue(std::string("/k.pem")), settings.at("certificate_key"));
}

TEST(Options, BindingToTheNetworkOpensTheMountsToIt)
{
    const auto audience = [](const std::string &address) {
        return accepted({"--source", "pattern", "--as", "a", "--bind", address})
            .project.sources[0]
            .publish.audience;
    };
    EXPECT_EQ(Audience::MyNetwork, audience("0.0.0.0"));
    EXPECT_EQ(Audience::ThisComputer, audience("127.0.0.1"));
}

TEST(Options, MistakesAreToldInSentences)
{
    EXPECT_NE(std::string::npos, refused({"--source", "pattern"}).find("--as"));
    EXPECT_NE(std::string::npos, refused({"--source", "camera", "--as", "a"}).find("camera"));
    EXPECT_NE(std::string::npos, refused({"--source", "pattern", "--as", "a b"}).find("name"));
    refused({"--nonsense"});
    EXPECT_NE(std::string::npos,
              refused({"--project", "/nonexistent/project.toml"}).find("/nonexistent"));
}

TEST(Options, AWrongNumberIsToldWithThoseThatAreRight)
{
    const auto number = [](const char *option, const char *text) {
        return refused(served({option, text}));
    };
    for (const char *text : {"0", "-1", "x", "", "nan", "inf", "1e-300", "86401", "1s"})
        EXPECT_EQ("--stats takes a number of seconds, 0.1 to 86400.", number("--stats", text));
    for (const char *text : {"0", "-1", "x", "nan", "inf", "1e300"})
        EXPECT_EQ("--duration takes a number of seconds, 0.1 to 31536000.",
                  number("--duration", text));
    for (const char *text : {"0", "1.5", "65", "x"})
        EXPECT_EQ("--loops takes a whole number, 1 to 64.", number("--loops", text));
    for (const char *option : {"--rtsp", "--rtsps", "--rtmp", "--rtmps"})
        EXPECT_EQ(option + std::string(" takes a port, 0 to 65535."), number(option, "65536"));
    EXPECT_EQ(0.1, accepted(served({"--stats", "0.1"})).statsPeriod->count());
    EXPECT_EQ(90.5, accepted(served({"--duration", "90.5"})).duration->count());
}

TEST(Options, OnlyWhatWasTypedIsMasked)
{
    const std::string said = refused({"help"});
    EXPECT_NE(std::string::npos, said.find("--help")) << said;
    EXPECT_EQ(std::string::npos, said.find(": help")) << said;
    EXPECT_NE(std::string::npos, refused({"--loops", "1", "--rtsp"}).find("1 required PORT"));
}

TEST(Options, AWrongSettingIsToldInASentenceWithItsSource)
{
    for (const char *wrong : {"pattern:fps=0", "pattern:size=big", "pattern:encoder=magic"}) {
        const std::string said = refused({"--source", wrong, "--as", "a"});
        EXPECT_TRUE(said.starts_with("The source pattern: ")) << said;
        EXPECT_TRUE(said.ends_with('.')) << said;
    }
    EXPECT_TRUE(refused({"--source", "rtmp:key=k,take_over=x", "--as", "a"})
                    .starts_with("The source rtmp: take_over must be one of newest, refuse."));
    EXPECT_EQ("The mount behind --as cannot be used: a stream's name is made of letters, digits, "
              "- _ . ~ and /.",
              refused({"--source", "pattern", "--as", "a b"}));
}

TEST(Options, AWrongValueInAProjectIsToldWithFileAndLine)
{
    const struct {
        const char *text;
        const char *place;
    } cases[] = {
        {"[[source]]\nname = \"Bars\"\ntype = \"pattern\"\nsettings = { fps = 100000 }\n",
         " › line 5, column 20: “Bars”: fps must be"},
        {"[[source]]\nname = \"Bars\"\n", " › line 2, column 1: “Bars”: type is missing"},
        {"[[output]]\ntype = \"foo\"\n", " › line 3, column 8: type must be one of rtsp, rtmp"},
        {"[[output]]\ntype = \"rtsp\"\nsettings = { bogus = 1 }\n", " › line 4, column 22: "},
        {"banned = [\"foo\"]\n", " › line 2, column 11: a banned address"},
    };
    for (const auto &one : cases) {
        const SomeFile file("version = 1\n" + std::string(one.text));
        const std::string said = refused({"--project", file.path()});
        EXPECT_NE(std::string::npos, said.find(file.path() + one.place)) << said;
    }
    EXPECT_EQ("This is a folder, and not a file: /tmp. Name the file that is meant.",
              refused({"--project", "/tmp"}));
    const SomeFile network("version = 1\nbanned = [\"2001:db8:1:2::/64\"]\n");
    EXPECT_EQ(1u,
              accepted({"--project", network.path(), "--source", "pattern", "--as", "a"})
                  .project.banned.size());
}

TEST(Options, WhereNothingIsPublishedNothingIsServed)
{
    for (const char *text : {"", "[[source]]\nname = \"Bars\"\ntype = \"pattern\"\n"}) {
        const SomeFile file("version = 1\n" + std::string(text));
        const std::string said = refused({"--project", file.path()});
        EXPECT_TRUE(said.starts_with("There is nothing to serve: no source of " + file.path()))
            << said;
        EXPECT_EQ(
            "a", accepted(served({"--project", file.path()})).project.sources.back().publish.mount);
    }
}

TEST(Options, AnEncoderThatCannotComeIsNotWaitedFor)
{
    const std::string said = "The source rtmp waits for an encoder";
    EXPECT_TRUE(refused({"--source", "rtmp:key=k", "--as", "a", "--rtmp", "0"}).starts_with(said));
    accepted({"--source", "rtmp:key=k", "--as", "a"});
    accepted({"--source", "rtmp:key=k", "--as", "a", "--rtmp", "1936"});
    accepted({"--source", "rtmp:url=rtmp://host/x", "--as", "a", "--rtmp", "0"});
    EXPECT_TRUE(refused(served({"--rtmp", "0", "--rtmps", "1936"})).starts_with("RTMPS"));
    const SomeFile off(
        "version = 1\n[[output]]\ntype = \"rtmp\"\nsettings = { enabled = false }\n");
    EXPECT_TRUE(refused({"--project", off.path(), "--source", "rtmp:key=k", "--as", "a"})
                    .starts_with(said));
}

TEST(Options, ACertificateIsForWhatIsServedOverTls)
{
    const auto with = [&](std::vector<std::string> words) {
        words.insert(words.end(), {"--certificate", "/c.pem", "--certificate-key", "/k.pem"});
        return served(words);
    };
    EXPECT_TRUE(refused(with({})).starts_with("A certificate is for RTSPS and RTMPS"));
    EXPECT_TRUE(refused(with({"--rtmp", "1936"})).starts_with("A certificate"));
    accepted(with({"--rtmps", "1937"}));
    const SomeFile saved("version = 1\n[[output]]\ntype = \"rtsp\"\nsettings = { tls = true }\n");
    accepted(with({"--project", saved.path()}));
}

TEST(Options, NoTwoServersShareAPort)
{
    EXPECT_TRUE(refused(served({"--rtsp", "20011", "--rtmp", "20011"}))
                    .starts_with("RTSP and RTMP cannot share the port 20011."));
    EXPECT_TRUE(refused(served({"--rtmp", "8554"})).starts_with("RTSP and RTMP cannot"));
    EXPECT_TRUE(refused(served({"--rtsp", "20011", "--rtsps", "20011"}))
                    .starts_with("RTSP and RTSPS cannot"));
    EXPECT_TRUE(refused(served({"--rtsps", "20011", "--rtmps", "20011"}))
                    .starts_with("RTSPS and RTMPS cannot"));
    accepted(served({"--rtsp", "0", "--rtsps", "0", "--rtmp", "1936", "--rtmps", "0"}));
    accepted(served({"--rtsp", "1935"})); // RTMP stays away, as where another program has its port
}

TEST(Options, AUserLocksEveryStreamAndTheNetworkDoesNotUnlockIt)
{
    ::setenv("HELIOGRAPH_PASSWORD", "sesame", 1);
    const Options options =
        accepted({"--source", "pattern", "--as", "a", "--source", "pattern", "--as", "b", "--user",
                  "ann", "--user", "bob", "--bind", "0.0.0.0"});
    EXPECT_EQ(nullptr, ::getenv("HELIOGRAPH_PASSWORD"));
    for (const ProjectSource &source : options.project.sources) {
        EXPECT_EQ(Audience::MyNetworkWithPassword, source.publish.audience);
        ASSERT_EQ(2u, source.publish.users.size());
        EXPECT_EQ("bob", source.publish.users[1].name);
        EXPECT_EQ("sesame", source.publish.users[1].password.reveal());
    }
}

TEST(Options, WhatWasTypedWrongIsNotRepeated)
{
    for (const std::vector<std::string> &words : std::vector<std::vector<std::string>>{
             {"--password", "sesame"},
             {"--password=sesame"},
             {"-psesame"},
             {"sesame"},
             {"--rtsp", "sesame"},
             {"--stats", "sesame"},
             {"--source", "pattern:sesame", "--as", "a"},
             {"--source", "pattern:size=1x1,http://ann:ses,ame@h/?q=sesame", "--as", "a"},
             {"--source", "pattern:size=http://ann:sesame@host/", "--as", "a"},
             {"--source", "rtsp://ann:sesame@host/", "--as", "a"},
             {"--source", "pattern", "--as", "a", "--user", "ann:sesame"},
             {"--source", "pattern", "--as", "ann:sesame@host"}}) {
        const std::string said = refused(words);
        EXPECT_EQ(std::string::npos, said.find("same")) << said;
        EXPECT_EQ(std::string::npos, said.find("ame@")) << said;
        EXPECT_GT(said.size(), 20u) << said;
    }
    EXPECT_NE(std::string::npos, refused({"--nonsense"}).find("--nonsense"));
}

TEST(Options, HelpNamesEverySourceAndSetting)
{
    auto result = read({"--help"});
    const auto *exit = std::get_if<Exit>(&result);
    ASSERT_TRUE(exit);
    EXPECT_EQ(0, exit->code);
    const auto says = [&](const std::string &words) {
        return exit->message.find(words) != std::string::npos;
    };
    ASSERT_FALSE(Studio::sourceTypes().empty());
    for (const SourceTypeInfo &type : Studio::sourceTypes()) {
        const auto begin = exit->message.find("\n" + type.id + "  (" + type.title + ")\n");
        ASSERT_NE(std::string::npos, begin) << type.id;
        const std::string part =
            exit->message.substr(begin, exit->message.find("\n\n", begin) - begin);
        for (const SettingField &field : type.schema)
            EXPECT_NE(std::string::npos, part.find("\n  " + field.key + "=")) << field.key;
    }
    std::istringstream lines(exit->message);
    for (std::string line; std::getline(lines, line);)
        EXPECT_LE(std::ranges::count_if(line, [](char c) { return (c & 0xc0) != 0x80; }), 80)
            << line;
    EXPECT_TRUE(says("encoder=auto"));
    EXPECT_TRUE(says("loop=true"));
    EXPECT_TRUE(says("\\,"));
    EXPECT_FALSE(says("\n      \n")); // a choice without a word
    EXPECT_FALSE(says("      , "));
}

TEST(Options, DevicesAreListedAsTextOrAsJson)
{
    const auto form = [](const char *word) { return std::get<Options>(read({word})).listDevices; };
    EXPECT_EQ(ListForm::Text, form("--list-devices"));
    EXPECT_EQ(ListForm::Json, form("--list-devices=json"));
    EXPECT_EQ("--list-devices takes text or json.", refused({"--list-devices=xml"}));
}

TEST(Options, EncodersAreListedAsTextOrAsJson)
{
    const auto form = [](const char *word) { return std::get<Options>(read({word})).listEncoders; };
    EXPECT_EQ(ListForm::Text, form("--list-encoders"));
    EXPECT_EQ(ListForm::Json, form("--list-encoders=json"));
    EXPECT_EQ("--list-encoders takes text or json.", refused({"--list-encoders=xml"}));
}
