#include "net/tls_connection.h"

#include "net/loop.h"
#include "net/tls_pipe.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <vector>

namespace heliograph::net {

namespace {

constexpr std::size_t recordSize = SSL3_RT_MAX_PLAIN_LENGTH;

// What OpenSSL itself may have to say meanwhile (handshake, answers to key updates). A peer that
// asks for more and reads nothing is no player.
constexpr std::size_t mostUnsent = 64 * 1024;

using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

} // namespace

// The carrier's handler, and OpenSSL's way in and out. It outlives the connection while one of
// its own functions runs: a handler may close or destroy the connection inside a callback.
struct TlsConnection::Impl final : Connection::Handler,
                                   TlsPipe,
                                   std::enable_shared_from_this<Impl> {
    Impl(Loop &owner, std::unique_ptr<Connection> below, TlsContext::Shared rules);

    void onBytes(ByteSpan bytes) override
    {
        if (kept.empty()) {
            arrived = bytes;
        } else {
            kept.insert(kept.end(), bytes.begin(), bytes.end());
            arrived = kept;
        }
        readSome();
    }

    void onWritable() override
    {
        const auto self = shared_from_this();
        flush();
        if (broken)
            lost();
        else if (!unsent.empty())
            carrier->awaitWritable();
        else
            tellWritable();
    }

    void onClosed() override
    {
        const auto self = shared_from_this();
        lost();
    }

    bool isEstablished() const { return SSL_is_init_finished(session.get()) == 1; }

    void readSome()
    {
        const auto self = shared_from_this();
        while (handler && !paused && decrypt()) {
        }
        keepRest();
        if (broken)
            lost();
        tellWritable(); // the handshake may be done
    }

    // One record; false: there is no whole one.
    bool decrypt()
    {
        thread_local std::array<std::uint8_t, recordSize> plain;
        ERR_clear_error();
        std::size_t count = 0;
        const int outcome = SSL_read_ex(session.get(), plain.data(), plain.size(), &count);
        if (outcome == 1) {
            handler->onBytes({plain.data(), count});
            return true;
        }
        switch (SSL_get_error(session.get(), outcome)) {
        case SSL_ERROR_WANT_READ:
            return false;
        case SSL_ERROR_ZERO_RETURN: // the peer's close_notify
            lost();
            return false;
        default:
            ERR_clear_error();
            failed = true;
            lost();
            return false;
        }
    }

    // The bytes that arrived are the carrier's: what a pause left of them is copied.
    void keepRest()
    {
        kept = std::vector<std::uint8_t>(arrived.begin(), arrived.end());
        arrived = kept;
    }

    Result<std::size_t> trySend(ByteSpan bytes)
    {
        std::size_t taken = 0;
        flush();
        while (taken < bytes.size() && unsent.empty() && !broken && isEstablished()) {
            const ByteSpan record =
                bytes.subspan(taken, std::min(recordSize, bytes.size() - taken));
            ERR_clear_error();
            std::size_t count = 0;
            if (SSL_write_ex(session.get(), record.data(), record.size(), &count) != 1)
                failed = broken = true;
            taken += count;
        }
        ERR_clear_error();
        if (broken || failed || closed)
            return failure(ErrorCode::ConnectionLost);
        return taken;
    }

    void awaitWritable()
    {
        awaited = true;
        if (handler && isEstablished())
            carrier->awaitWritable();
    }

    void tellWritable()
    {
        if (handler && unsent.empty() && isEstablished() && std::exchange(awaited, false))
            handler->onWritable();
    }

    void send(ByteSpan cipher) override
    {
        if (unsent.empty())
            cipher = cipher.subspan(push(cipher));
        if (broken || cipher.empty())
            return;
        unsent.insert(unsent.end(), cipher.begin(), cipher.end());
        broken = unsent.size() > mostUnsent;
        carrier->awaitWritable();
    }

    void flush()
    {
        if (!unsent.empty())
            unsent.erase(unsent.begin(), unsent.begin() + std::ptrdiff_t(push(unsent)));
    }

    std::size_t push(ByteSpan cipher)
    {
        const auto taken = closed || broken ? Result<std::size_t>(0) : carrier->trySend(cipher);
        broken = broken || !taken;
        return taken.value_or(0);
    }

    std::size_t receive(std::uint8_t *to, std::size_t most) override
    {
        const std::size_t count = std::min(most, arrived.size());
        std::copy_n(arrived.begin(), count, to);
        arrived = arrived.subspan(count);
        return count;
    }

    void resume()
    {
        paused = false;
        if (closed)
            return;
        carrier->resumeReading();
        loop.post([weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->readSome();
        });
    }

    void lost()
    {
        Handler *told = std::exchange(handler, nullptr);
        if (told)
            told->onClosed();
    }

    void close()
    {
        handler = nullptr;
        if (closed)
            return;
        flush();
        // After a failure OpenSSL must not be asked any more.
        if (!failed && !broken && unsent.empty() && isEstablished())
            SSL_shutdown(session.get());
        ERR_clear_error();
        closed = true;
        carrier->close();
    }

    Loop &loop;
    const std::unique_ptr<Connection> carrier;
    const TlsContext::Shared context;
    const Session session;
    Handler *handler = nullptr;
    ByteSpan arrived; // not yet read by OpenSSL: the carrier's, or `kept`
    std::vector<std::uint8_t> kept;
    std::vector<std::uint8_t> unsent; // encrypted, not taken by the carrier
    bool paused = false;
    bool awaited = false; // the handler wants onWritable()
    bool failed = false; // OpenSSL found a fault
    bool broken = false; // nothing can leave any more
    bool closed = false;
};

TlsConnection::Impl::Impl(Loop &owner, std::unique_ptr<Connection> below, TlsContext::Shared rules)
    : loop(owner)
    , carrier(std::move(below))
    , context(std::move(rules))
    , session(SSL_new(context->native()), SSL_free)
{
    BIO *bio = makeBio();
    assert(session && bio);
    SSL_set_bio(session.get(), bio, bio);
    SSL_set_accept_state(session.get());
}

TlsConnection::TlsConnection(Loop &loop, std::unique_ptr<Connection> carrier,
                             TlsContext::Shared context)
    : m_impl(std::make_shared<Impl>(loop, std::move(carrier), std::move(context)))
{
}

TlsConnection::~TlsConnection()
{
    m_impl->close();
}

void TlsConnection::start(Handler &handler)
{
    m_impl->handler = &handler;
    m_impl->carrier->start(*m_impl);
}

Result<std::size_t> TlsConnection::trySend(ByteSpan bytes)
{
    return m_impl->trySend(bytes);
}

void TlsConnection::awaitWritable()
{
    m_impl->awaitWritable();
}

void TlsConnection::pauseReading()
{
    m_impl->paused = true;
    m_impl->carrier->pauseReading();
}

void TlsConnection::resumeReading()
{
    m_impl->resume();
}

void TlsConnection::close()
{
    m_impl->close();
}

Endpoint TlsConnection::local() const
{
    return m_impl->carrier->local();
}

Endpoint TlsConnection::peer() const
{
    return m_impl->carrier->peer();
}

std::optional<TcpInfo> TlsConnection::info() const
{
    return m_impl->carrier->info();
}

} // namespace heliograph::net
