#include "sources/rtmp/picture_units.h"

#include "wire/rtmp/avcc.h"
#include "wire/rtmp/hvcc.h"
#include "wire/rtmp/track_codec.h"

#include <algorithm>

namespace heliograph {

namespace {

struct Record {
    int lengthSize = 4; // of the prefixes of NAL units
    std::vector<Bytes> sets;
};

Result<Record> parseRecord(H264Nals, const Bytes &header)
{
    auto avc = rtmp::parseAvcRecord(header);
    if (!avc)
        return tl::unexpected(avc.error());
    Record record{avc->lengthSize, std::move(avc->sps)};
    record.sets.insert(record.sets.end(), avc->pps.begin(), avc->pps.end());
    return record;
}

Result<Record> parseRecord(HevcNals, const Bytes &header)
{
    auto hevc = rtmp::parseHvcRecord(header);
    if (!hevc)
        return tl::unexpected(hevc.error());
    return Record{hevc->lengthSize, std::move(hevc->sets)};
}

template <class Codec>
class NalPictures final : public PictureUnits {
public:
    void takeMetadata(const rtmp::Metadata &metadata) override
    {
        m_assembler.setHints({metadata.fps, metadata.videoBitrate});
    }

    Result<> takeHeader(const Bytes &header) override
    {
        if (std::ranges::equal(header.span(), m_header.span()))
            return {};
        const auto record = parseRecord(Codec(), header);
        if (!record)
            return tl::unexpected(record.error());
        if (const auto replaced = m_assembler.replaceSets(record->sets); !replaced)
            return within("read the decoder's configuration", replaced.error());
        m_header = header;
        m_lengthSize = record->lengthSize;
        return {};
    }

    Result<AccessUnitPtr> convert(const Bytes &body, bool, const UnitTimes &times) override
    {
        if (m_header.empty())
            return AccessUnitPtr();
        auto units = rtmp::splitLengthPrefixed(body, m_lengthSize);
        if (!units)
            return tl::unexpected(units.error());
        if (units->empty())
            return AccessUnitPtr();
        return m_assembler.assemble(typename NalAssembler<Codec>::Nals{
            *std::move(units), times.pts, times.dts, times.captured, {}});
    }

private:
    NalAssembler<Codec> m_assembler;
    Bytes m_header; // of the sets in force; empty: none yet
    int m_lengthSize = 4;
};

class OpaquePictures final : public PictureUnits {
public:
    explicit OpaquePictures(OpaqueCodec codec) { m_config.codec = codec; }

    void takeMetadata(const rtmp::Metadata &metadata) override
    {
        m_config.width = metadata.width;
        m_config.height = metadata.height;
        m_config.fps = metadata.fps;
        m_config.bitrate = metadata.videoBitrate;
    }

    Result<> takeHeader(const Bytes &header) override
    {
        if (m_track && std::ranges::equal(header.span(), m_config.header.span()))
            return {};
        m_config.header = Bytes::copyOf(header);
        m_track = std::make_shared<const Track>(Track{TrackId::Video, ++m_version, m_config});
        return {};
    }

    Result<AccessUnitPtr> convert(const Bytes &body, bool keyframe, const UnitTimes &times) override
    {
        if (!m_track)
            return AccessUnitPtr();
        auto unit = std::make_shared<AccessUnit>();
        unit->pts = times.pts;
        unit->dts = times.dts;
        unit->captured = times.captured;
        unit->keyframe = keyframe;
        unit->config = m_track;
        unit->units.push_back(body);
        return AccessUnitPtr(std::move(unit));
    }

private:
    OpaqueConfig m_config;
    std::shared_ptr<const Track> m_track; // null: its header has not come yet
    std::uint32_t m_version = 0;
};

} // namespace

std::unique_ptr<PictureUnits> pictureUnits(rtmp::FourCc codec)
{
    namespace four_cc = rtmp::four_cc;
    if (codec == four_cc::avc)
        return std::make_unique<NalPictures<H264Nals>>();
    if (codec == four_cc::hevc)
        return std::make_unique<NalPictures<HevcNals>>();
    if (codec == four_cc::av1 || codec == four_cc::vp8 || codec == four_cc::vp9)
        return std::make_unique<OpaquePictures>(*rtmp::opaqueCodecOf(codec));
    return nullptr;
}

} // namespace heliograph
