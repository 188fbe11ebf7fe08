// The three laws of the house (engine/README.md), read from every #include.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path root = SOURCE_ROOT;

struct Include {
    std::string file; // "engine/stream/fanout.cpp"
    std::string header; // "core/bytes.h", "gst/gst.h"
    bool system = false; // in angle brackets
};

bool isSource(const fs::path &path)
{
    return path.extension() == ".h" || path.extension() == ".cpp";
}

std::vector<Include> includesBelow(const std::string &folder)
{
    static const std::regex line(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::vector<Include> includes;
    for (const auto &entry : fs::recursive_directory_iterator(root / folder)) {
        if (!isSource(entry.path()))
            continue;
        std::ifstream file(entry.path());
        std::smatch match;
        for (std::string text; std::getline(file, text);)
            if (std::regex_search(text, match, line))
                includes.push_back(
                    {fs::relative(entry.path(), root).string(), match[2], match[1] == "<"});
    }
    return includes;
}

bool startsWithAny(const std::string &text, const std::vector<std::string> &prefixes)
{
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string &prefix) { return text.starts_with(prefix); });
}

// What each room may include of ours. A folder of engine/sources and engine/outputs sees itself
// and the files directly beside it, never a sibling folder.
const std::map<std::string, std::set<std::string>> roomsBelow = {
    {"api", {}},
    {"core", {"api"}},
    {"access", {"api", "core"}},
    {"media", {"api", "core"}},
    {"secrets", {"api", "core"}},
    {"wire", {"api", "core", "access", "media"}},
    {"net", {"api", "core"}},
    {"stream", {"api", "core", "access", "media"}},
    {"codec", {"api", "core", "media"}},
    {"gst", {"api", "core", "media"}},
    {"sources", {"api", "core", "access", "media", "wire", "net", "stream", "codec", "gst"}},
    {"serve", {"api", "core", "access", "media", "net", "stream"}},
    {"outputs",
     {"api", "core", "access", "media", "wire", "net", "stream", "codec", "gst", "serve"}},
    {"studio",
     {"api", "core", "access", "media", "wire", "net", "stream", "codec", "gst", "serve", "sources",
      "outputs"}},
};

std::string firstPart(const std::string &path)
{
    return path.substr(0, path.find('/'));
}

std::string roomOfHeader(const std::string &header)
{
    const std::string first = firstPart(header);
    return first == "engine" ? "api" : first;
}

std::string roomOfFile(const std::string &file) // "engine/ROOM/…"
{
    return firstPart(file.substr(std::string("engine/").size()));
}

std::string describe(const Include &include)
{
    return include.file + " includes " + include.header;
}

} // namespace

TEST(Law1, EdgesGoDown)
{
    const auto includes = includesBelow("engine");
    ASSERT_GT(includes.size(), 200u) << "the engine was not found";
    for (const Include &include : includes) {
        if (include.system)
            continue;
        const std::string from = roomOfFile(include.file);
        const std::string to = roomOfHeader(include.header);
        ASSERT_TRUE(roomsBelow.contains(from)) << include.file << " is in an unknown room";
        ASSERT_TRUE(roomsBelow.contains(to)) << describe(include);
        EXPECT_TRUE(from == to || roomsBelow.at(from).contains(to)) << describe(include);
    }
}

TEST(Law1, SiblingFoldersOfSourcesAndOutputsDoNotSeeEachOther)
{
    for (const std::string floor : {"sources", "outputs"})
        for (const Include &include : includesBelow("engine/" + floor)) {
            const std::string inFloor = include.file.substr(("engine/" + floor + "/").size());
            const bool inFolder = inFloor.find('/') != std::string::npos;
            const std::string seen = include.header.starts_with(floor + "/")
                ? include.header.substr(floor.size() + 1)
                : "";
            if (inFolder && seen.find('/') != std::string::npos) {
                EXPECT_EQ(firstPart(inFloor), firstPart(seen)) << describe(include);
            }
        }
}

TEST(Law1, FrontEndsSeeOnlyTheGlassWall)
{
    for (const std::string folder : {"ui", "app"})
        for (const Include &include : includesBelow(folder)) {
            const std::string first = firstPart(include.header);
            EXPECT_FALSE(roomsBelow.contains(first) && !fs::exists(root / folder / include.header))
                << describe(include);
        }
}

TEST(Law2, NoQtUnderEngine)
{
    for (const Include &include : includesBelow("engine"))
        EXPECT_FALSE(include.system && include.header.starts_with("Q")) << describe(include);
}

TEST(Law2, AsioOnlyInNetSources)
{
    for (const Include &include : includesBelow("engine"))
        if (include.header.starts_with("asio")) {
            EXPECT_TRUE(include.file.starts_with("engine/net/") && include.file.ends_with(".cpp"))
                << describe(include);
        }
}

TEST(Law2, OpenSslOnlyWhereItBelongs)
{
    for (const std::string folder : {"engine", "ui", "app"})
        for (const Include &include : includesBelow(folder))
            if (include.header.starts_with("openssl/")) {
                EXPECT_TRUE(include.file == "engine/core/digest.cpp"
                            || include.file == "engine/core/random.cpp"
                            || (include.file.starts_with("engine/net/tls_")
                                && include.file.ends_with(".cpp")))
                    << describe(include);
            }
}

TEST(Law2, FfmpegOnlyWhereItBelongs)
{
    const std::vector<std::string> allowed = {"engine/codec/", "engine/sources/file/",
                                              "engine/outputs/record/", "engine/outputs/push/",
                                              "engine/outputs/hls/"};
    for (const Include &include : includesBelow("engine"))
        if (startsWithAny(include.header, {"libav", "libsw"})) {
            EXPECT_TRUE(startsWithAny(include.file, allowed)) << describe(include);
        }
}

TEST(Law2, GStreamerOnlyWhereItBelongs)
{
    for (const std::string folder : {"engine", "ui", "app"})
        for (const Include &include : includesBelow(folder))
            if (include.system && include.header.starts_with("gst/")) {
                EXPECT_TRUE(
                    startsWithAny(include.file, {"engine/gst/", "engine/sources/", "app/gst/"}))
                    << describe(include);
            }
}

TEST(Law2, X11OnlyInScreen)
{
    for (const std::string folder : {"engine", "ui", "app"})
        for (const Include &include : includesBelow(folder))
            if (startsWithAny(include.header, {"xcb/", "X11/"})) {
                EXPECT_TRUE(include.file.starts_with("engine/sources/screen/"))
                    << describe(include);
            }
}

TEST(Law2, LibsecretOnlyInSecrets)
{
    for (const std::string folder : {"engine", "ui", "app"})
        for (const Include &include : includesBelow(folder))
            if (startsWithAny(include.header, {"libsecret/", "gio/"})) {
                EXPECT_TRUE(include.file.starts_with("engine/secrets/")
                            || (include.header.starts_with("gio/")
                                && include.file.starts_with("engine/sources/screen/portal_cast")))
                    << describe(include);
            }
}

TEST(Law3, WireIsPure)
{
    const std::set<std::string> impure = {
        "thread",        "mutex",      "condition_variable", "random",         "atomic",
        "future",        "ctime",      "sys/socket.h",       "netinet/in.h",   "unistd.h",
        "core/random.h", "core/log.h", "core/inbox.h",       "core/mailbox.h", "core/wakeup.h"};
    static const std::regex clocks(R"((steady_clock|system_clock|SystemClock|\bClock &))");
    for (const Include &include : includesBelow("engine/wire"))
        EXPECT_FALSE(impure.contains(include.header)) << describe(include);
    for (const auto &entry : fs::recursive_directory_iterator(root / "engine/wire")) {
        if (!isSource(entry.path()))
            continue;
        std::ifstream file(entry.path());
        for (std::string text; std::getline(file, text);)
            EXPECT_FALSE(std::regex_search(text, clocks)) << entry.path() << ": " << text;
    }
}
