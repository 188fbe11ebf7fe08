// Pulled from a real server: our own, which serves a file over RTMP.
#include "sources/rtmp/item_source.h"
#include "sources/rtmp/pull_supply.h"

#include "engine/sources/files.h"

#include <engine/await.h>
#include <engine/studio.h>

#include <algorithm>
#include <map>
#include <thread>

using namespace heliograph;

namespace {

constexpr std::size_t pictures = 60; // more than a round
const SystemClock systemClock;

std::unique_ptr<Source> pulled(const std::string &url,
                               Certificate certificate = Certificate::Checked)
{
    return itemSource(supplyFromServer(Secret(url), certificate).value(), {}, systemClock);
}

// Serves RTMP on a free port.
class Server {
public:
    Server()
    {
        StudioOptions options;
        options.log = LogLevel::Quiet;
        options.discoverDevices = false;
        m_studio = *Studio::create(std::move(options));
        EXPECT_TRUE(await([&](Reply<> reply) {
            m_studio->configureOutput(
                {"rtmp", {{"port", std::int64_t(0)}, {"tls", true}, {"tls_port", std::int64_t(0)}}},
                std::move(reply));
        }));
    }

    void publish(const std::string &file, const std::string &mount)
    {
        const auto id = await<SourceId>([&](Reply<SourceId> reply) {
            m_studio->addSource({mount, "file", {{"path", file}}}, std::move(reply));
        });
        EXPECT_TRUE(await([&](Reply<> reply) {
            m_studio->publish(id.value(), {mount, Audience::ThisComputer}, std::move(reply));
        }));
        while (m_studio->snapshot()->streams.empty() || !m_studio->snapshot()->streams[0].ready)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }

    std::string url(const std::string &scheme = "rtmp") const
    {
        for (;;) {
            for (const OutputSnapshot &output : m_studio->snapshot()->outputs)
                if (output.type == "rtmp" && output.port != 0 && output.securePort != 0)
                    return scheme + "://127.0.0.1:"
                        + std::to_string(scheme == "rtmps" ? output.securePort : output.port)
                        + "/live/";
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }

private:
    std::unique_ptr<Studio> m_studio;
};

std::vector<std::vector<std::uint8_t>> slicesOf(const std::vector<AccessUnitPtr> &units)
{
    std::vector<std::vector<std::uint8_t>> nals;
    for (const AccessUnitPtr &unit : units)
        for (const Bytes &nal : unit->units)
            if (h264::typeOf(nal) <= h264::NalType::IdrSlice)
                nals.emplace_back(nal.span().begin(), nal.span().end());
    return nals;
}

} // namespace

TEST(RtmpPull, PassesOnWhatTheServerHasNalForNal)
{
    const test::Folder folder;
    const std::string clip = folder / "clip.mp4";
    ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=320x180:rate=25 -f lavfi -i sine -t 2 "
                             "-c:v libx264 -bf 2 -g 25 -c:a aac -ac 2 "
                             + test::shellWord(clip)));
    const auto stream = test::outputOf("ffmpeg -v error -nostdin -i " + test::shellWord(clip)
                                       + " -map 0:v -c copy -bsf:v h264_mp4toannexb -f h264 -");
    std::vector<std::vector<std::uint8_t>> sent;
    for (int round = 0; round < 3; ++round)
        for (const ByteSpan nal : h264::splitAnnexB(stream))
            if (h264::typeOf(nal) <= h264::NalType::IdrSlice)
                sent.emplace_back(nal.begin(), nal.end());

    Server server;
    server.publish(clip, "clip");
    const auto source = pulled(server.url() + "clip?token=sesame");
    const auto tracks = source->open({});
    ASSERT_TRUE(tracks) << tracks.error().detail;
    EXPECT_EQ((std::vector{TrackId::Video, TrackId::Audio}), *tracks);
    std::vector<AccessUnitPtr> shown;
    while (shown.size() < pictures) {
        const auto units = test::readUnits(*source, 1);
        ASSERT_EQ(1u, units.size());
        for (const AccessUnitPtr &unit : test::ofTrack(units, TrackId::Video))
            shown.push_back(unit);
    }
    const auto came = slicesOf(shown);
    EXPECT_NE(sent.end(), std::search(sent.begin(), sent.end(), came.begin(), came.end()));
    EXPECT_TRUE(shown[0]->keyframe);
    for (std::size_t i = 1; i < shown.size(); ++i) {
        EXPECT_GE(shown[i]->dts - shown[i - 1]->dts, std::chrono::milliseconds(38));
        EXPECT_GE(shown[i]->pts, shown[i]->dts);
    }
    EXPECT_TRUE(std::ranges::any_of(
        shown, [](const AccessUnitPtr &unit) { return unit->pts > unit->dts; }));
}

// Ours is signed by itself.
TEST(RtmpPull, OverTlsACertificateThatNobodyVouchesForIsRefusedUnlessAnyIsTaken)
{
    const test::Folder folder;
    const std::string clip = folder / "clip.mp4";
    ASSERT_TRUE(test::ffmpeg("-f lavfi -i testsrc2=size=320x180:rate=25 -t 2 -c:v libx264 -g 25 "
                             + test::shellWord(clip)));
    Server server;
    server.publish(clip, "clip");
    const std::string url = server.url("rtmps") + "clip";
    const auto refused = pulled(url)->open({});
    ASSERT_FALSE(refused);
    EXPECT_EQ(ErrorCode::CertificateRefused, refused.error().code);
    const auto source = pulled(url, Certificate::Any);
    ASSERT_TRUE(source->open({}));
    EXPECT_EQ(30u, test::readUnits(*source, 30).size());
}

TEST(RtmpPull, WhatCannotBePulledIsToldWithItsCauseAndWithoutItsName)
{
    const Server server;
    const std::map<std::string, ErrorCode> why = {
        {server.url() + "sesame", ErrorCode::StreamUnknown},
        {"rtmp://ann:sesame@127.0.0.1:1/live/sesame", ErrorCode::ConnectionRefused},
        {"rtmp://ann:sesame@nothing.invalid/live/sesame", ErrorCode::HostUnknown}};
    for (const auto &[url, code] : why) {
        const auto tracks = pulled(url)->open({});
        ASSERT_FALSE(tracks);
        EXPECT_EQ(code, tracks.error().code) << tracks.error().detail;
        EXPECT_EQ(std::string::npos, tracks.error().detail.find("sesame"));
    }
}

TEST(RtmpPull, AnAddressThatIsNoneIsRefusedWithoutBeingQuoted)
{
    for (const char *url : {"sesame", "http://ann:sesame@server/live/cam", "rtmp://sesame"}) {
        const auto supply = supplyFromServer(Secret(url), Certificate::Checked);
        ASSERT_FALSE(supply) << url;
        EXPECT_EQ(ErrorCode::InvalidArgument, supply.error().code);
        EXPECT_EQ(std::string::npos, supply.error().detail.find("sesame"));
    }
}
