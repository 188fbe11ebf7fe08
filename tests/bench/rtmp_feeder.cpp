// Publishes an H.264 file to another RTMP server, as ours gets it: for the peer to measure against.
// Usage: rtmp_feeder FILE FPS URL
#include "looped_h264.h"
#include "media/nal_assembler.h"
#include "outputs/rtmp/tags.h"
#include "rtmp_client.h"

#include <csignal>
#include <cstdlib>
#include <iostream>

using namespace heliograph;

namespace {

std::atomic<bool> stopping{false};

class Feeder {
public:
    explicit Feeder(const std::string &url)
        : m_client(url, 0)
    {
        m_client.publish();
    }

    void push(ByteSpan annexB, std::chrono::nanoseconds time)
    {
        H264Assembler::Picture picture;
        picture.annexB = Bytes::copyOf(annexB);
        picture.pts = picture.dts = time;
        const auto unit = m_assembler.assemble(picture).value();
        if (m_units++ == 0)
            m_zero = time;
        const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(time - m_zero);
        if (unit->config != m_config)
            send(rtmp::sequenceHeader(*unit->config), now);
        m_config = unit->config;
        std::vector<std::uint8_t> payload;
        for (const rtmp::Tag tag(*unit, 0); const ByteSpan part : tag.parts())
            payload.insert(payload.end(), part.begin(), part.end());
        send(std::move(payload), now);
    }

private:
    void send(std::vector<std::uint8_t> payload, std::chrono::milliseconds time)
    {
        m_client.send(
            {{rtmp::chunk_stream::video, rtmp::MessageType::Video, 0, std::uint32_t(time.count())},
             Bytes(std::move(payload))});
    }

    bench::RtmpClient m_client;
    H264Assembler m_assembler;
    std::shared_ptr<const Track> m_config; // told
    std::uint64_t m_units = 0;
    std::chrono::nanoseconds m_zero{0};
};

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4)
        return 1;
    std::signal(SIGTERM, [](int) { stopping = true; });
    try {
        const bench::LoopedH264 file(argv[1], std::atof(argv[2]));
        Feeder feeder(argv[3]);
        file.run([&](ByteSpan annexB, std::chrono::nanoseconds time) { feeder.push(annexB, time); },
                 stopping);
    } catch (const std::exception &problem) {
        std::cerr << problem.what() << std::endl;
        return 1;
    }
    return 0;
}
