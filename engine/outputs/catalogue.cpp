#include "outputs/catalogue.h"

#include "outputs/rtmp/rtmp_output.h"
#include "outputs/rtsp/rtsp_output.h"

namespace heliograph {

const std::vector<OutputType> &outputCatalogue()
{
    static const std::vector<OutputType> types = {
        rtspOutput(),
        rtmpOutput(),
    };
    return types;
}

} // namespace heliograph
