#include "studio/stream_teller.h"

namespace heliograph {

StreamTeller::StreamTeller(const Hooks &hooks, Stream &stream)
    : m_hooks(hooks)
    , m_stream(stream)
{
    m_stream.subscribe(*this);
}

StreamTeller::~StreamTeller()
{
    m_stream.unsubscribe(*this);
}

void StreamTeller::onUnit(const AccessUnitPtr &unit)
{
    if (unit->track != TrackId::Video)
        return;
    if (m_known != unit->config) {
        m_known = unit->config;
        if (m_hooks.metadata)
            m_hooks.metadata(m_stream.mount(), {m_known->width(), m_known->height()});
    }
    if (!std::exchange(m_begun, true) && m_hooks.firstFrame)
        m_hooks.firstFrame(m_stream.mount());
    if (unit->keyframe && m_hooks.keyframe)
        m_hooks.keyframe(m_stream.mount());
}

} // namespace heliograph
