#include "fuzz/rtmp_seeds.h"

#include "core/digest.h"
#include "engine/media/hex.h"
#include "engine/wire/cases/amf0_cases.h"
#include "engine/wire/cases/avcc_cases.h"
#include "engine/wire/cases/flv_tag_cases.h"
#include "engine/wire/cases/rtmp_chunk_cases.h"
#include "wire/rtmp/handshake.h"

#include <algorithm>

namespace heliograph::fuzz {

namespace {

using Octets = std::vector<std::uint8_t>;
using test::hex;

Octets behind(Octets front, const Octets &bytes)
{
    front.insert(front.end(), bytes.begin(), bytes.end());
    return front;
}

// C1 with the digest that Flash Player would put in, where its four bytes are zero.
Octets signedC1()
{
    constexpr std::size_t place = 12;
    constexpr std::size_t digestSize = 32;
    Octets c1(rtmp::handshakeSize - digestSize);
    c1[4] = 9;
    const auto digest = hmacSha256(test::spanOf("Genuine Adobe Flash Player 001"), c1);
    c1.insert(c1.begin() + place, digest.begin(), digest.end());
    return c1;
}

void addHandshakes(std::vector<Seed> &out)
{
    const Octets rest(rtmp::handshakeSize + 5, 0x33);
    const auto add = [&](const char *name, std::uint8_t version, const Octets &c1) {
        out.push_back({"rtmp_handshake", name, behind(behind({0xff, version}, c1), rest)});
    };
    add("simple", 3, Octets(rtmp::handshakeSize, 0));
    add("digested", 3, signedC1());
    add("another_version", 9, Octets(rtmp::handshakeSize, 1));
    add("encrypted", 6, Octets(rtmp::handshakeSize, 1));
    out.push_back({"rtmp_handshake", "half", behind({0x10, 3}, Octets(1000, 7))});
}

void addChunks(std::vector<Seed> &out)
{
    for (const test::ChunkCase &item : test::chunkCases())
        out.push_back({"rtmp_chunks", item.name, behind({0x02}, hex(item.hex))});
}

void addAmf0(std::vector<Seed> &out)
{
    for (const test::Amf0Case &item : test::amf0Cases())
        out.push_back({"amf0", item.name, hex(item.hex)});
    for (const test::BrokenAmf0Case &item : test::brokenAmf0Cases())
        out.push_back({"amf0", item.name, hex(item.hex)});
}

void addTags(std::vector<Seed> &out)
{
    for (const test::VideoTagCase &item : test::videoTagCases())
        out.push_back({"flv_tags", "video_" + item.name, behind({0}, hex(item.hex))});
    for (const test::AudioTagCase &item : test::audioTagCases())
        out.push_back({"flv_tags", "audio_" + item.name, behind({1}, hex(item.hex))});
    for (const test::AvcRecordCase &item : test::avcRecordCases())
        out.push_back({"flv_tags", "record_" + item.name, behind({2}, hex(item.hex))});
    out.push_back({"flv_tags", "units_of_four", hex("03 02 00000002 6588 00000000 00000001 41")});
    out.push_back({"flv_tags", "units_of_two", hex("03 01 0002 6588 0001 41")});
    out.push_back({"flv_tags", "units_of_one", hex("03 00 02 6588 01 41")});
    out.push_back({"flv_tags", "unit_of_4_gb", hex("03 02 ffffffff 6588")});
    out.push_back({"flv_tags", "record_of_hevc",
                   hex("06 01 0160000000 900000000000 3c f000 fc fd f8 f8 0000 0f 03"
                       "20 0001 0003 40010c 21 0001 0004 42010101 22 0001 0003 4401c1")});
    out.push_back({"flv_tags", "config_of_aac", hex("04 1210")});
    out.push_back({"flv_tags", "config_of_he_aac", hex("04 2b1188")});
    out.push_back({"flv_tags", "config_with_its_rate", hex("04 1780bb8010")});
    out.push_back({"flv_tags", "flv_in_two_pieces",
                   hex("05 11 464c560105 00000009 00000000"
                       "08 000002 000102 03 000000 af01 0000000d"
                       "09 000000 fffffe ff 000000 0000000b")});
}

// Scripts of the target rtmp_session; see there.
void addSessions(std::vector<Seed> &out)
{
    out.push_back(
        {"rtmp_session", "plays", hex("02 00 02 02 02 03 06 21 06 20 06 20 02 0d 06 20")});
    out.push_back({"rtmp_session", "plays_with_a_password",
                   hex("03 00 03 02 03 04 07 21 07 20 02 00 02 02 02 05 02 05 08 ff")});
    out.push_back({"rtmp_session", "publishes",
                   hex("02 00 02 02 02 07 02 10 02 12 02 14 02 11 08 20 02 0f")});
    out.push_back({"rtmp_session", "takes_over",
                   hex("02 00 02 02 02 07 03 00 03 02 03 07 03 10 02 10 08 03")});
    out.push_back(
        {"rtmp_session", "guesses_keys", hex("02 00 02 02 02 08 02 08 02 08 02 08 08 ff 02 08")});
    out.push_back({"rtmp_session", "slow_then_drained",
                   hex("02 00 02 02 02 03 04 0001 06 ff 06 fe 08 10 06 ff 08 7f 04 0000 06 21")});
    out.push_back({"rtmp_session", "pauses_and_mutes",
                   hex("02 00 02 02 02 03 06 21 02 09 06 20 02 0a 06 21 02 0b 06 20 02 0c 06 21")});
    out.push_back(
        {"rtmp_session", "odd_chunk_sizes", hex("02 00 02 15 02 02 02 16 02 18 02 17 02 18")});
    out.push_back(
        {"rtmp_session", "silence_and_rubbish", hex("09 00 00 0004 03 01 02 03 08 ff 08 ff")});
}

} // namespace

void addRtmp(std::vector<Seed> &out)
{
    addHandshakes(out);
    addChunks(out);
    addAmf0(out);
    addTags(out);
    addSessions(out);
}

} // namespace heliograph::fuzz
