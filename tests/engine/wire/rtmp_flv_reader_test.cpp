#include "wire/rtmp/flv_reader.h"

#include "engine/media/hex.h"

#include <gtest/gtest.h>

using namespace heliograph;
using namespace heliograph::rtmp;
using test::hex;

namespace {

const std::string header = "464c5601 05 00000009 00000000";
const std::string sound = "08 000002 000102 03 000000 af01 0000000d";
const std::string unknown = "05 000001 000000 00 000000 77 0000000c";
const std::string picture = "09 000000 fffffe ff 000000 0000000b";

} // namespace

TEST(RtmpFlvReader, CutsAStreamThatArrivesInPieces)
{
    const auto stream = hex(header + sound + unknown + picture);
    for (const std::size_t piece : {std::size_t(1), std::size_t(7), stream.size()}) {
        FlvReader reader;
        std::vector<FlvTag> tags;
        for (std::size_t at = 0; at < stream.size(); at += piece) {
            reader.push(ByteSpan(stream).subspan(at, std::min(piece, stream.size() - at)));
            for (;;) {
                const auto tag = reader.next();
                ASSERT_TRUE(tag);
                if (!*tag)
                    break;
                tags.push_back(**tag);
            }
        }
        ASSERT_EQ(2u, tags.size()) << piece;
        EXPECT_EQ(MessageType::Audio, tags[0].type);
        EXPECT_EQ(0x03000102u, tags[0].time);
        EXPECT_EQ(hex("af01"), test::vectorOf(tags[0].body));
        EXPECT_EQ(MessageType::Video, tags[1].type);
        EXPECT_EQ(0xfffffffeu, tags[1].time);
        EXPECT_TRUE(tags[1].body.empty());
    }
}

TEST(RtmpFlvReader, RefusesOtherStreams)
{
    for (const char *bytes :
         {"464c5701 05 00000009", "464c5601 05 00000008", "464c5601 05 7fffffff"}) {
        FlvReader reader;
        reader.push(hex(bytes));
        const auto tag = reader.next();
        ASSERT_FALSE(tag) << bytes;
        EXPECT_EQ(ErrorCode::Malformed, tag.error().code) << bytes;
    }
}
