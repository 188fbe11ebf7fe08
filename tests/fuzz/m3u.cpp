// A playlist: what it lists stands in it.
#include "wire/m3u.h"
#include "fuzz/require.h"
#include "fuzz/targets.h"

namespace heliograph::fuzz {

int runM3u(ByteSpan input)
{
    const std::string text(input.begin(), input.end());
    const auto files = wire::readM3u(text);
    if (!files)
        return 0;
    std::size_t bytes = 0;
    for (const std::string &file : *files)
        bytes += file.size();
    require(files->size() <= 1000 && bytes <= text.size(), "nothing that is not there");
    return 0;
}

} // namespace heliograph::fuzz
