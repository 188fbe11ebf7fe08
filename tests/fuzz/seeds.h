// The seeds of the corpora: the case tables of the tests, as the inputs of the targets. Files in
// tests/fuzz/corpus that are not among them are findings, kept so that they stay fixed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace heliograph::fuzz {

struct Seed {
    std::string target; // the folder in tests/fuzz/corpus
    std::string name; // the file
    std::vector<std::uint8_t> bytes;
};

std::vector<Seed> seeds();

} // namespace heliograph::fuzz
