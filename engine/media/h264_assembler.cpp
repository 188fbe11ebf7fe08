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
    const auto spans = h264::splitAnnexB(picture.annexB);
    Nals nals{{}, picture.pts, picture.dts, picture.captured, picture.sei};
    nals.units.reserve(spans.size());
    for (const ByteSpan span : spans)
        nals.units.push_back(
            picture.annexB.slice(std::size_t(span.data() - picture.annexB.data()), span.size()));
    return assemble(nals);
}

Result<AccessUnitPtr> H264Assembler::assemble(const Nals &nals)
{
    if (nals.units.empty())
        return failure(ErrorCode::Malformed, "no NAL unit");
    auto unit = std::make_shared<AccessUnit>();
    unit->units.reserve(nals.units.size() + 3);
    bool hasSlice = false;
    for (const Bytes &nal : nals.units) {
        const h264::NalType type = h264::typeOf(nal);
        if (type == h264::NalType::Sps || type == h264::NalType::Pps) {
            if (auto noted = noteParameterSet(nal); !noted)
                return tl::unexpected(noted.error());
            continue;
        }
        if (!h264::isCarried(type))
            continue;
        if (isSlice(type) && !hasSlice && !nals.sei.empty())
            unit->units.push_back(nals.sei);
        hasSlice = hasSlice || isSlice(type);
        unit->keyframe = unit->keyframe || type == h264::NalType::IdrSlice;
        unit->units.push_back(nal);
    }
    if (!hasSlice || m_sps.empty() || m_pps.empty())
        return AccessUnitPtr();
    putSetsInFront(*unit);
    renewTrack();
    unit->pts = nals.pts;
    unit->dts = nals.dts;
    unit->captured = nals.captured;
    unit->config = m_track;
    return AccessUnitPtr(std::move(unit));
}

Result<> H264Assembler::replaceSets(std::span<const Bytes> sets)
{
    m_sps.clear();
    m_pps.clear();
    m_unsent.clear();
    m_stale = true;
    for (const Bytes &set : sets)
        if (auto noted = noteParameterSet(set); !noted)
            return noted;
    return {};
}

// The set is copied when it is new: it outlives the picture it came with.
Result<> H264Assembler::noteParameterSet(const Bytes &nal)
{
    const auto id = h264::parameterSetId(nal);
    if (!id)
        return tl::unexpected(id.error());
    const bool isSps = h264::typeOf(nal) == h264::NalType::Sps;
    auto &sets = isSps ? m_sps : m_pps;
    const auto known = sets.find(*id);
    const bool isNew = known == sets.end() || !equal(known->second, nal);
    if (isSps && (isNew || *id != m_activeSps)) {
        const auto info = h264::parseSps(nal);
        if (!info)
            return tl::unexpected(info.error());
        m_info = *info;
        m_stale = true;
        m_activeSps = *id;
    }
    if (!isNew)
        return {};
    m_unsent.push_back(sets[*id] = Bytes::copyOf(nal));
    m_stale = true;
    return {};
}

void H264Assembler::putSetsInFront(AccessUnit &unit)
{
    std::vector<Bytes> sets = std::move(m_unsent);
    m_unsent.clear();
    if (unit.keyframe) {
        sets.clear();
        for (const auto *kind : {&m_sps, &m_pps})
            for (const auto &[id, set] : *kind)
                sets.push_back(set);
    }
    unit.units.insert(unit.units.begin(), sets.begin(), sets.end());
}

void H264Assembler::renewTrack()
{
    if (m_track && !m_stale)
        return;
    H264Config config;
    config.sps = m_sps.at(m_activeSps);
    config.pps = m_pps.begin()->second;
    for (const auto &[id, set] : m_sps)
        if (id != m_activeSps)
            config.moreSets.push_back(set);
    for (auto pps = std::next(m_pps.begin()); pps != m_pps.end(); ++pps)
        config.moreSets.push_back(pps->second);
    config.info = m_info;
    config.fps = m_hints.fps;
    config.bitrate = m_hints.bitrate;
    m_track = std::make_shared<const Track>(
        Track{TrackId::Video, ++m_version, std::move(config), m_hints.encodedHere});
    m_stale = false;
}

} // namespace heliograph
