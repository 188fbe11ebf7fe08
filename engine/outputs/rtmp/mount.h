// One published stream as RTMP serves it: each access unit made once into a block of chunks that is
// the same for all viewers.
//
// The blocks' headers hold the time since the message before (fmt 1), never a viewer's own time. So
// whoever follows the stream shares them, whenever it joined; only the first message of a viewer,
// and the first one after a gap, is its own (reopened()). Thread: the loop. Owner: the server.
#pragma once

#include "core/rate_meter.h"
#include "stream/fanout.h"
#include "stream/output.h"
#include "stream/stream.h"
#include "wire/rtmp/four_cc.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace heliograph::rtmp {

constexpr std::size_t indexOf(TrackId track)
{
    return std::size_t(track);
}

class Mount final : public StreamListener, public Packetizer {
public:
    // What we cut messages by. No picture but the largest IDR needs a second chunk.
    static constexpr std::size_t chunkSize = 1024 * 1024;

    Mount(const EngineContext &context, Stream &stream, PublishConfig config);
    ~Mount() override;

    Stream &stream() { return m_stream; }
    const Stream &stream() const { return m_stream; }
    Audience audience() const { return m_config.audience; }
    const std::vector<User> &users() const { return m_config.users; } // where it needs a password

    void join(BatchSink &viewer);
    void leave(BatchSink &viewer) { m_fanout.leave(viewer); }

    // How each track is coded; none: there is no such track.
    using Codecs = std::array<FourCc, trackCount>;
    const Codecs &codecs() const { return m_codecs; }

    // onMetaData and the sequence headers of the tracks that are wanted, at the viewer's time 0.
    std::vector<std::uint8_t> preface(std::uint32_t messageStream,
                                      const std::function<bool(TrackId)> &isWanted) const;
    // The sequence header of one track, as it is coded now; empty: it needs none.
    std::vector<std::uint8_t> header(TrackId track, std::uint32_t messageStream,
                                     std::uint32_t viewerTime) const;
    // A batch for one that has not followed the stream up to it: its own time is written out.
    static BatchPtr reopened(const Batch &batch, std::uint32_t messageStream,
                             std::uint32_t viewerTime);

    void sweep(); // to be called a few times a second
    double bitrate() const { return m_bitrate; } // bit/s of the coded stream

    // StreamListener
    void onUnit(const AccessUnitPtr &unit) override;
    void onRestart(const std::vector<TrackId> &tracks) override;

    // Packetizer. A batch's dts is the stream's time in whole milliseconds, and never goes back.
    BatchPtr packetize(const AccessUnitPtr &unit) override;

private:
    // A unit's place in the stream's time.
    struct Place {
        std::int64_t time = 0; // ms
        std::uint32_t delta = 0; // ms since the unit before of this track
        bool newConfig = false; // its sequence header goes in front of it
    };

    void noteTrack(const std::shared_ptr<const Track> &track);
    const Place &place(const AccessUnit &unit);
    std::int64_t timeOf(Timestamp timestamp) const;

    const EngineContext &m_context;
    Stream &m_stream;
    const PublishConfig m_config;
    const Timestamp m_epoch;
    Fanout m_fanout;
    RateMeter m_meter;
    double m_bitrate = 0;
    std::array<std::int64_t, trackCount> m_lastTimes;
    std::array<std::shared_ptr<const Track>, trackCount> m_configs; // as of the last unit
    Codecs m_codecs; // of them
    // Of the cached GOP and of the newest unit: a viewer that begins in the middle gets the same.
    std::unordered_map<const AccessUnit *, Place> m_places;
};

} // namespace heliograph::rtmp
