// An Annex B stream, its NAL units, and the user data in its SEI messages.
#include "media/h264.h"

#include "engine/media/hex.h"
#include "fuzz/require.h"
#include "fuzz/targets.h"
#include "media/latency_sei.h"

#include <algorithm>

namespace heliograph::fuzz {

namespace {

constexpr std::uint8_t startCode[] = {0, 0, 1};

bool holdsStartCode(ByteSpan nal)
{
    return std::search(nal.begin(), nal.end(), std::begin(startCode), std::end(startCode))
        != nal.end();
}

void checkSplit(ByteSpan stream)
{
    std::vector<std::uint8_t> joined;
    const std::vector<ByteSpan> nals = h264::splitAnnexB(stream);
    for (const ByteSpan nal : nals) {
        require(!nal.empty() && nal.back() != 0, "no empty unit, no trailing zero");
        require(!holdsStartCode(nal), "no start code inside");
        joined.insert(joined.end(), std::begin(startCode), std::end(startCode));
        joined.insert(joined.end(), nal.begin(), nal.end());
    }
    const std::vector<ByteSpan> again = h264::splitAnnexB(joined);
    require(std::equal(nals.begin(), nals.end(), again.begin(), again.end(),
                       [](ByteSpan a, ByteSpan b) { return std::ranges::equal(a, b); }),
            "joining and splitting keeps the units");
}

void checkStamp(ByteSpan nal)
{
    if (const auto captured = latency_sei::read(nal))
        require(latency_sei::read(latency_sei::make(*captured)) == captured, "same stamp");
}

void checkUserData(ByteSpan payload)
{
    const std::vector<std::uint8_t> nal = h264::userDataSei(latency_sei::uuid, payload);
    require(!holdsStartCode(nal), "emulation prevention");
    require(h264::findUserData(nal, latency_sei::uuid) == test::vectorOf(payload), "same data");
}

} // namespace

int runH264Nal(ByteSpan input)
{
    checkSplit(input);
    for (const ByteSpan nal : h264::splitAnnexB(input))
        checkStamp(nal);
    checkStamp(input);
    checkUserData(input);
    return 0;
}

} // namespace heliograph::fuzz
