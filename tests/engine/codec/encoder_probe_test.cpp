// What is true of every computer, with hardware or without.
#include "codec/ffmpeg/encoder_probe.h"

#include "codec/encoder_kinds.h"
#include "codec/ffmpeg/h264_encoder.h"
#include "codec/ffmpeg/hardware_reason.h"
#include "codec/ffmpeg/probe_picture.h"
#include "engine/sentences.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <set>
#include <thread>
#include <unistd.h>

#include "pictures.h"

using namespace heliograph;
namespace fs = std::filesystem;

namespace {

struct Folder {
    Folder()
        : path(fs::temp_directory_path() / ("heliograph-nodes-" + std::to_string(::getpid())))
    {
        fs::create_directories(path);
    }
    ~Folder() { fs::remove_all(path); }
    const fs::path path;
};

} // namespace

TEST(EncoderProbe, TellsOfEveryKindWhetherItWorksOrWhyNot)
{
    const auto all = probedEncoders();
    ASSERT_EQ(1 + hardwareEncoders.size(), all.size());
    EXPECT_EQ("software", all[0].id);
    EXPECT_FALSE(all[0].error);
    std::set<std::string> ids;
    for (const EncoderInfo &encoder : all) {
        EXPECT_TRUE(ids.insert(encoder.id).second);
        EXPECT_FALSE(encoder.title.empty());
        EXPECT_EQ(!encoder.error, encoderWorks(encoder.id));
        std::cout << encoder.title << ": " << (encoder.error ? sentence(*encoder.error) : "works")
                  << " [" << (encoder.error ? encoder.error->detail : "") << "]\n";
        if (!encoder.error)
            continue;
        const ErrorCode code = encoder.error->code;
        EXPECT_TRUE(code == ErrorCode::EncoderMissing || code == ErrorCode::HardwareMissing
                    || code == ErrorCode::HardwareForbidden || code == ErrorCode::HardwareFailed);
        EXPECT_FALSE(encoder.error->detail.empty());
    }
}

TEST(EncoderProbe, IsMadeOnceWhoeverAsks)
{
    std::vector<const EncoderInfo *> seen(8);
    {
        std::vector<std::jthread> threads;
        for (auto &place : seen)
            threads.emplace_back([&place] { place = &probedEncoder("vaapi"); });
    }
    for (const EncoderInfo *info : seen)
        EXPECT_EQ(seen[0], info);
}

TEST(EncoderProbe, WhatDoesNotWorkIsReplacedWhereItIsWanted)
{
    for (const EncoderInfo &info : probedEncoders()) {
        EncoderConfig config;
        config.encoder = info.id;
        config.largest = {320, 240};
        H264Encoder encoder;
        encoder.configure(config);
        const auto unit = encoder.encode(test::picture(320, 240, 0, Timestamp(0)));
        ASSERT_TRUE(unit) << info.id;
        const auto fall = encoder.takeFall();
        EXPECT_EQ(info.error.has_value(), fall.has_value()) << info.id;
        if (fall) {
            EXPECT_EQ(info.title, fall->encoder);
            EXPECT_EQ(info.error->code, fall->error.code);
            EXPECT_TRUE(*unit && (*unit)->keyframe);
        }
    }
}

TEST(EncoderProbe, APictureThatIsNotTheOneGivenIsSeen)
{
    for (const bool other : {false, true}) {
        H264Encoder encoder;
        EncoderConfig config;
        config.encoder = "software";
        encoder.configure(config);
        probe::PictureJudge judge;
        auto frame = probe::picture(0);
        if (other) // as one whose rows are shifted against each other
            frame.planes[0] = Bytes(std::vector<std::uint8_t>(frame.planes[0].size(), 100));
        const auto unit = encoder.encode(frame);
        ASSERT_TRUE(unit && *unit);
        EXPECT_EQ(!other, judge.looksRight(**unit));
    }
}

TEST(HardwareReason, IsReadFromTheDevicesThatThereAre)
{
    const Folder folder;
    const Error said{ErrorCode::EncoderFailed, "open › Invalid argument"};
    const ffmpeg::DeviceNodes nodes{folder.path, "renderD"};
    const std::string node = (folder.path / "renderD128").string();
    EXPECT_EQ(ErrorCode::HardwareMissing,
              ffmpeg::hardwareReason({folder.path / "none", "renderD"}, said).code);
    std::ofstream(folder.path / "card0");
    EXPECT_EQ((Error{ErrorCode::HardwareMissing, (folder.path / "renderD*").string()}),
              ffmpeg::hardwareReason(nodes, said));
    std::ofstream{node};
    EXPECT_EQ((Error{ErrorCode::HardwareFailed, said.detail}), ffmpeg::hardwareReason(nodes, said));
    fs::permissions(node, fs::perms::none);
    const bool mayAll = ::geteuid() == 0; // nothing is forbidden to root
    EXPECT_EQ(mayAll ? ErrorCode::HardwareFailed : ErrorCode::HardwareForbidden,
              ffmpeg::hardwareReason(nodes, said).code);
}
