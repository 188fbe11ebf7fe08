#include "sources/rtmp/item_source.h"

#include "sources/rtmp/flv_units.h"

#include <deque>

namespace heliograph {

namespace {

constexpr std::chrono::milliseconds nap(200);
constexpr std::chrono::milliseconds shortNap(20); // while the tracks are looked for
constexpr std::size_t mostKept = 64 << 20; // bytes, meanwhile

std::string nameOf(rtmp::FourCc codec)
{
    return codec == TrackSearch::unnamed ? "of an old kind" : codec.text();
}

// Sound that we cannot pass on is left out, as long as there are pictures.
Result<FlvTracks> tracksOf(const TrackSearch &search)
{
    FlvTracks tracks{search.pictures(), search.sound()};
    if (!SoundUnits::canPass(tracks.sound))
        tracks.sound = {};
    if (!tracks.pictures.isNone() && !pictureUnits(tracks.pictures))
        return failure(ErrorCode::Unsupported,
                       "the encoder's pictures are " + nameOf(tracks.pictures));
    if (tracks.pictures.isNone() && tracks.sound.isNone())
        return failure(ErrorCode::Unsupported, "the encoder's sound is " + nameOf(search.sound()));
    return tracks;
}

std::vector<TrackId> idsOf(const FlvTracks &tracks)
{
    std::vector<TrackId> ids;
    if (!tracks.pictures.isNone())
        ids.push_back(TrackId::Video);
    if (!tracks.sound.isNone())
        ids.push_back(TrackId::Audio);
    return ids;
}

// Thread: the runner's. Owner: the runner.
class ItemSource final : public Source {
public:
    ItemSource(std::unique_ptr<ItemSupply> supply, ItemTerms terms, const Clock &clock)
        : m_supply(std::move(supply))
        , m_terms(terms)
        , m_clock(clock)
    {
    }

    Result<std::vector<TrackId>> open(const std::stop_token &stop) override;
    Result<SourceItem> read(const std::stop_token &stop) override;

private:
    Result<> receive(const std::stop_token &stop);
    Result<> keep(PublishedItem item);
    Result<> checkReturn();
    Result<AccessUnitPtr> convertNext();

    const std::unique_ptr<ItemSupply> m_supply;
    const ItemTerms m_terms;
    const Clock &m_clock;
    FlvTracks m_tracks;
    std::optional<FlvUnits> m_units;
    std::optional<TrackSearch> m_search; // while the tracks of somebody new are not known
    std::deque<PublishedItem> m_kept; // oldest first, to be converted when they are
    std::size_t m_keptBytes = 0; // during a search
    Timestamp m_goneAt{0}; // when the publisher went; ahead: when its silence will say so
};

Result<std::vector<TrackId>> ItemSource::open(const std::stop_token &stop)
{
    if (const auto begun = m_supply->begin(); !begun)
        return tl::unexpected(begun.error());
    while (!m_search || !m_search->isOver(m_clock.now())) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        if (const auto received = receive(stop); !received)
            return tl::unexpected(received.error());
    }
    const auto tracks = tracksOf(*m_search);
    if (!tracks)
        return tl::unexpected(tracks.error());
    m_search.reset();
    m_tracks = *tracks;
    m_units.emplace(m_tracks, m_clock);
    return idsOf(m_tracks);
}

Result<SourceItem> ItemSource::read(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        if (m_search && m_search->isOver(m_clock.now())) {
            if (const auto checked = checkReturn(); !checked)
                return tl::unexpected(checked.error());
        } else if (!m_search && !m_kept.empty()) {
            auto unit = convertNext();
            if (!unit)
                return within("read what the encoder sends", unit.error());
            if (*unit)
                return SourceItem(*std::move(unit));
        } else if (const auto received = receive(stop); !received) {
            return tl::unexpected(received.error());
        } else if (m_clock.now() - m_goneAt > m_terms.grace) {
            return failure(ErrorCode::NoPublisher);
        }
    }
    return failure(ErrorCode::Cancelled);
}

// The next item, if one comes within a nap.
Result<> ItemSource::receive(const std::stop_token &stop)
{
    auto item = m_supply->take(m_search ? shortNap : nap, stop);
    if (!item)
        return tl::unexpected(item.error());
    return *item ? keep(**std::move(item)) : Result<>();
}

Result<> ItemSource::keep(PublishedItem item)
{
    const Timestamp now = m_clock.now();
    if (item.kind == PublishedItem::Kind::End) {
        m_goneAt = now;
        m_search.reset(); // too short a visit
        m_kept.clear();
        return {};
    }
    m_goneAt = now + m_terms.silence;
    if (item.kind == PublishedItem::Kind::Begin) {
        m_search.emplace(m_terms.patience);
        m_kept.clear();
        m_keptBytes = 0;
    }
    if (m_search) {
        if (const auto looked = m_search->look(item); !looked)
            return within("read what the encoder sends", looked.error());
        m_keptBytes += item.body.size();
        if (m_keptBytes > mostKept)
            return failure(ErrorCode::TooLarge, "the encoder does not say what it sends");
    }
    m_kept.push_back(std::move(item));
    return {};
}

Result<> ItemSource::checkReturn()
{
    const auto tracks = tracksOf(*m_search);
    if (!tracks || *tracks != m_tracks)
        return failure(ErrorCode::ConnectionLost, "the encoder came back with other tracks");
    m_search.reset();
    return {};
}

Result<AccessUnitPtr> ItemSource::convertNext()
{
    const PublishedItem item = std::move(m_kept.front());
    m_kept.pop_front();
    return m_units->convert(item);
}

} // namespace

std::unique_ptr<Source> itemSource(std::unique_ptr<ItemSupply> supply, ItemTerms terms,
                                   const Clock &clock)
{
    return std::make_unique<ItemSource>(std::move(supply), terms, clock);
}

} // namespace heliograph
