// Keeps a published stream going while its source is lost: watches what comes, and plays a slate
// from when nothing has come for a while until a picture comes that viewers can go on with.
// Thread: the loop. Owner: the source host, with the stream.
#pragma once

#include "net/timer.h"
#include "stream/output.h"
#include "stream/stream.h"
#include "studio/slate_maker.h"

#include <memory>
#include <optional>

namespace heliograph {

class SlatePlayer {
public:
    struct Terms {
        WhileLost picture = WhileLost::Name;
        std::string image; // its path
        std::function<EncoderConfig()> encoder; // the source's own, as it is set now
        std::function<void()> requestKeyframe; // of the source; may be empty
    };

    SlatePlayer(const EngineContext &context, Stream &stream, SlateMaker &maker, Terms terms);

    // Another picture, also in the middle of a loss.
    void choose(WhileLost picture, std::string image);

    // To be asked before a unit of the source is pushed. False: it is not to be pushed, for viewers
    // could not go on with it.
    bool admits(const AccessUnit &unit);

    // To be called a few times a second. lost: its source says that it has failed. resting: its
    // silence is meant.
    void sweep(bool lost, bool resting);

private:
    void noteArrival();
    void order();
    void begin(Slate slate);
    void end();
    void play();
    void push(const AccessUnitPtr &prepared, Timestamp when);
    std::optional<SlateOrder> makeOrder() const;

    const EngineContext m_context;
    Stream &m_stream;
    SlateMaker &m_maker;
    Terms m_terms;
    Timestamp m_arrived; // when the source's last unit came that counts
    Timestamp m_step{0}; // between its last two
    bool m_hasBegun = false; // something has come
    bool m_lost = false; // nothing has come since
    std::vector<AccessUnitPtr> m_last; // what viewers saw last, while it is lost
    std::uint64_t m_orders = 0; // only what the newest of them gives is shown
    std::optional<Slate> m_slate; // while it plays
    std::size_t m_next = 0; // of its pictures
    Timestamp m_nextPicture{0};
    std::vector<Timestamp> m_nextSounds; // of each silence
    net::Timer m_timer;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace heliograph
