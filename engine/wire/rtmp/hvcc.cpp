#include "wire/rtmp/hvcc.h"

#include "wire/big_endian.h"

#include <algorithm>
#include <array>

namespace heliograph::rtmp {

namespace {

using hevc::NalType;

//  version 8 (1) | profile, tier and level 96 | 1111 | segmentation 12 | 111111 | parallelism 2
//  111111 | chroma 2 | 11111 | luma depth - 8, 3 | 11111 | chroma depth - 8, 3 | frame rate 16
//  constant rate 2 | layers 3 | nested 1 | prefix size - 1, 2 | number of arrays 8
//  complete 1 | 0 | type 6 | number 16 | size 16 | NAL unit | …              section 8.3.3.1.2
constexpr std::size_t lengthSizeAt = 21;
constexpr std::size_t arraysAt = 22;
constexpr std::uint8_t prefixSize = 4;
constexpr std::array setTypes = {NalType::Vps, NalType::Sps, NalType::Pps};

tl::unexpected<Error> broken(const char *what)
{
    return failure(ErrorCode::Malformed, std::string("read H.265 in FLV › ") + what);
}

bool isSet(ByteSpan nal)
{
    return std::ranges::find(setTypes, hevc::typeOf(nal)) != setTypes.end();
}

// Takes one array of NAL units off the front.
bool takeArray(const Bytes &record, std::size_t &at, std::vector<Bytes> &sets)
{
    if (record.size() - at < 3)
        return false;
    int left = wire::read16(record, at + 1);
    for (at += 3; left > 0; --left) {
        if (record.size() - at < 2)
            return false;
        const std::size_t size = wire::read16(record, at);
        at += 2;
        if (size > record.size() - at)
            return false;
        if (const Bytes nal = record.slice(at, size); isSet(nal))
            sets.push_back(nal);
        at += size;
    }
    return true;
}

void appendArray(std::vector<std::uint8_t> &out, const Bytes &first, const std::vector<Bytes> &more)
{
    constexpr std::uint8_t complete = 0x80;
    std::vector<Bytes> sets = {first};
    std::ranges::copy_if(more, std::back_inserter(sets), [&](const Bytes &set) {
        return hevc::typeOf(set) == hevc::typeOf(first);
    });
    out.push_back(complete | std::uint8_t(hevc::typeOf(first)));
    wire::append16(out, std::uint16_t(sets.size()));
    for (const Bytes &set : sets) {
        wire::append16(out, std::uint16_t(set.size()));
        out.insert(out.end(), set.span().begin(), set.span().end());
    }
}

} // namespace

Result<HvcRecord> parseHvcRecord(const Bytes &record)
{
    if (record.size() <= arraysAt)
        return broken("short record");
    if (record[0] != 1)
        return broken("another version of the record");
    HvcRecord hvc;
    hvc.lengthSize = (record[lengthSizeAt] & 3) + 1;
    std::size_t at = arraysAt + 1;
    for (int left = record[arraysAt]; left > 0; --left)
        if (!takeArray(record, at, hvc.sets))
            return broken("parameter sets");
    for (const NalType type : setTypes)
        if (std::ranges::none_of(hvc.sets,
                                 [type](const Bytes &set) { return hevc::typeOf(set) == type; }))
            return broken("a parameter set is missing");
    return hvc;
}

std::vector<std::uint8_t> writeHvcRecord(const HevcConfig &config)
{
    const hevc::SpsInfo &info = config.info;
    std::vector<std::uint8_t> out(1 + info.profileTierLevel.size(), 1); // the version first
    std::ranges::copy(info.profileTierLevel, out.begin() + 1);
    wire::append16(out, 0xf000); // no minimum segmentation
    out.push_back(0xfc); // parallelism: unknown
    out.push_back(std::uint8_t(0xfc | info.chromaFormat));
    out.push_back(std::uint8_t(0xf8 | (info.lumaDepth - 8)));
    out.push_back(std::uint8_t(0xf8 | (info.chromaDepth - 8)));
    wire::append16(out, 0); // frame rate: unknown
    out.push_back(
        std::uint8_t(info.temporalLayers << 3 | int(info.temporalNesting) << 2 | (prefixSize - 1)));
    out.push_back(std::uint8_t(setTypes.size()));
    for (const Bytes *set : {&config.vps, &config.sps, &config.pps})
        appendArray(out, *set, config.moreSets);
    return out;
}

} // namespace heliograph::rtmp
