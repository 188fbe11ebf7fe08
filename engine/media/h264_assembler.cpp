#include "media/h264_assembler.h"

#include <algorithm>

namespace heliograph {

namespace {

bool equal(ByteSpan a, ByteSpan b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool isSlice(h264::NalType type)
{
    return type >= h264::NalType::NonIdrSlice && type <= h264::NalType::IdrSlice;
}

} // namespace

void H264Assembler::setHints(const Hints &hints)
{
    m_stale = m_stale || hints != m_hints;
    m_hints = hints;
}

Result<AccessUnitPtr> H264Assembler::assemble(const Picture &picture)
{
    const auto nals = h264::splitAnnexB(picture.annexB);
    if (nals.empty())
        return failure(ErrorCode::Malformed, "no NAL unit");
    auto unit = std::make_shared<AccessUnit>();
    unit->units.reserve(nals.size() + 3);
    bool hasSlice = false;
    for (const ByteSpan span : nals) {
        const h264::NalType type = h264::typeOf(span);
        const Bytes nal =
            picture.annexB.slice(std::size_t(span.data() - picture.annexB.data()), span.size());
        if (type == h264::NalType::Sps || type == h264::NalType::Pps) {
            if (auto noted = noteParameterSet(nal); !noted)
                return tl::unexpected(noted.error());
            continue;
        }
        if (!h264::isCarried(type))
            continue;
        if (isSlice(type) && !hasSlice && !picture.sei.empty())
            unit->units.push_back(picture.sei);
        hasSlice = hasSlice || isSlice(type);
        unit->keyframe = unit->keyframe || type == h264::NalType::IdrSlice;
        unit->units.push_back(nal);
    }
    if (!hasSlice || m_config.sps.empty() || m_config.pps.empty())
        return AccessUnitPtr();
    if (unit->keyframe)
        unit->units.insert(unit->units.begin(), {m_config.sps, m_config.pps});
    renewTrack();
    unit->pts = picture.pts;
    unit->dts = picture.dts;
    unit->captured = picture.captured;
    unit->config = m_track;
    return AccessUnitPtr(std::move(unit));
}

// The set is copied when it is new: it outlives the picture it came with.
Result<> H264Assembler::noteParameterSet(const Bytes &nal)
{
    const bool isSps = h264::typeOf(nal) == h264::NalType::Sps;
    Bytes &known = isSps ? m_config.sps : m_config.pps;
    if (equal(known, nal))
        return {};
    if (isSps) {
        const auto info = h264::parseSps(nal);
        if (!info)
            return tl::unexpected(info.error());
        m_config.info = *info;
    }
    known = Bytes::copyOf(nal);
    m_stale = true;
    return {};
}

void H264Assembler::renewTrack()
{
    if (m_track && !m_stale)
        return;
    m_config.fps = m_hints.fps;
    m_config.bitrate = m_hints.bitrate;
    m_track = std::make_shared<const Track>(Track{TrackId::Video, ++m_version, m_config});
    m_stale = false;
}

} // namespace heliograph
