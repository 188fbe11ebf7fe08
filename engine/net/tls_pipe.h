// Where OpenSSL reads and writes encrypted bytes, so that they go from and to a connection of ours
// without a copy in between.
// Thread: that of the SSL object. Owner: whoever has both.
#pragma once

#include "core/bytes.h"

#include <cstddef>

struct bio_st;

namespace heliograph::net {

class TlsPipe {
public:
    // A new BIO of this end, for SSL_set_bio(), which then owns it. Null: no memory.
    bio_st *makeBio();

protected:
    ~TlsPipe() = default;

    // Returns how many there were, 0 for none yet.
    virtual std::size_t receive(std::uint8_t *to, std::size_t most) = 0;
    // Takes everything, so that OpenSSL never has to repeat itself.
    virtual void send(ByteSpan encrypted) = 0;

private:
    struct Calls;
};

} // namespace heliograph::net
