// A run of datagrams in a block that the kernel can cut by itself (UDP generic segmentation
// offload): all segmentSize long but the last, which may be shorter.
// Thread: any (value).
#pragma once

#include <cstdint>

namespace heliograph {

struct DatagramRun {
    std::uint32_t offset = 0; // bytes into the block
    std::uint32_t length = 0; // bytes of the whole run
    std::uint32_t segmentSize = 0;
};

} // namespace heliograph
