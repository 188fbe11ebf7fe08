#include <engine/project_check.h>

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace heliograph;
namespace fs = std::filesystem;

namespace {

class ProjectFile : public testing::Test {
protected:
    ProjectFile()
        : m_folder(fs::temp_directory_path() / ("heliograph-test-" + std::to_string(::getpid())))
        , m_file(m_folder / "deep" / "project.toml")
    {
        fs::remove_all(m_folder);
    }
    ~ProjectFile() override { fs::remove_all(m_folder); }

    void write(const std::string &text)
    {
        fs::create_directories(m_file.parent_path());
        std::ofstream(m_file) << text;
    }
    std::string read() const
    {
        std::ifstream file(m_file);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    fs::path m_folder;
    fs::path m_file;
};

Project example()
{
    Project project;
    project.sources.push_back(
        {{"Front \"Door\"", "webcam", {{"device", std::string("v4l2:usb-1")}, {"fps", 25.0}}},
         {"front/door", Audience::MyNetwork},
         true});
    project.sources.push_back(
        {{"Test", "pattern", {{"overlay", false}, {"tone", std::int64_t(440)}}}, {"t", {}}, false});
    project.sources.back().publish.rests = false;
    project.sources.back().publish.whileLost = WhileLost::Image;
    project.sources.back().publish.lostImage = "/home/ann/soon.png";
    project.sources.push_back(
        {{"List", "file", {{"path", std::string("/a\\b.mp4\n/c \"d\".m3u")}}}, {"l", {}}, false});
    project.outputs.push_back({"rtsp", {{"port", std::int64_t(9554)}}});
    return project;
}

SettingField number(std::string key, SettingValue fallback, double minimum, double maximum,
                    std::string unit)
{
    SettingField field;
    field.key = std::move(key);
    field.kind =
        std::holds_alternative<double>(fallback) ? SettingKind::Real : SettingKind::Integer;
    field.fallback = std::move(fallback);
    field.minimum = minimum;
    field.maximum = maximum;
    field.unit = std::move(unit);
    return field;
}

ProjectRules rules()
{
    static const std::vector<SourceTypeInfo> sources = {
        {"pattern", "Test pattern", {number("fps", 30.0, 1, 120, "fps")}},
        {"file", "Video file", {{.key = "key", .kind = SettingKind::Secret, .fallback = Secret()}}},
    };
    static const std::vector<OutputTypeInfo> outputs = {
        {"rtsp", "RTSP server", {number("port", std::int64_t(8554), 0, 65535, "")}},
    };
    return {sources, outputs, [](const std::string &address) {
                return address == "sesame" ? failure(ErrorCode::InvalidArgument) : Result<>();
            }};
}

} // namespace

TEST_F(ProjectFile, WhatIsSavedIsLoadedAgain)
{
    ASSERT_TRUE(saveProject(example(), m_file));
    const auto loaded = loadProject(m_file);
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ(example(), *loaded);
    ASSERT_TRUE(saveProject(Project{}, m_file)); // a good one is replaced
    EXPECT_EQ(Project{}, loadProject(m_file));
}

TEST_F(ProjectFile, AMissingFileIsNotFound)
{
    EXPECT_EQ(ErrorCode::NotFound, loadProject(m_file).error().code);
}

TEST_F(ProjectFile, ABrokenOneNamesLineAndColumnAndIsNeverOverwritten)
{
    struct Case {
        const char *text;
        const char *place;
    };
    const Case cases[] = {
        {"version = 1\n[[source]\n", "line 2, column"},
        {"version = 1\n[[source]]\nname = 5\n", "line 3, column"},
        {"version = 1\nsource = 5\n", "line 2, column"},
        {"version = 1\n[[source]]\ntypo = \"x\"\n", "line 3, column"},
        {"version = 1\n[[source]]\nmount = \"a b\"\n", "line 3, column"},
        {"version = 1\n[[source]]\naudience = \"all\"\n", "line 3, column"},
        {"version = 1\n[[source]]\nwhile_lost = \"all\"\n", "line 3, column"},
        {"version = 1\n[[source]]\nsettings = {a = [1]}\n", "line 3, column"},
        {"hello = 1\n", "line 1, column 1"},
    };
    for (const Case &one : cases) {
        write(one.text);
        const auto loaded = loadProject(m_file);
        ASSERT_FALSE(loaded) << one.text;
        EXPECT_EQ(ErrorCode::FileBroken, loaded.error().code) << one.text;
        EXPECT_NE(std::string::npos, loaded.error().detail.find(one.place))
            << loaded.error().detail;
        EXPECT_EQ(ErrorCode::FileBroken, saveProject(example(), m_file).error().code);
        EXPECT_EQ(one.text, read());
    }
}

TEST_F(ProjectFile, AFolderIsRefusedByName)
{
    fs::create_directories(m_folder);
    for (const auto &error : {loadProject(m_folder).error(), saveProject({}, m_folder).error()})
        EXPECT_EQ((Error{ErrorCode::FileIsFolder, m_folder.string()}), error);
}

TEST_F(ProjectFile, AWrongValueIsToldWithItsPlaceAndTheRestIsGood)
{
    struct Case {
        const char *text;
        const char *what;
    };
    const Case cases[] = {
        {"[[source]]\nname = \"Bars\"\ntype = \"pattern\"\nsettings = { fps = 100000 }\n",
         "line 5, column 20: “Bars”: fps must be between 1 and 120 fps"},
        {"[[source]]\nname = \"Bars\"\ntype = \"pattern\"\n[source.settings]\nbogus = \"sesame\"\n",
         "line 6, column 9: “Bars”: there is no setting named bogus"},
        {"[[source]]\ntype = \"pattern\"\nsettings = { fps = \"sesame\" }\n",
         "line 4, column 20: fps must be of another kind: 30 is an example"},
        {"[[source]]\nname = \"Bars\"\ntype = \"sesame\"\n",
         "line 4, column 8: “Bars”: type must be one of pattern, file"},
        {"[[source]]\nname = \"Bars\"\n",
         "line 2, column 1: “Bars”: type is missing: it is one of pattern, file"},
        {"[[output]]\ntype = \"sesame\"\n", "line 3, column 8: type must be one of rtsp"},
        {"[[output]]\n", "line 2, column 1: type is missing: it is one of rtsp"},
        {"[[output]]\ntype = \"rtsp\"\nsettings = { port = 99999 }\n",
         "line 4, column 21: port must be between 0 and 65535"},
        {"banned = [\"10.0.0.9\", \"sesame\"]\n",
         "line 2, column 23: a banned address must be an IP address"},
    };
    for (const Case &one : cases) {
        write("version = 1\n" + std::string(one.text));
        const auto loaded = loadProject(m_file, rules());
        ASSERT_TRUE(loaded) << one.text;
        EXPECT_EQ(*loadProject(m_file), loaded->project);
        ASSERT_EQ(1u, loaded->faults.size()) << one.text;
        EXPECT_EQ(ErrorCode::FileMistaken, loaded->faults[0].error.code);
        EXPECT_EQ(m_file.string() + " › " + one.what, loaded->faults[0].error.detail);
        EXPECT_TRUE(saveProject(loaded->project, m_file)); // it is not broken
    }
}

TEST_F(ProjectFile, EachSourceServerAndAddressIsCheckedByItself)
{
    write("version = 1\nbanned = [\"sesame\", \"10.0.0.9\"]\n"
          "[[source]]\ntype = \"file\"\nsettings = { key = \"sesame\" }\n"
          "[[source]]\ntype = \"pattern\"\nsettings = { fps = 0, bogus = 1 }\n"
          "[[output]]\ntype = \"rtsp\"\n[[output]]\n");
    const auto loaded = loadProject(m_file, rules());
    ASSERT_TRUE(loaded);
    ASSERT_EQ(3u, loaded->faults.size());
    const std::pair<ProjectFault::Where, std::size_t> wanted[] = {{ProjectFault::Where::Ban, 0},
                                                                  {ProjectFault::Where::Output, 1},
                                                                  {ProjectFault::Where::Source, 1}};
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(wanted[i], std::pair(loaded->faults[i].where, loaded->faults[i].index));
}

TEST_F(ProjectFile, ABrokenOneIsToldWithoutItsValues)
{
    write("version = 1\n[[source]]\npassword = 99999999999999999999\n");
    const std::string detail = loadProject(m_file).error().detail;
    EXPECT_EQ(std::string::npos, detail.find("99999")) << detail;
    EXPECT_NE(std::string::npos, detail.find("line 3")) << detail;
}

TEST_F(ProjectFile, ANewerOneIsToldAndNeverOverwritten)
{
    write("version = 2\n");
    EXPECT_EQ(ErrorCode::FileTooNew, loadProject(m_file).error().code);
    EXPECT_EQ(ErrorCode::FileTooNew, saveProject(example(), m_file).error().code);
    EXPECT_EQ("version = 2\n", read());
}

TEST(Mount, IsNormalizedOrRefusedWithASentence)
{
    EXPECT_EQ("front-door", normalizeMount("front-door"));
    EXPECT_EQ("a/b.c", normalizeMount("/a/b.c/"));
    for (const char *bad : {"", "/", "a b", "a//b", "../a", "a/./b", "ü", "a?b", "a\nb"})
        EXPECT_FALSE(normalizeMount(bad)) << bad;
    EXPECT_FALSE(normalizeMount(std::string(101, 'a')));
}
