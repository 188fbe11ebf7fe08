#include "sources/sound_branch.h"

#include "gst/sample.h"

#include <spdlog/fmt/fmt.h>

namespace heliograph {

// async=false: a microphone that delivers nothing does not hold up its camera.
std::string soundBranch()
{
    return fmt::format("capsfilter name=sound caps=audio/x-raw ! audioconvert ! audioresample"
                       " ! appsink name=audio sync=false async=false max-buffers=50 drop=true"
                       " caps=\"{}\"",
                       gst::rawAudioCaps());
}

Result<> attachSound(gst::Pipeline &pipeline, const gst::Device &microphone)
{
    return pipeline.prepend(gst::createElement(microphone).release(), "sound");
}

} // namespace heliograph
