#include "wire/rtmp/chunk_writer.h"

#include "wire/big_endian.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <optional>

namespace heliograph::rtmp {

namespace {

using Out = std::vector<std::uint8_t>;

void append24(Out &out, std::uint32_t value)
{
    out.push_back(std::uint8_t(value >> 16));
    wire::append16(out, std::uint16_t(value));
}

//  |fmt 2| csid 6 |   csid 2 to 63
//  |fmt 2| 0 | csid - 64, 8 bits |   64 to 319
//  |fmt 2| 1 | csid - 64, 16 bits, low byte first |   up to 65599      section 5.3.1.1
void appendBasic(Out &out, int fmt, std::uint32_t csid)
{
    assert(csid >= 2 && csid <= 65599);
    const auto top = std::uint8_t(fmt << 6);
    if (csid < 64) {
        out.push_back(std::uint8_t(top | csid));
    } else if (csid < 320) {
        out.push_back(top);
        out.push_back(std::uint8_t(csid - 64));
    } else {
        out.push_back(std::uint8_t(top | 1));
        out.push_back(std::uint8_t(csid - 64));
        out.push_back(std::uint8_t((csid - 64) >> 8));
    }
}

std::size_t basicSize(std::uint32_t csid)
{
    if (csid < 64)
        return 1;
    return csid < 320 ? 2 : 3;
}

std::size_t extendedSize(std::uint32_t time)
{
    return time >= extendedFrom ? 4 : 0;
}

// What one message's chunk headers say.
struct Header {
    int fmt = 0;
    MessageHead head;
    std::uint32_t time = 0; // the field of this fmt: absolute, or a delta
    std::size_t length = 0; // of the payload
};

//  fmt 0  time 24 | length 24 | type 8 | stream 32, low byte first | extended 32
//  fmt 1  time 24 | length 24 | type 8 | extended 32
//  fmt 2  time 24 | extended 32
//  fmt 3  extended 32                                                  section 5.3.1.2
void appendHeader(Out &out, const Header &header)
{
    appendBasic(out, header.fmt, header.head.csid);
    if (header.fmt <= 2)
        append24(out, std::min(header.time, extendedFrom));
    if (header.fmt <= 1) {
        append24(out, std::uint32_t(header.length));
        out.push_back(std::uint8_t(header.head.type));
    }
    if (header.fmt == 0) {
        for (int shift = 0; shift < 32; shift += 8)
            out.push_back(std::uint8_t(header.head.streamId >> shift));
    }
    if (header.time >= extendedFrom)
        wire::append32(out, header.time);
}

// Every chunk but the first; FFmpeg, librtmp and we read the extended time in front of each.
void appendContinuation(Out &out, const Header &header)
{
    appendBasic(out, 3, header.head.csid);
    if (header.time >= extendedFrom)
        wire::append32(out, header.time);
}

std::size_t sizeOf(Parts payload)
{
    return std::accumulate(payload.begin(), payload.end(), std::size_t{0},
                           [](std::size_t sum, ByteSpan part) { return sum + part.size(); });
}

// The largest that the message can become: one allocation for each block.
std::size_t cutSize(const Header &header, std::size_t chunkSize)
{
    constexpr std::size_t largestFields = 11;
    const std::size_t basic = basicSize(header.head.csid) + extendedSize(header.time);
    return largestFields + basic + header.length + header.length / chunkSize * basic;
}

void appendChunks(Out &out, const Header &header, Parts payload, std::size_t chunkSize)
{
    assert(chunkSize > 0);
    appendHeader(out, header);
    std::size_t room = chunkSize;
    for (ByteSpan part : payload) {
        while (!part.empty()) {
            if (room == 0) {
                appendContinuation(out, header);
                room = chunkSize;
            }
            const ByteSpan piece = part.first(std::min(room, part.size()));
            out.insert(out.end(), piece.begin(), piece.end());
            room -= piece.size();
            part = part.subspan(piece.size());
        }
    }
}

// A time that went back, by less than half of all times, has no delta.
bool isBackward(std::uint32_t from, std::uint32_t to)
{
    return std::int32_t(to - from) < 0;
}

Header firstHeader(const MessageHead &head, std::size_t length)
{
    assert(length <= 0xFFFFFF);
    return {0, head, head.timestamp, length};
}

} // namespace

void appendMessage(std::vector<std::uint8_t> &out, const MessageHead &head, Parts payload,
                   std::size_t chunkSize)
{
    appendChunks(out, firstHeader(head, sizeOf(payload)), payload, chunkSize);
}

Bytes writeMessage(const MessageHead &head, Parts payload, std::size_t chunkSize)
{
    const Header header = firstHeader(head, sizeOf(payload));
    Out out;
    out.reserve(cutSize(header, chunkSize));
    appendChunks(out, header, payload, chunkSize);
    return Bytes(std::move(out));
}

Bytes writeMessage(const MessageHead &head, ByteSpan payload, std::size_t chunkSize)
{
    return writeMessage(head, Parts(&payload, 1), chunkSize);
}

Bytes writeDelta(const DeltaHead &head, Parts payload, std::size_t chunkSize)
{
    const Header header{1, {head.csid, head.type, 0, 0}, head.delta, sizeOf(payload)};
    assert(header.length <= 0xFFFFFF);
    Out out;
    out.reserve(cutSize(header, chunkSize));
    appendChunks(out, header, payload, chunkSize);
    return Bytes(std::move(out));
}

void ChunkWriter::append(std::vector<std::uint8_t> &out, const Message &message)
{
    const MessageHead &head = message.head;
    const auto found = m_last.find(head.csid);
    const Last *last = found == m_last.end() ? nullptr : &found->second;
    Header header = firstHeader(head, message.payload.size());
    const bool follows = last && last->head.streamId == head.streamId
        && !isBackward(last->head.timestamp, head.timestamp);
    if (follows) {
        header.time = head.timestamp - last->head.timestamp;
        header.fmt = last->head.type == head.type && last->length == header.length ? 2 : 1;
        // An extended time is said in full: readers differ in what a bare header repeats.
        if (header.fmt == 2 && last->delta == header.time && header.time < extendedFrom)
            header.fmt = 3;
    }
    const ByteSpan parts[] = {message.payload};
    appendChunks(out, header, parts, m_chunkSize);
    m_last[head.csid] = {head, header.length, header.time};
}

} // namespace heliograph::rtmp
