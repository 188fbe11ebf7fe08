#include "media/bit_reader.h"
#include "media/emulation.h"
#include "media/h264.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace heliograph::h264 {

namespace {

constexpr std::int64_t maximumSide = 16384; // pixels

// What decides the picture's size. The order of the fields in the stream (section 7.3.2.1.1):
//
//   profile_idc u(8) | constraint flags u(8) | level_idc u(8) | id ue
//   [ chroma_format_idc ue … scaling lists ]   only in the high profiles
//   log2_max_frame_num ue | pic_order_cnt_type ue …
//   max_num_ref_frames ue | gaps u(1)
//   width in macroblocks - 1 ue | height in map units - 1 ue
//   frame_mbs_only u(1) [ mb_adaptive u(1) ] | direct_8x8 u(1)
//   cropping u(1) [ left ue | right ue | top ue | bottom ue ] | vui …
struct Geometry {
    std::int64_t chromaFormat = 1; // 4:2:0 when not said
    bool separatePlanes = false;
    std::int64_t macroblocksWide = 0;
    std::int64_t mapUnitsHigh = 0;
    bool framesOnly = true;
    std::int64_t cropLeft = 0, cropRight = 0, cropTop = 0, cropBottom = 0; // in crop units
};

bool hasChromaFields(std::uint8_t profile)
{
    constexpr std::array<std::uint8_t, 13> profiles = {44,  83,  86,  100, 110, 118, 122,
                                                       128, 134, 135, 138, 139, 244};
    return std::find(profiles.begin(), profiles.end(), profile) != profiles.end();
}

// Section 7.3.2.1.1.1. Only the length in bits matters here, which depends on the values.
void skipScalingList(BitReader &reader, int size)
{
    std::uint32_t last = 8;
    std::uint32_t next = 8;
    for (int i = 0; i < size && !reader.failed(); ++i) {
        if (next != 0)
            next = (last + std::uint32_t(reader.signedGolomb())) & 0xff;
        last = next == 0 ? last : next;
    }
}

void readChromaFields(BitReader &reader, Geometry &geometry)
{
    geometry.chromaFormat = reader.unsignedGolomb();
    if (geometry.chromaFormat == 3)
        geometry.separatePlanes = reader.flag();
    reader.unsignedGolomb(); // bit_depth_luma_minus8
    reader.unsignedGolomb(); // bit_depth_chroma_minus8
    reader.flag(); // qpprime_y_zero_transform_bypass
    if (!reader.flag()) // seq_scaling_matrix_present
        return;
    const int lists = geometry.chromaFormat == 3 ? 12 : 8;
    for (int i = 0; i < lists; ++i) {
        if (reader.flag())
            skipScalingList(reader, i < 6 ? 16 : 64);
    }
}

// False when it breaks the specification.
bool skipPictureOrder(BitReader &reader)
{
    const std::uint32_t type = reader.unsignedGolomb();
    if (type == 0)
        reader.unsignedGolomb(); // log2_max_pic_order_cnt_lsb_minus4
    if (type != 1)
        return type <= 2;
    reader.flag(); // delta_pic_order_always_zero
    reader.signedGolomb(); // offset_for_non_ref_pic
    reader.signedGolomb(); // offset_for_top_to_bottom_field
    const std::uint32_t cycle = reader.unsignedGolomb();
    if (cycle > 255)
        return false;
    for (std::uint32_t i = 0; i < cycle; ++i)
        reader.signedGolomb();
    return true;
}

void readSize(BitReader &reader, Geometry &geometry)
{
    reader.unsignedGolomb(); // max_num_ref_frames
    reader.flag(); // gaps_in_frame_num_value_allowed
    geometry.macroblocksWide = std::int64_t{reader.unsignedGolomb()} + 1;
    geometry.mapUnitsHigh = std::int64_t{reader.unsignedGolomb()} + 1;
    geometry.framesOnly = reader.flag();
    if (!geometry.framesOnly)
        reader.flag(); // mb_adaptive_frame_field
    reader.flag(); // direct_8x8_inference
    if (!reader.flag())
        return;
    geometry.cropLeft = reader.unsignedGolomb();
    geometry.cropRight = reader.unsignedGolomb();
    geometry.cropTop = reader.unsignedGolomb();
    geometry.cropBottom = reader.unsignedGolomb();
}

// Section 7.4.2.1.1: crop units are chroma samples, and pairs of rows in interlaced streams.
bool applyGeometry(const Geometry &geometry, SpsInfo &info)
{
    const bool subsampled = !geometry.separatePlanes;
    const bool halfWide = subsampled && (geometry.chromaFormat == 1 || geometry.chromaFormat == 2);
    const bool halfHigh = subsampled && geometry.chromaFormat == 1;
    const std::int64_t fields = geometry.framesOnly ? 1 : 2;
    const std::int64_t codedWidth = geometry.macroblocksWide * 16;
    const std::int64_t codedHeight = geometry.mapUnitsHigh * 16 * fields;
    const std::int64_t width =
        codedWidth - (geometry.cropLeft + geometry.cropRight) * (halfWide ? 2 : 1);
    const std::int64_t height =
        codedHeight - (geometry.cropTop + geometry.cropBottom) * (halfHigh ? 2 : 1) * fields;
    if (codedWidth > maximumSide || codedHeight > maximumSide || width <= 0 || height <= 0)
        return false;
    info.width = int(width);
    info.height = int(height);
    return true;
}

tl::unexpected<Error> broken(std::string_view what)
{
    return failure(ErrorCode::Malformed, "read sequence parameter set › " + std::string(what));
}

} // namespace

Result<int> parameterSetId(ByteSpan nal)
{
    constexpr std::size_t farEnough = 16; // the id is among the first bytes
    const bool isSps = typeOf(nal) == NalType::Sps;
    if (nal.size() < 2 || (!isSps && typeOf(nal) != NalType::Pps))
        return broken("not one");
    const std::vector<std::uint8_t> payload =
        withoutEmulation(nal.subspan(1, std::min(nal.size() - 1, farEnough)));
    BitReader reader(payload);
    if (isSps)
        reader.bits(24); // profile, constraint flags, level
    const std::uint32_t id = reader.unsignedGolomb();
    if (reader.failed() || id > (isSps ? 31u : 255u))
        return broken("an id out of range");
    return int(id);
}

Result<SpsInfo> parseSps(ByteSpan nal)
{
    if (nal.size() < 4 || typeOf(nal) != NalType::Sps)
        return broken("not one");
    const std::vector<std::uint8_t> payload = withoutEmulation(nal.subspan(1));
    BitReader reader(payload);
    SpsInfo info;
    info.profile = std::uint8_t(reader.bits(8));
    info.compatibility = std::uint8_t(reader.bits(8));
    info.level = std::uint8_t(reader.bits(8));
    reader.unsignedGolomb(); // seq_parameter_set_id
    Geometry geometry;
    if (hasChromaFields(info.profile))
        readChromaFields(reader, geometry);
    reader.unsignedGolomb(); // log2_max_frame_num_minus4
    if (geometry.chromaFormat > 3 || !skipPictureOrder(reader))
        return broken("a field out of range");
    readSize(reader, geometry);
    if (reader.failed())
        return broken("truncated");
    if (!applyGeometry(geometry, info))
        return broken("impossible size");
    return info;
}

} // namespace heliograph::h264
