#include "media/nal_assembler.h"

#include <algorithm>
#include <optional>

namespace heliograph {

namespace {

bool equal(ByteSpan a, ByteSpan b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

// What a NAL unit is to the assembler.
struct Role {
    std::optional<std::size_t> setKind; // a parameter set of this kind
    bool isCarried = false;
    bool isSlice = false;
    bool isKeyframe = false; // a slice that decoding can begin at
};

Role roleOf(H264Nals, ByteSpan nal)
{
    using h264::NalType;
    const NalType type = h264::typeOf(nal);
    Role role;
    if (type == NalType::Sps || type == NalType::Pps)
        role.setKind = type == NalType::Sps ? 0 : 1;
    role.isCarried = h264::isCarried(type);
    role.isSlice = type >= NalType::NonIdrSlice && type <= NalType::IdrSlice;
    role.isKeyframe = type == NalType::IdrSlice;
    return role;
}

Role roleOf(HevcNals, ByteSpan nal)
{
    using hevc::NalType;
    const NalType type = hevc::typeOf(nal);
    Role role;
    if (type >= NalType::Vps && type <= NalType::Pps)
        role.setKind = std::size_t(type) - std::size_t(NalType::Vps);
    role.isCarried = hevc::isCarried(type);
    role.isSlice = hevc::isSlice(type);
    role.isKeyframe = hevc::isRandomAccess(type);
    return role;
}

Result<int> setIdOf(H264Nals, ByteSpan nal)
{
    return h264::parameterSetId(nal);
}

Result<int> setIdOf(HevcNals, ByteSpan nal)
{
    return hevc::parameterSetId(nal);
}

Result<h264::SpsInfo> parseSps(H264Nals, ByteSpan nal)
{
    return h264::parseSps(nal);
}

Result<hevc::SpsInfo> parseSps(HevcNals, ByteSpan nal)
{
    return hevc::parseSps(nal);
}

// In the order that H264Nals and HevcNals give.
std::array<Bytes *, 2> setsOf(H264Config &config)
{
    return {&config.sps, &config.pps};
}

std::array<Bytes *, 3> setsOf(HevcConfig &config)
{
    return {&config.vps, &config.sps, &config.pps};
}

} // namespace

template <class Codec>
void NalAssembler<Codec>::setHints(const Hints &hints)
{
    m_stale = m_stale || hints != m_hints;
    m_hints = hints;
}

template <class Codec>
Result<AccessUnitPtr> NalAssembler<Codec>::assemble(const Picture &picture)
{
    const auto spans = h264::splitAnnexB(picture.annexB);
    Nals nals{{}, picture.pts, picture.dts, picture.captured, picture.sei};
    nals.units.reserve(spans.size());
    for (const ByteSpan span : spans)
        nals.units.push_back(
            picture.annexB.slice(std::size_t(span.data() - picture.annexB.data()), span.size()));
    return assemble(nals);
}

template <class Codec>
Result<AccessUnitPtr> NalAssembler<Codec>::assemble(const Nals &nals)
{
    if (nals.units.empty())
        return failure(ErrorCode::Malformed, "no NAL unit");
    auto unit = std::make_shared<AccessUnit>();
    unit->units.reserve(nals.units.size() + 3);
    bool hasSlice = false;
    for (const Bytes &nal : nals.units) {
        const Role role = roleOf(Codec(), nal);
        if (role.setKind) {
            if (auto noted = noteParameterSet(nal); !noted)
                return tl::unexpected(noted.error());
            continue;
        }
        if (!role.isCarried)
            continue;
        if (role.isSlice && !hasSlice && !nals.sei.empty())
            unit->units.push_back(nals.sei);
        hasSlice = hasSlice || role.isSlice;
        unit->keyframe = unit->keyframe || role.isKeyframe;
        unit->units.push_back(nal);
    }
    if (!hasSlice || !hasAllKinds())
        return AccessUnitPtr();
    putSetsInFront(*unit);
    renewTrack();
    unit->pts = nals.pts;
    unit->dts = nals.dts;
    unit->captured = nals.captured;
    unit->config = m_track;
    return AccessUnitPtr(std::move(unit));
}

template <class Codec>
Result<> NalAssembler<Codec>::replaceSets(std::span<const Bytes> sets)
{
    m_sets = {};
    m_unsent.clear();
    m_stale = true;
    for (const Bytes &set : sets)
        if (auto noted = noteParameterSet(set); !noted)
            return noted;
    return {};
}

// The set is copied when it is new: it outlives the picture it came with.
template <class Codec>
Result<> NalAssembler<Codec>::noteParameterSet(const Bytes &nal)
{
    const auto id = setIdOf(Codec(), nal);
    const auto kind = roleOf(Codec(), nal).setKind;
    if (!id || !kind)
        return id ? failure(ErrorCode::Malformed, "no parameter set") : tl::unexpected(id.error());
    const bool isSps = *kind == Codec::spsKind;
    auto &sets = m_sets[*kind];
    const auto known = sets.find(*id);
    const bool isNew = known == sets.end() || !equal(known->second, nal);
    if (isSps && (isNew || *id != m_activeSps)) {
        const auto info = parseSps(Codec(), nal);
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

template <class Codec>
bool NalAssembler<Codec>::hasAllKinds() const
{
    return std::ranges::none_of(m_sets, [](const auto &sets) { return sets.empty(); });
}

template <class Codec>
void NalAssembler<Codec>::putSetsInFront(AccessUnit &unit)
{
    std::vector<Bytes> sets = std::move(m_unsent);
    m_unsent.clear();
    if (unit.keyframe) {
        sets.clear();
        for (const auto &kind : m_sets)
            for (const auto &[id, set] : kind)
                sets.push_back(set);
    }
    unit.units.insert(unit.units.begin(), sets.begin(), sets.end());
}

template <class Codec>
void NalAssembler<Codec>::renewTrack()
{
    if (m_track && !m_stale)
        return;
    typename Codec::Config config;
    const auto places = setsOf(config);
    for (std::size_t kind = 0; kind < m_sets.size(); ++kind) {
        const int active = kind == Codec::spsKind ? m_activeSps : m_sets[kind].begin()->first;
        for (const auto &[id, set] : m_sets[kind])
            if (id == active)
                *places[kind] = set;
            else
                config.moreSets.push_back(set);
    }
    config.info = m_info;
    config.fps = m_hints.fps;
    config.bitrate = m_hints.bitrate;
    m_track = std::make_shared<const Track>(
        Track{TrackId::Video, ++m_version, std::move(config), m_hints.encodedHere});
    m_stale = false;
}

template class NalAssembler<H264Nals>;
template class NalAssembler<HevcNals>;

} // namespace heliograph
