// Bytes from a client: what the reader makes of them must not depend on how they are cut, and a
// message that was read must survive being written and read again.
#include "engine/wire/reading.h"
#include "fuzz/require.h"
#include "fuzz/targets.h"

namespace heliograph::fuzz {

namespace {

using test::Reading;
using test::readInPieces;

// The one message in this text.
rtsp::Arrival readBack(const std::string &text)
{
    Reading reading = test::readWhole(text);
    require(!reading.error && reading.arrivals.size() == 1, "written text is one message");
    return std::move(reading.arrivals[0]);
}

void checkRequest(const rtsp::Request &request)
{
    const std::string text = rtsp::writeRequest(request);
    if (text.size() > rtsp::ReaderLimits().headerBytes)
        return; // our own line ends may lead past the limit
    const rtsp::Arrival arrival = readBack(text);
    const auto *again = std::get_if<rtsp::Request>(&arrival);
    require(again != nullptr, "a request stays one");
    require(again->method == request.method && again->url == request.url, "same request line");
    require(again->body == request.body, "same body");
    require(again->headers.all().size() == request.headers.all().size(), "same headers");
    require(rtsp::writeRequest(*again) == text, "writing is stable");
}

void checkResponse(const rtsp::Response &response)
{
    const std::string text = rtsp::writeResponse(response);
    if (text.size() > rtsp::ReaderLimits().headerBytes)
        return;
    const rtsp::Arrival arrival = readBack(text);
    const auto *again = std::get_if<rtsp::Response>(&arrival);
    require(again != nullptr, "a response stays one");
    require(again->status == response.status && again->body == response.body, "same response");
    require(rtsp::writeResponse(*again) == text, "writing is stable");
}

} // namespace

int runRtspMessage(ByteSpan input)
{
    const Reading whole = readInPieces(input, std::max<std::size_t>(input.size(), 1));
    require(readInPieces(input, 1) == whole, "byte by byte reads the same");
    require(readInPieces(input, 7) == whole, "in pieces of 7 reads the same");
    for (const rtsp::Arrival &arrival : whole.arrivals) {
        if (const auto *request = std::get_if<rtsp::Request>(&arrival))
            checkRequest(*request);
        if (const auto *response = std::get_if<rtsp::Response>(&arrival))
            checkResponse(*response);
    }
    return 0;
}

} // namespace heliograph::fuzz
