#include "codec/ffmpeg/h264_encoder.h"

#include "media/latency_sei.h"
#include "pictures.h"

#include <gtest/gtest.h>

using namespace heliograph;
using std::chrono::milliseconds;
using test::picture;

namespace {

EncoderConfig config()
{
    EncoderConfig made;
    made.largest = {320, 240};
    made.encoder = "software"; // what hardware gives is its own
    made.preset = "ultrafast";
    made.bitrate = 500'000;
    return made;
}

h264::NalType typeAt(const AccessUnitPtr &unit, std::size_t index)
{
    return h264::typeOf(unit->units.at(index));
}

const H264Config &configOf(const AccessUnitPtr &unit)
{
    return std::get<H264Config>(unit->config->config);
}

} // namespace

TEST(H264Encoder, GivesOneUnitAPictureWithTheCapturesOwnTimes)
{
    H264Encoder encoder;
    encoder.configure(config());
    // An uneven camera: the times are its own, whatever the frame rate says (H15).
    const int times[] = {1000, 1031, 1070, 1099, 1400, 1433};
    for (int i = 0; i < 6; ++i) {
        const auto unit = encoder.encode(picture(320, 240, i, milliseconds(times[i])));
        ASSERT_TRUE(unit && *unit);
        EXPECT_EQ(milliseconds(times[i]), (*unit)->pts);
        EXPECT_EQ((*unit)->pts, (*unit)->dts);
        EXPECT_EQ(milliseconds(times[i]) + std::chrono::hours(24 * 365), (*unit)->captured);
    }
}

TEST(H264Encoder, H8_ParameterSetsStandOnceInFrontOfEveryIdr)
{
    H264Encoder encoder;
    encoder.configure(config());
    for (int i = 0; i < 130; ++i) {
        const auto unit = *encoder.encode(picture(320, 240, i, milliseconds(i * 33)));
        int sets = 0;
        for (const Bytes &nal : unit->units)
            sets += h264::typeOf(nal) == h264::NalType::Sps;
        EXPECT_EQ(unit->keyframe ? 1 : 0, sets);
        if (unit->keyframe) {
            EXPECT_EQ(h264::NalType::Sps, typeAt(unit, 0));
            EXPECT_EQ(h264::NalType::Pps, typeAt(unit, 1));
        }
        EXPECT_EQ(i % 61 == 0, unit->keyframe) << i; // two seconds of 33 ms pictures
    }
}

TEST(H264Encoder, AKeyframeThatIsAskedForComesWithTheNextPicture)
{
    H264Encoder encoder;
    encoder.configure(config());
    for (int i = 0; i < 20; ++i) {
        if (i == 7)
            encoder.requestKeyframe();
        EXPECT_EQ(i == 0 || i == 7,
                  (*encoder.encode(picture(320, 240, i, milliseconds(i * 33))))->keyframe);
    }
}

TEST(H264Encoder, ProfilesAreHonouredAndPicturesAreNeverEnlarged)
{
    for (const auto &[name, idc] : {std::pair{"high", 100}, {"main", 77}, {"baseline", 66}}) {
        H264Encoder encoder;
        EncoderConfig wanted = config();
        wanted.profile = name;
        wanted.preset = "veryfast"; // ultrafast uses nothing that High has
        wanted.largest = {1920, 1080};
        encoder.configure(wanted);
        const auto unit = *encoder.encode(picture(320, 240, 0, milliseconds(0)));
        EXPECT_EQ(idc, configOf(unit).info.profile) << name;
        EXPECT_EQ(320, configOf(unit).info.width);
        EXPECT_EQ(240, configOf(unit).info.height);
    }
}

TEST(H264Encoder, ALargePictureIsFittedInside)
{
    H264Encoder encoder;
    encoder.configure(config());
    const auto unit = *encoder.encode(picture(1280, 720, 0, milliseconds(0)));
    EXPECT_EQ(320, configOf(unit).info.width);
    EXPECT_EQ(180, configOf(unit).info.height);
}

TEST(H264Encoder, AnotherPictureSizeBeginsANewStreamWithAnIdr)
{
    H264Encoder encoder;
    encoder.configure(config());
    const auto first = *encoder.encode(picture(320, 240, 0, milliseconds(0)));
    const auto second = *encoder.encode(picture(160, 120, 1, milliseconds(33)));
    EXPECT_TRUE(second->keyframe);
    EXPECT_EQ(160, configOf(second).info.width);
    EXPECT_GT(second->config->configVersion, first->config->configVersion);
}

TEST(H264Encoder, TheLatencyStampIsInFrontOfTheFirstSlice)
{
    H264Encoder encoder;
    EncoderConfig stamped = config();
    stamped.latencySei = true;
    encoder.configure(stamped);
    for (int i = 0; i < 3; ++i) {
        const auto frame = picture(320, 240, i, milliseconds(i * 33));
        const auto unit = *encoder.encode(frame);
        std::optional<WallTime> stamp;
        for (const Bytes &nal : unit->units) {
            if (h264::typeOf(nal) == h264::NalType::NonIdrSlice
                || h264::typeOf(nal) == h264::NalType::IdrSlice)
                break;
            if (h264::typeOf(nal) == h264::NalType::Sei && !stamp)
                stamp = latency_sei::read(nal);
        }
        EXPECT_EQ(frame.captured, stamp);
    }
}

TEST(H264Encoder, BadSettingsAreAnErrorNotACrash)
{
    H264Encoder encoder;
    EncoderConfig bad = config();
    bad.preset = "no-such-preset";
    encoder.configure(bad);
    const auto unit = encoder.encode(picture(320, 240, 0, milliseconds(0)));
    ASSERT_FALSE(unit);
    EXPECT_EQ(ErrorCode::EncoderFailed, unit.error().code);
    encoder.configure(config());
    EXPECT_TRUE(encoder.encode(picture(320, 240, 0, milliseconds(0))));
}
