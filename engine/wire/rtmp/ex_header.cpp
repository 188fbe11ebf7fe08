#include "wire/rtmp/ex_header.h"

#include "wire/big_endian.h"

namespace heliograph::rtmp {

namespace {

constexpr std::uint8_t modEx = 7; // of both packet types
constexpr std::uint8_t timestampOffsetNano = 0; // the one ModEx type there is

enum class Multitrack : std::uint8_t { OneTrack = 0, ManyTracks = 1, ManyTracksManyCodecs = 2 };

tl::unexpected<Error> tooShort()
{
    return failure(ErrorCode::Malformed, "read FLV ex-header › short");
}

std::uint32_t read24(ByteSpan bytes)
{
    return (std::uint32_t{bytes[0]} << 16) | wire::read16(bytes, 1);
}

class ExReader {
public:
    ExReader(std::uint8_t packetType, ByteSpan rest)
        : m_rest(rest)
    {
        m_header.packetType = packetType;
    }

    Result<ExHeader> read(std::uint8_t multitrack)
    {
        if (!skipModEx())
            return tooShort();
        const bool isMultitrack = m_header.packetType == multitrack;
        if (!(isMultitrack ? readTracks() : readSingle()))
            return tooShort();
        return m_header;
    }

private:
    bool skipModEx();
    bool readTracks();
    bool readTrack(Multitrack kind);

    bool take(std::size_t size, ByteSpan &taken)
    {
        if (m_rest.size() < size)
            return false;
        taken = m_rest.first(size);
        m_rest = m_rest.subspan(size);
        return true;
    }

    bool readSingle()
    {
        const bool whole = readFourCc(m_header.codec);
        m_header.body = m_rest;
        return whole;
    }

    bool readFourCc(FourCc &codec)
    {
        ByteSpan bytes;
        if (!take(4, bytes))
            return false;
        codec = FourCc(wire::read32(bytes, 0));
        return true;
    }

    ByteSpan m_rest;
    ExHeader m_header;
};

bool ExReader::skipModEx()
{
    while (m_header.packetType == modEx) {
        ByteSpan field;
        if (!take(1, field))
            return false;
        std::size_t size = field[0] + std::size_t{1};
        if (size == 256) {
            if (!take(2, field))
                return false;
            size = wire::read16(field, 0) + std::size_t{1};
        }
        ByteSpan data;
        if (!take(size, data) || !take(1, field))
            return false;
        m_header.packetType = field[0] & 0x0f;
        if (field[0] >> 4 == timestampOffsetNano && size >= 3)
            m_header.nanoseconds = read24(data);
    }
    return true;
}

bool ExReader::readTracks()
{
    ByteSpan field;
    if (!take(1, field))
        return false;
    const auto kind = Multitrack(field[0] >> 4);
    m_header.packetType = field[0] & 0x0f;
    m_header.isKnown = false;
    if (kind > Multitrack::ManyTracksManyCodecs)
        return true;
    if (kind != Multitrack::ManyTracksManyCodecs && !readFourCc(m_header.codec))
        return false;
    while (!m_rest.empty() && !m_header.isKnown) {
        if (!readTrack(kind))
            return false;
    }
    return true;
}

// Leaves isKnown false where the track is another than 0.
bool ExReader::readTrack(Multitrack kind)
{
    FourCc codec = m_header.codec;
    ByteSpan track;
    ByteSpan size;
    ByteSpan body;
    if (kind == Multitrack::ManyTracksManyCodecs && !readFourCc(codec))
        return false;
    if (!take(1, track))
        return false;
    if (kind != Multitrack::OneTrack && !take(3, size))
        return false;
    if (!take(size.empty() ? m_rest.size() : read24(size), body))
        return false;
    if (track[0] != 0)
        return true;
    m_header.isKnown = true;
    m_header.codec = codec;
    m_header.body = body;
    return true;
}

} // namespace

Result<ExHeader> parseExHeader(std::uint8_t packetType, std::uint8_t multitrack, ByteSpan rest)
{
    return ExReader(packetType, rest).read(multitrack);
}

} // namespace heliograph::rtmp
