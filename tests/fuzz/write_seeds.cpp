// fuzz_write_seeds FOLDER: writes the seeds of every target below the corpus folder. To be run
// after a case table has changed; the test FuzzCorpus.HoldsEverySeed says when.
#include "fuzz/seeds.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: fuzz_write_seeds FOLDER\n");
        return 2;
    }
    for (const heliograph::fuzz::Seed &seed : heliograph::fuzz::seeds()) {
        const std::filesystem::path folder = std::filesystem::path(argv[1]) / seed.target;
        std::filesystem::create_directories(folder);
        std::ofstream(folder / seed.name, std::ios::binary)
            .write(reinterpret_cast<const char *>(seed.bytes.data()),
                   std::streamsize(seed.bytes.size()));
    }
    return 0;
}
