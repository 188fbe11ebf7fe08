#include "media/h264.h"

#include "media/bit_reader.h"
#include "media/emulation.h"

#include <algorithm>
#include <cstring>

namespace heliograph::h264 {

namespace {

constexpr std::size_t startCodeSize = 3; // 00 00 01; a fourth byte is a trailing zero before it

// Where the next 00 00 01 begins at or after `from`; the stream's size when there is none.
// Looks for the 1, which is far rarer than zeros are.
std::size_t findStartCode(ByteSpan stream, std::size_t from)
{
    std::size_t position = from + startCodeSize - 1;
    while (position < stream.size()) {
        const void *found = std::memchr(&stream[position], 1, stream.size() - position);
        if (!found)
            break;
        position = std::size_t(static_cast<const std::uint8_t *>(found) - stream.data());
        if (stream[position - 1] == 0 && stream[position - 2] == 0)
            return position - 2;
        ++position;
    }
    return stream.size();
}

// A NAL unit never ends in a zero (section 7.4.1): those belong to the byte stream.
ByteSpan withoutTrailingZeros(ByteSpan nal)
{
    std::size_t size = nal.size();
    while (size > 0 && nal[size - 1] == 0)
        --size;
    return nal.first(size);
}

bool hasConstraint(const SpsInfo &info, int set)
{
    return ((info.compatibility >> (7 - set)) & 1) != 0;
}

std::string highName(const SpsInfo &info)
{
    if (!hasConstraint(info, 4))
        return "High";
    return hasConstraint(info, 5) ? "Constrained High" : "Progressive High";
}

} // namespace

std::vector<ByteSpan> splitAnnexB(ByteSpan stream)
{
    std::vector<ByteSpan> nals;
    std::size_t start = findStartCode(stream, 0);
    while (start < stream.size()) {
        const std::size_t begin = start + startCodeSize;
        start = findStartCode(stream, begin);
        const ByteSpan nal = withoutTrailingZeros(stream.subspan(begin, start - begin));
        if (!nal.empty())
            nals.push_back(nal);
    }
    return nals;
}

bool isBSlice(ByteSpan nal)
{
    constexpr std::size_t farEnough = 12; // escaped
    constexpr std::uint32_t kinds = 5; // each type has a twin that says all slices are like it
    if (typeOf(nal) != NalType::NonIdrSlice)
        return false;
    const auto head = withoutEmulation(nal.subspan(1, std::min(nal.size() - 1, farEnough)));
    BitReader reader(head);
    reader.unsignedGolomb(); // first_mb_in_slice
    return reader.unsignedGolomb() % kinds == 1 && !reader.failed();
}

bool isCarried(NalType type)
{
    switch (type) {
    case NalType::AccessUnitDelimiter:
    case NalType::EndOfSequence:
    case NalType::EndOfStream:
    case NalType::Filler:
        return false;
    default:
        return true;
    }
}

std::string profileName(const SpsInfo &info)
{
    const std::string intra = hasConstraint(info, 3) ? " Intra" : "";
    switch (info.profile) {
    case 44:
        return "CAVLC 4:4:4 Intra";
    case 66:
        return hasConstraint(info, 1) ? "Constrained Baseline" : "Baseline";
    case 77:
        return "Main";
    case 88:
        return "Extended";
    case 100:
        return highName(info);
    case 110:
        return "High 10" + intra;
    case 122:
        return "High 4:2:2" + intra;
    case 244:
        return intra.empty() ? "High 4:4:4 Predictive" : "High 4:4:4 Intra";
    default:
        return "profile " + std::to_string(info.profile);
    }
}

} // namespace heliograph::h264
