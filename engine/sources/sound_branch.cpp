#include "sources/sound_branch.h"

#include "gst/sample.h"

#include <spdlog/fmt/fmt.h>

namespace heliograph {

namespace {

// PipeWire gives who takes one channel of two the left one alone.
const char *capsFor(const gst::Device &microphone)
{
    const bool isMono = microphone.info.channels == std::vector{1};
    return isMono ? "audio/x-raw" : "audio/x-raw,channels=2;audio/x-raw";
}

} // namespace

// async=false: a microphone that delivers nothing does not hold up its camera.
std::string soundBranch(const gst::Device &microphone)
{
    return fmt::format("capsfilter name=sound caps=\"{}\" ! audioconvert ! audioresample"
                       " ! appsink name=audio sync=false async=false max-buffers=50 drop=true"
                       " caps=\"{}\"",
                       capsFor(microphone), gst::rawAudioCaps());
}

Result<> attachSound(gst::Pipeline &pipeline, const gst::Device &microphone)
{
    return pipeline.prepend(gst::createElement(microphone).release(), "sound");
}

} // namespace heliograph
