// What the setting "path" may name.
#include "sources/file/file_list.h"

#include "files.h"

#include <fstream>

using namespace heliograph;
using Files = std::vector<std::string>;

TEST(FileList, EachLineIsAFile)
{
    EXPECT_EQ(Files{"/a b.mp4"}, *listFiles("/a b.mp4"));
    EXPECT_EQ((Files{"/a.mp4", "/b.mp4"}), *listFiles("/a.mp4\n\n/b.mp4\n"));
    for (const char *nothing : {"", "\n"})
        EXPECT_EQ(ErrorCode::InvalidArgument, listFiles(nothing).error().code);
}

TEST(FileList, APlaylistStandsForItsFilesWhichAreBesideIt)
{
    const test::Folder folder;
    std::ofstream(folder / "list.M3U8") << "#EXTM3U\nb.mp4\n/c.mp4\nother.m3u\n";
    EXPECT_EQ((Files{"/a.mp4", folder / "b.mp4", "/c.mp4", folder / "other.m3u", "/d.mp4"}),
              *listFiles("/a.mp4\n" + (folder / "list.M3U8") + "\n/d.mp4"));
}

TEST(FileList, APlaylistThatIsNoneIsTold)
{
    const test::Folder folder;
    std::ofstream(folder / "empty.m3u") << "#EXTM3U\n";
    std::ofstream(folder / "long.m3u") << std::string((1 << 20) + 1, '#');
    std::filesystem::create_directory(folder / "folder.m3u");
    for (const char *name : {"empty.m3u", "long.m3u", "folder.m3u"})
        EXPECT_EQ(ErrorCode::FileUnplayable, listFiles(folder / name).error().code) << name;
    const auto missing = listFiles(folder / "missing.m3u");
    EXPECT_EQ(ErrorCode::FileUnreadable, missing.error().code);
    EXPECT_NE(std::string::npos, missing.error().detail.find("missing.m3u"));
}
