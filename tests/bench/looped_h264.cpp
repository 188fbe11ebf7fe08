#include "looped_h264.h"

#include "core/clock.h"
#include "media/h264.h"
#include "media/latency_sei.h"

#include <fstream>
#include <stdexcept>
#include <thread>

namespace heliograph::bench {

namespace {

void append(std::vector<std::uint8_t> &to, ByteSpan nal)
{
    to.insert(to.end(), {0, 0, 0, 1});
    to.insert(to.end(), nal.begin(), nal.end());
}

// first_mb_in_slice is the first Exp-Golomb code behind the header: a lone 1 bit means 0, the
// first slice of a picture.
bool startsPicture(ByteSpan nal)
{
    const auto type = h264::typeOf(nal);
    const bool slice = type == h264::NalType::NonIdrSlice || type == h264::NalType::IdrSlice;
    return slice && nal.size() > 1 && (nal[1] & 0x80);
}

} // namespace

LoopedH264::LoopedH264(const std::string &file, double fps)
    : m_interval(std::int64_t(1e9 / fps))
{
    std::ifstream stream(file, std::ios::binary);
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(stream), {}};
    Picture next;
    bool hasSlice = false;
    const auto finish = [&] {
        if (hasSlice)
            m_pictures.push_back(std::exchange(next, {}));
        hasSlice = false;
    };
    for (const ByteSpan nal : h264::splitAnnexB(bytes)) {
        const auto type = h264::typeOf(nal);
        const bool set = type == h264::NalType::Sps || type == h264::NalType::Pps;
        if (set || startsPicture(nal))
            finish();
        if (!h264::isCarried(type) || type == h264::NalType::Sei)
            continue;
        append(set ? next.parameterSets : next.rest, nal);
        hasSlice = hasSlice || !set;
    }
    finish();
    if (m_pictures.empty())
        throw std::runtime_error(file + " holds no H.264 picture");
}

std::vector<std::uint8_t> LoopedH264::stamped(std::size_t index) const
{
    const Picture &picture = m_pictures[index % m_pictures.size()];
    std::vector<std::uint8_t> annexB = picture.parameterSets;
    append(annexB, latency_sei::make(SystemClock().wallNow()));
    annexB.insert(annexB.end(), picture.rest.begin(), picture.rest.end());
    return annexB;
}

void LoopedH264::run(const Deliver &deliver, const std::atomic<bool> &stop) const
{
    auto next = std::chrono::steady_clock::now();
    for (std::size_t i = 0; !stop; ++i) {
        deliver(stamped(i), next.time_since_epoch());
        next += m_interval;
        std::this_thread::sleep_until(next);
    }
}

} // namespace heliograph::bench
