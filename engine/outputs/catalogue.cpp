#include "outputs/catalogue.h"

#include "outputs/rtsp/rtsp_output.h"

namespace heliograph {

const std::vector<OutputType> &outputCatalogue()
{
    static const std::vector<OutputType> types = {
        rtspOutput(),
    };
    return types;
}

} // namespace heliograph
