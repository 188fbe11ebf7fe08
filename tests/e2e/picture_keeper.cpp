// Takes a picture of the first webcam and keeps it. Prints "kept"; when a line comes in, the camera
// may be gone, it reads the picture's bytes again and prints "same" or "changed".
#include "sources/catalogue.h"

#include <iostream>
#include <numeric>

using namespace heliograph;

namespace {

VideoFrame take(Source &source, const std::stop_token &stop)
{
    while (true) {
        auto item = source.read(stop).value();
        if (auto *frame = std::get_if<VideoFrame>(&item))
            return std::move(*frame);
    }
}

std::uint64_t sumOf(const Bytes &bytes)
{
    return std::accumulate(bytes.data(), bytes.data() + bytes.size(), std::uint64_t(0));
}

} // namespace

int main()
{
    const SourceType *type = findSourceType("webcam");
    const Settings settings = completeSettings(wholeSchema(*type), {}).value();
    IngestDesk desk;
    const auto source = type->create(settings, SourceContext{desk}).value();
    const std::stop_source stop;
    source->open(stop.get_token()).value();
    const VideoFrame frame = take(*source, stop.get_token());
    const std::uint64_t sum = sumOf(frame.planes[0]);
    std::cout << "kept" << std::endl;
    std::cin.get();
    std::cout << (sumOf(frame.planes[0]) == sum ? "same" : "changed") << std::endl;
    return 0;
}
