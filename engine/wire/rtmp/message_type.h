// The names of RTMP's numbers: message types and the chunk streams on which we send.
// Thread: any (values).
#pragma once

#include <cstdint>

namespace heliograph::rtmp {

// RTMP 1.0 sections 5.4, 6.2 and 7.1. Others exist and are skipped by whoever gets them.
enum class MessageType : std::uint8_t {
    SetChunkSize = 1,
    Abort = 2,
    Acknowledgement = 3,
    UserControl = 4,
    WindowAckSize = 5,
    SetPeerBandwidth = 6,
    Audio = 8,
    Video = 9,
    DataAmf3 = 15,
    SharedObjectAmf3 = 16,
    CommandAmf3 = 17,
    DataAmf0 = 18,
    SharedObjectAmf0 = 19,
    CommandAmf0 = 20,
    Aggregate = 22,
};

// What everybody uses; 2 alone is fixed by the specification (section 5.4).
namespace chunk_stream {
inline constexpr std::uint32_t control = 2;
inline constexpr std::uint32_t command = 3;
inline constexpr std::uint32_t audio = 4;
inline constexpr std::uint32_t data = 5;
inline constexpr std::uint32_t video = 6;
} // namespace chunk_stream

inline constexpr std::uint32_t initialChunkSize = 128; // until Set Chunk Size says another

} // namespace heliograph::rtmp
