#include "net/tls_pipe.h"

#include <memory>
#include <openssl/bio.h>

namespace heliograph::net {

struct TlsPipe::Calls {
    static TlsPipe &endOf(BIO *bio) { return *static_cast<TlsPipe *>(BIO_get_data(bio)); }

    static int read(BIO *bio, char *to, std::size_t most, std::size_t *count)
    {
        BIO_clear_retry_flags(bio);
        *count = endOf(bio).receive(reinterpret_cast<std::uint8_t *>(to), most);
        if (*count == 0)
            BIO_set_retry_read(bio);
        return *count > 0 ? 1 : 0;
    }

    static int write(BIO *bio, const char *from, std::size_t length, std::size_t *count)
    {
        endOf(bio).send({reinterpret_cast<const std::uint8_t *>(from), length});
        *count = length;
        return 1;
    }

    static long control(BIO *, int command, long, void *)
    {
        return command == BIO_CTRL_FLUSH ? 1 : 0;
    }

    static BIO_METHOD *makeMethod()
    {
        BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "pipe");
        BIO_meth_set_read_ex(method, read);
        BIO_meth_set_write_ex(method, write);
        BIO_meth_set_ctrl(method, control);
        return method;
    }
};

bio_st *TlsPipe::makeBio()
{
    static const std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> method(Calls::makeMethod(),
                                                                              BIO_meth_free);
    BIO *bio = BIO_new(method.get());
    if (!bio)
        return nullptr;
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    return bio;
}

} // namespace heliograph::net
