// What the bodies of video and audio messages have in common (FLV 10.1 annex E, Enhanced RTMP v2).
// Thread: any (values; pure functions on bytes).
#pragma once

#include "core/bytes.h"

#include <array>
#include <cassert>
#include <cstdint>

namespace heliograph::rtmp {

enum class PacketKind {
    SequenceHeader, // the body is the decoder's configuration: avcC, hvcC, av1C, ASC, OpusHead, …
    Frames, // the body is coded: video with length prefixes, one frame of sound
    SequenceEnd,
    Metadata, // AMF0, colorInfo
    Other, // understood or not, nothing to us: to be skipped
};

// The few bytes in front of a body: a part of the message, made without memory of its own.
class TagHead {
public:
    void add(std::uint8_t byte)
    {
        assert(m_size < m_bytes.size());
        m_bytes[m_size++] = byte;
    }
    void add24(std::uint32_t value)
    {
        for (int shift = 16; shift >= 0; shift -= 8)
            add(std::uint8_t(value >> shift));
    }
    void add32(std::uint32_t value)
    {
        add(std::uint8_t(value >> 24));
        add24(value);
    }

    std::size_t size() const { return m_size; }
    ByteSpan span() const { return ByteSpan(m_bytes).first(m_size); }

private:
    std::array<std::uint8_t, 8> m_bytes{}; // the largest: ex-header, FourCC, composition time
    std::size_t m_size = 0;
};

} // namespace heliograph::rtmp
