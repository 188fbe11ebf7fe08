#include "wire/rtmp/four_cc.h"

namespace heliograph::rtmp {

std::string FourCc::text() const
{
    std::string letters;
    for (int shift = 24; shift >= 0 && !isNone(); shift -= 8) {
        const char letter = char(m_value >> shift);
        letters += letter > ' ' && letter <= '~' ? letter : '.';
    }
    return letters;
}

} // namespace heliograph::rtmp
