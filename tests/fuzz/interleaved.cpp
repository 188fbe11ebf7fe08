// A client that plays over TCP: frames and requests mixed, cut anywhere, and rubbish at the end.
// Everything before the rubbish must come out as it was put in.
//
// Script: pieces of u8 + 1 bytes, then actions until the end:
//   0 frame    channel u8, size u16, payload
//   1 request  size u8, body
//   2 empty lines, u8 % 4 of them
//   3 rubbish  the rest of the input as it is
#include "engine/wire/reading.h"
#include "fuzz/require.h"
#include "fuzz/script.h"
#include "fuzz/targets.h"

namespace heliograph::fuzz {

namespace {

struct Conversation {
    std::string stream;
    std::vector<rtsp::Arrival> arrivals;
    bool rubbish = false;
};

std::string textOf(ByteSpan bytes)
{
    return {bytes.begin(), bytes.end()};
}

void addFrame(Script &script, Conversation &talk)
{
    rtsp::InterleavedFrame frame;
    frame.channel = script.byte();
    const ByteSpan payload = script.bytes(script.word());
    frame.payload.assign(payload.begin(), payload.end());
    talk.stream += {'$', char(frame.channel), char(payload.size() >> 8), char(payload.size())};
    talk.stream += textOf(payload);
    talk.arrivals.emplace_back(std::move(frame));
}

void addRequest(Script &script, Conversation &talk)
{
    rtsp::Request request{"SET_PARAMETER", "rtsp://h/cam", "RTSP/1.0", {}, {}};
    request.body = textOf(script.bytes(script.byte()));
    request.headers.add("CSeq", std::to_string(talk.arrivals.size()));
    request.headers.add("Content-Length", std::to_string(request.body.size()));
    talk.stream += rtsp::writeRequest(request);
    talk.arrivals.emplace_back(std::move(request));
}

void addAction(Script &script, Conversation &talk)
{
    switch (script.byte() % 4) {
    case 0:
        return addFrame(script, talk);
    case 1:
        return addRequest(script, talk);
    case 2:
        talk.stream += std::string("\r\n\r\n\r\n").substr(0, std::size_t{2} * (script.byte() % 4));
        return;
    default:
        talk.rubbish = true;
        talk.stream += textOf(script.bytes(65536));
    }
}

} // namespace

int runInterleaved(ByteSpan input)
{
    Script script(input);
    const std::size_t piece = script.byte() + std::size_t{1};
    Conversation talk;
    while (!script.empty())
        addAction(script, talk);

    const auto reading = test::readInPieces(test::spanOf(talk.stream), piece);
    require(reading == test::readWhole(talk.stream), "cuts do not matter");
    require(reading.arrivals.size() >= talk.arrivals.size(), "nothing is lost");
    require(std::equal(talk.arrivals.begin(), talk.arrivals.end(), reading.arrivals.begin()),
            "everything comes out as it was put in");
    require(talk.rubbish || reading.arrivals.size() == talk.arrivals.size(), "nothing is added");
    return 0;
}

} // namespace heliograph::fuzz
