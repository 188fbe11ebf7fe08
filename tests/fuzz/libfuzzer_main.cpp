// libFuzzer's door to one target, named by the build: HELIOGRAPH_FUZZ_TARGET.
#include "fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const heliograph::fuzz::Run run = heliograph::fuzz::findTarget(HELIOGRAPH_FUZZ_TARGET);
    return run({data, size});
}
