#include "wire/rtmp/avcc.h"

#include "media/bit_reader.h"
#include "media/emulation.h"
#include "wire/big_endian.h"

namespace heliograph::rtmp {

namespace {

constexpr int prefixSize = 4;

tl::unexpected<Error> broken(const char *what)
{
    return failure(ErrorCode::Malformed, std::string("read H.264 in FLV › ") + what);
}

//  version 8 (1) | profile 8 | compatibility 8 | level 8 | 111111 | prefix size - 1, 2 bits
//  111 | number of SPS 5 | size 16 | SPS | …
//  number of PPS 8 | size 16 | PPS | …
//  of the High profiles: 111111 | chroma 2 | 11111 | luma depth - 8, 3 | 11111 | chroma depth - 8,
//  3 | number of SPS extensions 8 | …                                       section 5.3.3.1.2
constexpr std::size_t fixedSize = 5;
constexpr unsigned spsMask = 0x1f; // of their counts
constexpr unsigned ppsMask = 0xff;

// Takes a count, by its mask, and as many sets with their sizes off the front.
bool takeSets(const Bytes &record, std::size_t &at, unsigned mask, std::vector<Bytes> &sets)
{
    if (at >= record.size())
        return false;
    for (unsigned left = record[at++] & mask; left > 0; --left) {
        if (at + 2 > record.size())
            return false;
        const std::size_t size = wire::read16(record, at);
        at += 2;
        if (size > record.size() - at)
            return false;
        if (size != 0)
            sets.push_back(record.slice(at, size));
        at += size;
    }
    return !sets.empty();
}

void appendSet(std::vector<std::uint8_t> &out, const Bytes &nal)
{
    wire::append16(out, std::uint16_t(nal.size()));
    out.insert(out.end(), nal.span().begin(), nal.span().end());
}

// The sets of the first one's type, as many as the bits of `mask` can count.
void appendSets(std::vector<std::uint8_t> &out, unsigned mask, const Bytes &first,
                const std::vector<Bytes> &more)
{
    const std::size_t counter = out.size();
    unsigned count = 1;
    out.push_back(0);
    appendSet(out, first);
    for (const Bytes &nal : more) {
        if (h264::typeOf(nal) != h264::typeOf(first) || count == mask)
            continue;
        appendSet(out, nal);
        ++count;
    }
    out[counter] = std::uint8_t((0xff & ~mask) | count);
}

// Baseline, Main and Extended have no extension.
bool isHigh(std::uint8_t profile)
{
    return profile != 66 && profile != 77 && profile != 88;
}

void appendExtension(std::vector<std::uint8_t> &out, const Bytes &sps)
{
    const std::vector<std::uint8_t> bits = h264::withoutEmulation(sps.span().subspan(4));
    h264::BitReader reader(bits);
    reader.unsignedGolomb(); // seq_parameter_set_id
    const std::uint32_t chroma = reader.unsignedGolomb();
    if (chroma == 3)
        reader.flag(); // separate_colour_plane
    const std::uint32_t lumaDepth = reader.unsignedGolomb();
    const std::uint32_t chromaDepth = reader.unsignedGolomb();
    out.push_back(std::uint8_t(0xfc | (chroma & 3)));
    out.push_back(std::uint8_t(0xf8 | (lumaDepth & 7)));
    out.push_back(std::uint8_t(0xf8 | (chromaDepth & 7)));
    out.push_back(0); // SPS extensions
}

std::size_t readPrefix(const Bytes &body, std::size_t at, int size)
{
    std::size_t length = 0;
    for (int i = 0; i < size; ++i)
        length = (length << 8) | body[at + std::size_t(i)];
    return length;
}

} // namespace

Result<AvcRecord> parseAvcRecord(const Bytes &record)
{
    if (record.size() < fixedSize)
        return broken("short record");
    if (record[0] != 1)
        return broken("another version of the record");
    AvcRecord avc;
    avc.lengthSize = (record[4] & 3) + 1;
    std::size_t at = fixedSize;
    if (!takeSets(record, at, spsMask, avc.sps) || !takeSets(record, at, ppsMask, avc.pps))
        return broken("parameter sets");
    return avc;
}

std::vector<std::uint8_t> writeAvcRecord(const H264Config &config)
{
    const Bytes &sps = config.sps;
    std::vector<std::uint8_t> out = {1, config.info.profile, config.info.compatibility,
                                     config.info.level, 0xfc | (prefixSize - 1)};
    appendSets(out, spsMask, sps, config.moreSets);
    appendSets(out, ppsMask, config.pps, config.moreSets);
    if (isHigh(config.info.profile) && sps.size() > 4)
        appendExtension(out, sps);
    return out;
}

Result<std::vector<Bytes>> splitLengthPrefixed(const Bytes &body, int lengthSize)
{
    std::vector<Bytes> units;
    const auto prefix = std::size_t(lengthSize);
    std::size_t at = 0;
    while (at < body.size()) {
        if (body.size() - at < prefix)
            return broken("rest behind the NAL units");
        const std::size_t length = readPrefix(body, at, lengthSize);
        at += prefix;
        if (length > body.size() - at)
            return broken("NAL unit past the end");
        if (length != 0)
            units.push_back(body.slice(at, length));
        at += length;
    }
    return units;
}

LengthPrefixed::LengthPrefixed(ByteSpan head, std::span<const Bytes> units)
    : m_prefixes(units.size())
{
    m_parts.reserve(1 + 2 * units.size());
    m_parts.push_back(head);
    m_size = head.size();
    for (std::size_t i = 0; i < units.size(); ++i) {
        wire::write32(m_prefixes[i].data(), std::uint32_t(units[i].size()));
        m_parts.push_back(m_prefixes[i]);
        m_parts.push_back(units[i]);
        m_size += prefixSize + units[i].size();
    }
}

} // namespace heliograph::rtmp
