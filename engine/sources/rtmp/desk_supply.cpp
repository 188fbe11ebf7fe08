#include "sources/rtmp/desk_supply.h"

namespace heliograph {

namespace {

// Thread: the runner's. Owner: the source.
class DeskSupply final : public ItemSupply {
public:
    DeskSupply(Secret key, std::shared_ptr<IngestDoor> door, IngestDesk &desk)
        : m_key(std::move(key))
        , m_desk(desk)
        , m_door(std::move(door))
    {
    }
    ~DeskSupply() override { m_door->close(); }

    Result<> begin() override
    {
        m_place = m_desk.take(m_key.reveal(), m_door);
        return m_place
            ? Result<>()
            : failure(ErrorCode::AlreadyExists, "another source has the same stream key");
    }

    Result<std::optional<PublishedItem>> take(std::chrono::milliseconds patience,
                                              const std::stop_token &stop) override
    {
        return m_door->take(patience, stop);
    }

private:
    const Secret m_key;
    IngestDesk &m_desk;
    const std::shared_ptr<IngestDoor> m_door;
    std::unique_ptr<IngestDesk::Place> m_place;
};

} // namespace

std::unique_ptr<ItemSupply> supplyFromDesk(Secret key, std::shared_ptr<IngestDoor> door,
                                           IngestDesk &desk)
{
    return std::make_unique<DeskSupply>(std::move(key), std::move(door), desk);
}

} // namespace heliograph
