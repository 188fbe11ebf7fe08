// RTP and RTCP of pictures and sound taken apart as a viewer would, every unit with the wall time
// that the newest sender report of its track gives it; and when flash and beep are, once libavcodec
// has decoded them. Thread: one.
#pragma once

#include "codec/ffmpeg/unit_sound.h"
#include "engine/codec/decoding.h"
#include "engine/media/hex.h"
#include "wire/rtp/h264_depacketizer.h"
#include "wire/rtp/rtcp.h"
#include "wire/sdp/sdp.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>

namespace heliograph::test {

struct Received {
    std::vector<AccessUnitPtr> pictures;
    std::vector<AccessUnitPtr> sounds;
};

class AvReceiver {
public:
    // described: what DESCRIBE was answered, with the pictures first. sound: Audio or Opus.
    AvReceiver(const std::string &described, TrackId sound)
        : m_sound(sound)
    {
        const sdp::Media media = sdp::parse(described).value().media.at(1);
        Track track{sound, 1, {}};
        if (sound == TrackId::Opus)
            track.config = OpaqueConfig{.codec = OpaqueCodec::Opus,
                                        .sampleRate = media.clockRate,
                                        .channels = media.channels};
        else
            track.config = AacConfig{Bytes(hex(media.parameter("config").value())), media.clockRate,
                                     media.channels};
        m_track = std::make_shared<const Track>(std::move(track));
    }

    // channel: 0 and 1 are the pictures' RTP and RTCP, 2 and 3 the sound's. into: null: for nobody.
    void take(int channel, const std::vector<std::uint8_t> &bytes, Received *into)
    {
        if (channel % 2 == 1)
            return note(std::size_t(channel / 2), rtcp::parseCompound(bytes).value());
        const rtp::Packet packet = rtp::parsePacket(bytes).value();
        if (channel == 0)
            takePicture(packet, into);
        else if (into)
            into->sounds.push_back(soundOf(packet));
    }

private:
    void note(std::size_t track, const std::vector<rtcp::Report> &reports)
    {
        for (const rtcp::Report &report : reports)
            if (const auto *sent = std::get_if<rtcp::SenderReport>(&report))
                m_reports[track] = *sent;
    }

    void takePicture(const rtp::Packet &packet, Received *into)
    {
        const auto received = m_depacketizer.push(packet).value();
        if (!received || !into)
            return;
        auto unit = std::make_shared<AccessUnit>();
        unit->pts = unit->dts = wallOf(0, received->timestamp, 90000);
        for (const auto &nal : received->nals)
            unit->units.push_back(Bytes::copyOf(nal));
        into->pictures.push_back(std::move(unit));
    }

    AccessUnitPtr soundOf(const rtp::Packet &packet) const
    {
        // RFC 3640: one frame in a packet, its length in front; RFC 7587: nothing in front.
        const std::size_t head = m_sound == TrackId::Opus ? 0 : 4;
        auto unit = std::make_shared<AccessUnit>();
        unit->track = m_sound;
        unit->config = m_track;
        unit->pts = unit->dts = wallOf(1, packet.header.timestamp, m_track->clockRate());
        unit->units = {Bytes::copyOf(packet.payload.subspan(head))};
        return unit;
    }

    Timestamp wallOf(std::size_t track, std::uint32_t rtpTime, int clock) const
    {
        const rtcp::SenderReport &report = m_reports.at(track).value();
        const auto since = std::int32_t(rtpTime - report.rtpTime);
        return rtcp::fromNtp(report.ntp) + Timestamp(since * std::int64_t(1'000'000'000) / clock);
    }

    const TrackId m_sound;
    std::shared_ptr<const Track> m_track; // the sound's
    rtp::H264Depacketizer m_depacketizer;
    std::array<std::optional<rtcp::SenderReport>, 2> m_reports; // the newest of each track
};

// When the picture becomes white.
inline std::vector<Timestamp> flashesIn(const std::vector<AccessUnitPtr> &units)
{
    std::vector<Timestamp> flashes;
    bool wasWhite = true; // what it begins with may have been before
    for (const VideoFrame &picture : decode(units)) {
        const bool isWhite = picture.planes[0][0] > 128;
        if (isWhite && !wasWhite)
            flashes.push_back(picture.pts);
        wasWhite = isWhite;
    }
    return flashes;
}

// When a tone is heard after half a second without.
inline std::vector<Timestamp> beepsIn(const std::vector<AccessUnitPtr> &units)
{
    constexpr float loud = 0.1F; // of 0.3
    std::vector<Timestamp> beeps;
    UnitSound decoder;
    Timestamp lastLoud = units.front()->pts;
    for (const AccessUnitPtr &unit : units)
        for (const AudioFrame &frame : decoder.decode(*unit)) {
            std::vector<float> samples(frame.samples.size() / sizeof(float));
            std::memcpy(samples.data(), frame.samples.data(), frame.samples.size());
            for (std::size_t i = 0; i < samples.size(); ++i) {
                if (samples[i] < loud)
                    continue;
                const Timestamp at =
                    frame.pts + durationOf(std::int64_t(i) / frame.channels, frame.sampleRate);
                if (at - lastLoud > std::chrono::milliseconds(500))
                    beeps.push_back(at);
                lastLoud = at;
            }
        }
    return beeps;
}

// By how much each beep comes after its flash, in ms. At both ends one may lack the other.
inline std::vector<double> offsetsIn(const Received &received)
{
    const auto beeps = beepsIn(received.sounds);
    std::vector<double> offsets;
    for (const Timestamp flash : flashesIn(received.pictures))
        for (const Timestamp beep : beeps) {
            const std::chrono::duration<double, std::milli> offset = beep - flash;
            if (std::abs(offset.count()) < 500)
                offsets.push_back(offset.count());
        }
    return offsets;
}

} // namespace heliograph::test
