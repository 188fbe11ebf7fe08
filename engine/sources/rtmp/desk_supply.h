// The items of a publisher (OBS, FFmpeg) that comes to the desk with the stream key.
#pragma once

#include "engine/secret.h"
#include "sources/rtmp/item_supply.h"

namespace heliograph {

// begin() takes the place under the key. The door closes when the supply ends.
// Errors: AlreadyExists.
std::unique_ptr<ItemSupply> supplyFromDesk(Secret key, std::shared_ptr<IngestDoor> door,
                                           IngestDesk &desk);

} // namespace heliograph
