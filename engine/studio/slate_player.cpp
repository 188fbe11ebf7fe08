#include "studio/slate_player.h"

#include "net/loop.h"

#include <algorithm>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds beat(100);
constexpr Timestamp usualPatience = std::chrono::seconds(2);
constexpr Timestamp soundPatience = std::chrono::milliseconds(500); // it comes many times a second
constexpr int steps = 3; // a source that is slow by nature may be silent for so many of its steps

} // namespace

SlatePlayer::SlatePlayer(const EngineContext &context, Stream &stream, SlateMaker &maker,
                         Terms terms)
    : m_context(context)
    , m_stream(stream)
    , m_maker(maker)
    , m_terms(std::move(terms))
    , m_arrived(context.clock.now())
    , m_timer(context.loop)
{
}

void SlatePlayer::choose(WhileLost picture, std::string image)
{
    if (picture == m_terms.picture && image == m_terms.image)
        return;
    m_terms.picture = picture;
    m_terms.image = std::move(image);
    if (!m_lost)
        return;
    if (m_slate && picture == WhileLost::Nothing)
        end();
    order(); // one that plays goes on until it is made
}

bool SlatePlayer::admits(const AccessUnit &unit)
{
    const bool counts = unit.track == TrackId::Video || !m_stream.hasPictures();
    if (m_slate && counts && !unit.keyframe && m_terms.requestKeyframe)
        m_terms.requestKeyframe();
    if (m_slate && (!counts || !unit.keyframe))
        return false;
    if (m_slate)
        end();
    if (counts)
        noteArrival();
    return true;
}

// How long it was lost is no step of its pictures.
void SlatePlayer::noteArrival()
{
    const Timestamp now = m_context.clock.now();
    m_step = m_hasBegun && !m_lost ? now - m_arrived : Timestamp(0);
    m_arrived = now;
    m_hasBegun = true;
    m_lost = false;
    m_last.clear();
}

void SlatePlayer::sweep(bool lost, bool resting)
{
    const Timestamp now = m_context.clock.now();
    if (resting)
        m_arrived = now;
    const Timestamp patience = m_stream.hasPictures() ? usualPatience : soundPatience;
    const bool isSilent = now - m_arrived > std::max(patience, steps * m_step);
    if (!m_hasBegun || m_lost || resting || !m_stream.isReady() || !(lost || isSilent))
        return;
    m_lost = true;
    m_last = m_stream.cache().units();
    order();
}

void SlatePlayer::order()
{
    const std::uint64_t number = ++m_orders;
    auto order = makeOrder();
    if (!order)
        return;
    m_maker.order(*std::move(order),
                  [this, number, &loop = m_context.loop, &log = m_context.log,
                   alive = std::weak_ptr(m_alive)](Result<Slate> slate) {
                      if (!slate)
                          log.warn("a slate cannot be made [{}]", slate.error().detail);
                      loop.post([this, number, alive, slate = std::move(slate)]() mutable {
                          if (alive.expired())
                              return;
                          // It may have come back meanwhile.
                          if (slate && m_lost && number == m_orders)
                              begin(*std::move(slate));
                      });
                  });
}

// Nothing: no slate fits. Pictures in another codec would be no stream of this description.
std::optional<SlateOrder> SlatePlayer::makeOrder() const
{
    if (m_terms.picture == WhileLost::Nothing)
        return std::nullopt;
    SlateOrder order{.picture = m_terms.picture,
                     .name = m_stream.mount(),
                     .image = m_terms.image,
                     .last = m_last,
                     .size = {},
                     .isHevc = false,
                     .encoder = m_terms.encoder(),
                     .sounds = {}};
    for (const auto &track : m_stream.tracks()) {
        if (!track->isVideo()) {
            order.sounds.push_back(track);
            continue;
        }
        order.size = {track->width(), track->height()};
        order.isHevc = std::holds_alternative<HevcConfig>(track->config);
        if (!order.isHevc && !std::holds_alternative<H264Config>(track->config))
            return std::nullopt;
    }
    return order;
}

void SlatePlayer::begin(Slate slate)
{
    m_slate = std::move(slate);
    m_next = 0;
    m_nextPicture = m_context.clock.now();
    m_nextSounds.assign(m_slate->silences.size(), m_nextPicture);
    if (m_slate->lacksImage)
        m_context.notices.post(NoticeLevel::Warning, Notice::Event::ImageLacking, m_stream.mount(),
                               m_terms.image);
    m_stream.splice();
    m_timer.every(beat, [this] { play(); });
    play();
}

void SlatePlayer::end()
{
    m_timer.cancel();
    m_slate.reset();
    m_stream.splice();
}

void SlatePlayer::play()
{
    const Timestamp now = m_context.clock.now();
    for (; !m_slate->pictures.empty() && m_nextPicture <= now; m_nextPicture += Slate::pictureStep)
        push(m_slate->pictures[m_next++ % m_slate->pictures.size()], m_nextPicture);
    for (std::size_t i = 0; i < m_nextSounds.size(); ++i) {
        const Silence &silence = m_slate->silences[i];
        if (!m_stream.track(silence.unit->track)) // the source is back, without this sound
            continue;
        for (; m_nextSounds[i] <= now; m_nextSounds[i] += silence.length)
            push(silence.unit, m_nextSounds[i]);
    }
}

void SlatePlayer::push(const AccessUnitPtr &prepared, Timestamp when)
{
    auto unit = std::make_shared<AccessUnit>(*prepared);
    unit->pts = unit->dts = when;
    unit->captured = m_context.clock.toWall(when);
    m_stream.push(unit);
}

} // namespace heliograph
