// Immutable bytes, shared and sliceable without a copy.
// Thread: any; the bytes never change once a Bytes holds them. Owner: every copy holds a share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace heliograph {

using ByteSpan = std::span<const std::uint8_t>;

class Bytes {
public:
    Bytes() = default;
    explicit Bytes(std::vector<std::uint8_t> &&vector)
    {
        auto owned = std::make_shared<const std::vector<std::uint8_t>>(std::move(vector));
        m_span = *owned;
        m_owner = std::move(owned);
    }

    // Takes a share of somebody else's buffer (an AVBuffer, a GstMemory) without a copy.
    // The owner keeps the span alive and unchanged.
    static Bytes adopt(ByteSpan span, std::shared_ptr<const void> owner)
    {
        Bytes bytes;
        bytes.m_span = span;
        bytes.m_owner = std::move(owner);
        return bytes;
    }

    static Bytes copyOf(ByteSpan span)
    {
        return Bytes(std::vector<std::uint8_t>(span.begin(), span.end()));
    }

    Bytes slice(std::size_t offset, std::size_t length) const
    {
        return adopt(m_span.subspan(offset, length), m_owner);
    }

    ByteSpan span() const { return m_span; }
    operator ByteSpan() const { return m_span; }
    const std::uint8_t *data() const { return m_span.data(); }
    std::size_t size() const { return m_span.size(); }
    bool empty() const { return m_span.empty(); }
    std::uint8_t operator[](std::size_t index) const { return m_span[index]; }

private:
    std::shared_ptr<const void> m_owner;
    ByteSpan m_span;
};

} // namespace heliograph
