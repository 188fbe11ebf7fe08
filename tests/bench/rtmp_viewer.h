// A viewer over RTMP.
// Thread: the generator's one. Owner: the generator.
#pragma once

#include "load_viewer.h"
#include "rtmp_client.h"

namespace heliograph::bench {

class RtmpViewer final : public LoadViewer {
public:
    // Blocking, up to the request to play. Throws with the server's answer.
    RtmpViewer(const std::string &url, unsigned host);

    int socket() const override { return m_client.socket(); }
    bool read() override;

private:
    void take(const rtmp::Message &message);

    RtmpClient m_client;
};

} // namespace heliograph::bench
