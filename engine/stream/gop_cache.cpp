#include "stream/gop_cache.h"

namespace heliograph {

void GopCache::push(const AccessUnitPtr &unit)
{
    const bool startsGop = unit->track == TrackId::Video && unit->keyframe;
    if (startsGop)
        clear();
    else if (m_units.empty())
        return;
    m_units.push_back(unit);
    m_bytes += unit->size();
    if (isOver(*unit))
        clear();
}

void GopCache::clear()
{
    m_units.clear();
    m_bytes = 0;
}

bool GopCache::isOver(const AccessUnit &newest) const
{
    return m_bytes > m_bounds.bytes || m_units.size() > m_bounds.units
        || newest.dts - m_units.front()->dts > m_bounds.duration;
}

} // namespace heliograph
