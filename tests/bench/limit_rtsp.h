// Just enough RTSP for the limit: DESCRIBE, SETUP and PLAY.
// Thread: the limit's one. Owner: its door.
#pragma once

#include "limit_door.h"
#include "wire/rtsp/message.h"
#include "wire/rtsp/reader.h"

#include <string_view>

namespace heliograph::bench {

class LimitRtsp final : public LimitClient {
public:
    using LimitClient::LimitClient;

    void take(ByteSpan bytes) override;

private:
    void answer(const rtsp::Request &request);
    void setUp(rtsp::Response &response, std::string_view transport);

    rtsp::Reader m_reader;
};

} // namespace heliograph::bench
