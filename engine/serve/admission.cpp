#include "serve/admission.h"

namespace heliograph::serve {

namespace {

constexpr int placesToWait = 64; // for answers to wrong passwords

bool isOver(int count, int limit)
{
    return limit > 0 && count >= limit;
}

} // namespace

Admission::Admission(const EngineContext &context, std::shared_ptr<Occupancy> occupancy)
    : m_context(context)
    , m_occupancy(std::move(occupancy))
{
}

// Past twice the places for strangers nobody is.
bool Admission::isHeard(const std::string &network, std::size_t connections) const
{
    const std::size_t most = std::size_t(m_limits.viewers) + 2 * std::size_t(m_limits.strangers);
    return m_context.doorkeeper.judge(network) == Doorkeeper::Verdict::Welcome
        && connections < most;
}

std::optional<std::string> Admission::refuseStranger(const Guest &guest,
                                                     const net::Address &peer) const
{
    if (m_strangers < m_limits.strangers
        && countOf(m_strangersOf, peer.networkText()) < m_limits.strangersPerAddress)
        return m_context.hooks.connection ? m_context.hooks.connection(guest) : std::nullopt;
    m_context.notices.post(NoticeLevel::Warning, Notice::Event::StrangerRefused, peer.text());
    return "too many connections wait here; try again later";
}

Admission::Place Admission::placeForStranger(const std::string &network)
{
    ++m_strangers;
    ++m_strangersOf[network];
    return {this, [this, network](void *) {
                --m_strangers;
                giveBack(m_strangersOf, network);
            }};
}

std::optional<std::string> Admission::refuseViewer(const Stream &stream, const Guest &guest,
                                                   const net::Address &peer) const
{
    const char *sentence = whatIsFull(stream, peer.networkText());
    if (!sentence)
        return m_context.hooks.play ? m_context.hooks.play(guest, stream.mount()) : std::nullopt;
    m_context.notices.post(NoticeLevel::Warning, Notice::Event::ViewerRefused, peer.text(),
                           stream.mount());
    return sentence;
}

const char *Admission::whatIsFull(const Stream &stream, const std::string &network) const
{
    if (isOver(m_occupancy->viewers, m_limits.viewers))
        return "every place on this server is taken; try again later";
    if (isOver(stream.config().demand->viewers, m_limits.viewersPerMount))
        return "every place on this stream is taken; try again later";
    if (isOver(countOf(m_viewersOf, network), m_limits.viewersPerAddress))
        return "too many viewers at your address; close one of them first";
    return nullptr;
}

Admission::Place Admission::placeForViewer(const Stream &stream, const std::string &network)
{
    ++m_occupancy->viewers;
    ++stream.config().demand->viewers;
    ++m_viewersOf[network];
    return {this, [this, network, demand = stream.config().demand](void *) {
                --m_occupancy->viewers;
                --demand->viewers;
                giveBack(m_viewersOf, network);
            }};
}

Admission::Place Admission::placeToWait() const
{
    return m_placesToWait.use_count() > placesToWait ? nullptr : m_placesToWait;
}

int Admission::countOf(const Counts &counts, const std::string &network)
{
    const auto found = counts.find(network);
    return found == counts.end() ? 0 : found->second;
}

void Admission::giveBack(Counts &counts, const std::string &network)
{
    const auto found = counts.find(network);
    if (--found->second == 0)
        counts.erase(found);
}

} // namespace heliograph::serve
