// fuzz_replay TARGET PATH…: runs files, or all files of folders, through a target, once each.
// For CTest, and for a finding under a debugger.
#include "fuzz/targets.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> filesOf(const fs::path &path)
{
    if (!fs::is_directory(path))
        return {path};
    std::vector<fs::path> files;
    for (const fs::directory_entry &entry : fs::directory_iterator(path))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::uint8_t> contentOf(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

int main(int argc, char **argv)
{
    const heliograph::fuzz::Run run = argc > 2 ? heliograph::fuzz::findTarget(argv[1]) : nullptr;
    if (!run) {
        std::fprintf(stderr, "usage: fuzz_replay TARGET PATH...\n");
        return 2;
    }
    std::size_t count = 0;
    for (int i = 2; i < argc; ++i) {
        for (const fs::path &file : filesOf(argv[i])) {
            std::fprintf(stderr, "%s\n", file.c_str()); // the last one said is the one that died
            run(contentOf(file));
            ++count;
        }
    }
    std::printf("%zu inputs\n", count);
    return count == 0 ? 1 : 0; // an empty corpus proves nothing
}
