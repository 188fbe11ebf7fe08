// Tells whoever hooks the engine what a published stream does.
// Thread: the loop. Owner: the source host, with the stream.
#pragma once

#include "engine/hooks.h"
#include "stream/stream.h"

#include <memory>

namespace heliograph {

class StreamTeller final : public StreamListener {
public:
    StreamTeller(const Hooks &hooks, Stream &stream);
    ~StreamTeller() override;
    StreamTeller(const StreamTeller &) = delete;
    StreamTeller &operator=(const StreamTeller &) = delete;

    void onUnit(const AccessUnitPtr &unit) override;

private:
    const Hooks &m_hooks;
    Stream &m_stream;
    bool m_begun = false;
    std::shared_ptr<const Track> m_known; // of the last picture
};

} // namespace heliograph
