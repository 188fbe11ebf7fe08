#include <engine/project.h>

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
