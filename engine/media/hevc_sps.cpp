#include "media/bit_reader.h"
#include "media/emulation.h"
#include "media/hevc.h"

#include <algorithm>
#include <string_view>

namespace heliograph::hevc {

namespace {

using h264::BitReader;

constexpr std::int64_t maximumSide = 16384; // pixels

tl::unexpected<Error> broken(std::string_view what)
{
    return failure(ErrorCode::Malformed, "read H.265 parameter set › " + std::string(what));
}

// Section 7.3.3: what a sub-layer says of itself, for which nobody here asks.
void skipSubLayers(BitReader &reader, int count)
{
    constexpr int profileBits = 88;
    std::array<bool, 7> hasProfile{};
    std::array<bool, 7> hasLevel{};
    for (std::size_t i = 0; i < std::size_t(count); ++i) {
        hasProfile[i] = reader.flag();
        hasLevel[i] = reader.flag();
    }
    for (int i = count; count > 0 && i < 8; ++i)
        reader.bits(2);
    for (std::size_t i = 0; i < std::size_t(count); ++i) {
        for (int bit = 0; hasProfile[i] && bit < profileBits; bit += 8)
            reader.bits(8);
        if (hasLevel[i])
            reader.bits(8);
    }
}

//  vps id u(4) | sub-layers - 1 u(3) | nesting u(1) | profile, tier, level 96 | sub-layers …
void readHead(BitReader &reader, SpsInfo &info)
{
    reader.bits(4);
    const auto subLayers = int(reader.bits(3));
    info.temporalLayers = subLayers + 1;
    info.temporalNesting = reader.flag();
    for (std::uint8_t &byte : info.profileTierLevel)
        byte = std::uint8_t(reader.bits(8));
    skipSubLayers(reader, std::min(subLayers, 7));
}

//  width ue | height ue | window u(1) [ left ue | right ue | top ue | bottom ue ]
// Section 7.4.3.2.1: the window counts in chroma samples. False: impossible.
bool readSize(BitReader &reader, SpsInfo &info)
{
    const std::int64_t codedWidth = reader.unsignedGolomb();
    const std::int64_t codedHeight = reader.unsignedGolomb();
    std::array<std::int64_t, 4> window{};
    if (reader.flag())
        for (std::int64_t &side : window)
            side = reader.unsignedGolomb();
    const int wide = info.chromaFormat == 1 || info.chromaFormat == 2 ? 2 : 1;
    const int high = info.chromaFormat == 1 ? 2 : 1;
    const std::int64_t width = codedWidth - (window[0] + window[1]) * wide;
    const std::int64_t height = codedHeight - (window[2] + window[3]) * high;
    if (codedWidth > maximumSide || codedHeight > maximumSide || width <= 0 || height <= 0)
        return false;
    info.width = int(width);
    info.height = int(height);
    return true;
}

bool readDepths(BitReader &reader, SpsInfo &info)
{
    const std::uint32_t luma = reader.unsignedGolomb();
    const std::uint32_t chroma = reader.unsignedGolomb();
    if (luma > 8 || chroma > 8)
        return false;
    info.lumaDepth = int(8 + luma);
    info.chromaDepth = int(8 + chroma);
    return true;
}

// Of the highest temporal layer, which has the most.
bool readOrder(BitReader &reader, SpsInfo &info)
{
    constexpr std::uint32_t most = 16; // pictures in a decoder's buffer
    reader.unsignedGolomb(); // log2_max_pic_order_cnt_lsb_minus4
    const int layers = reader.flag() ? info.temporalLayers : 1;
    std::uint32_t reordered = 0;
    for (int layer = 0; layer < layers; ++layer) {
        reader.unsignedGolomb(); // sps_max_dec_pic_buffering_minus1
        reordered = reader.unsignedGolomb();
        reader.unsignedGolomb(); // sps_max_latency_increase_plus1
    }
    info.reordered = int(std::min(reordered, most));
    return reordered <= most;
}

} // namespace

Result<SpsInfo> parseSps(ByteSpan nal)
{
    if (typeOf(nal) != NalType::Sps)
        return broken("not one");
    const std::vector<std::uint8_t> payload = h264::withoutEmulation(nal.subspan(headerSize));
    BitReader reader(payload);
    SpsInfo info;
    readHead(reader, info);
    reader.unsignedGolomb(); // sps_seq_parameter_set_id
    const std::uint32_t chroma = reader.unsignedGolomb();
    if (chroma > 3)
        return broken("a field out of range");
    info.chromaFormat = int(chroma);
    if (chroma == 3 && reader.flag()) // separate planes: each as if without colour
        info.chromaFormat = 0;
    const bool isPossible =
        readSize(reader, info) && readDepths(reader, info) && readOrder(reader, info);
    if (reader.failed())
        return broken("truncated");
    if (!isPossible)
        return broken("a field out of range, or an impossible size");
    return info;
}

Result<int> parameterSetId(ByteSpan nal)
{
    constexpr std::size_t farEnough = 200; // behind seven sub-layers, escaped
    const NalType type = typeOf(nal);
    if (type < NalType::Vps || type > NalType::Pps || nal.size() <= headerSize)
        return broken("not one");
    const std::vector<std::uint8_t> payload = h264::withoutEmulation(
        nal.subspan(headerSize, std::min(nal.size() - headerSize, farEnough)));
    BitReader reader(payload);
    if (type == NalType::Vps)
        return int(reader.bits(4));
    if (SpsInfo ignored; type == NalType::Sps)
        readHead(reader, ignored);
    const std::uint32_t id = reader.unsignedGolomb();
    if (reader.failed() || id > (type == NalType::Sps ? 15u : 63u))
        return broken("an id out of range");
    return int(id);
}

} // namespace heliograph::hevc
