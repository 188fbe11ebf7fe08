// The committed corpus of the fuzz targets, run through the same functions that libFuzzer drives.
#include "fuzz/seeds.h"
#include "fuzz/targets.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <set>

namespace heliograph::fuzz {

namespace {

namespace fs = std::filesystem;

const fs::path corpus = HELIOGRAPH_FUZZ_CORPUS;

std::vector<std::uint8_t> contentOf(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

// When this fails, a case table has changed: run fuzz_write_seeds tests/fuzz/corpus.
TEST(FuzzCorpus, HoldsEverySeed)
{
    std::set<fs::path> names;
    for (const Seed &seed : seeds()) {
        const fs::path path = corpus / seed.target / seed.name;
        EXPECT_TRUE(names.insert(path).second) << path << " comes twice";
        EXPECT_TRUE(fs::exists(path)) << path;
        EXPECT_EQ(contentOf(path), seed.bytes) << path;
    }
}

TEST(FuzzCorpus, EveryInputKeepsWhatItsTargetDemands)
{
    std::map<std::string, int> inputs;
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(corpus)) {
        if (!entry.is_regular_file())
            continue;
        const std::string target = entry.path().parent_path().filename();
        const auto run = findTarget(target);
        ASSERT_TRUE(run) << entry.path() << " belongs to no target";
        SCOPED_TRACE(entry.path()); // a broken demand ends the process
        run(contentOf(entry.path()));
        ++inputs[target];
    }
    EXPECT_EQ(inputs.size(), 18U);
}

} // namespace heliograph::fuzz
