#include "media/hevc.h"

namespace heliograph::hevc {

bool isSlice(NalType type)
{
    return type <= NalType::LastOrdinarySlice || isRandomAccess(type);
}

bool isRandomAccess(NalType type)
{
    return type >= NalType::FirstRandomAccess && type <= NalType::LastRandomAccess;
}

bool isIdr(NalType type)
{
    return type == NalType::IdrWithLeading || type == NalType::IdrWithoutLeading;
}

bool isCarried(NalType type)
{
    const bool marks = type >= NalType::AccessUnitDelimiter && type <= NalType::Filler;
    return !marks && type <= NalType::LastOfStandard;
}

std::string profileName(const SpsInfo &info)
{
    const int profile = info.profileTierLevel[0] & 0x1f;
    switch (profile) {
    case 1:
        return "Main";
    case 2:
        return "Main 10";
    case 3:
        return "Main Still Picture";
    case 4:
        return "Range Extensions";
    default:
        return "profile " + std::to_string(profile);
    }
}

} // namespace heliograph::hevc
