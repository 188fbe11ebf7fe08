#include "net/tcp_listener.h"

#include "net/loop.h"
#include "net/port_holder.h"
#include "net/tcp_connection.h"

#include <asio/ip/tcp.hpp>
#include <asio/ip/v6_only.hpp>
#include <asio/steady_timer.hpp>

namespace heliograph::net {

namespace {

asio::ip::tcp::endpoint toAsio(const Endpoint &endpoint)
{
    if (!endpoint.address.v6) {
        asio::ip::address_v4::bytes_type bytes;
        std::copy_n(endpoint.address.octets.begin(), bytes.size(), bytes.begin());
        return {asio::ip::address_v4(bytes), endpoint.port};
    }
    asio::ip::address_v6::bytes_type bytes;
    std::copy_n(endpoint.address.octets.begin(), bytes.size(), bytes.begin());
    return {asio::ip::address_v6(bytes, endpoint.address.scope), endpoint.port};
}

tl::unexpected<Error> explain(asio::error_code error, const Endpoint &endpoint)
{
    if (error == asio::error::address_in_use)
        return failure(ErrorCode::PortInUse,
                       std::to_string(endpoint.port) + ", held by " + portHolder(endpoint.port));
    if (error == asio::error::access_denied)
        return failure(ErrorCode::PermissionDenied, "port " + std::to_string(endpoint.port));
    return failure(ErrorCode::AddressUnavailable, endpoint.address.text());
}

} // namespace

struct TcpListener::Impl : std::enable_shared_from_this<Impl> {
    Impl(Loop &owner, Accepted callback)
        : loop(owner)
        , acceptor(owner.context())
        , pause(owner.context())
        , accepted(std::move(callback))
    {
    }

    asio::error_code open(const asio::ip::tcp::endpoint &endpoint)
    {
        asio::error_code error;
        acceptor.open(endpoint.protocol(), error);
        if (!error)
            acceptor.set_option(asio::socket_base::reuse_address(true), error);
        if (!error && endpoint.protocol() == asio::ip::tcp::v6())
            acceptor.set_option(asio::ip::v6_only(true), error);
        if (!error)
            acceptor.bind(endpoint, error);
        if (!error)
            acceptor.listen(asio::socket_base::max_listen_connections, error);
        return error;
    }

    void acceptNext()
    {
        acceptor.async_accept([self = shared_from_this()](asio::error_code error,
                                                          asio::ip::tcp::socket socket) {
            if (!self->acceptor.is_open())
                return;
            if (error) {
                self->acceptAfterPause();
                return;
            }
            asio::error_code ignored;
            self->accepted(std::make_unique<TcpConnection>(self->loop, socket.release(ignored)));
            if (self->acceptor.is_open())
                self->acceptNext();
        });
    }

    // Out of descriptors: trying again at once would spin.
    void acceptAfterPause()
    {
        pause.expires_after(std::chrono::milliseconds(100));
        pause.async_wait([self = shared_from_this()](asio::error_code error) {
            if (!error && self->acceptor.is_open())
                self->acceptNext();
        });
    }

    Loop &loop;
    asio::ip::tcp::acceptor acceptor;
    asio::steady_timer pause;
    Accepted accepted;
};

Result<std::unique_ptr<TcpListener>> TcpListener::listen(Loop &loop, const Endpoint &endpoint,
                                                         Accepted accepted)
{
    auto impl = std::make_shared<Impl>(loop, std::move(accepted));
    if (const asio::error_code error = impl->open(toAsio(endpoint)))
        return explain(error, endpoint);
    const Endpoint local{endpoint.address, impl->acceptor.local_endpoint().port()};
    impl->acceptNext();
    return std::unique_ptr<TcpListener>(new TcpListener(std::move(impl), local));
}

TcpListener::TcpListener(std::shared_ptr<Impl> impl, Endpoint local)
    : m_impl(std::move(impl))
    , m_local(local)
{
}

TcpListener::~TcpListener()
{
    asio::error_code ignored;
    m_impl->acceptor.close(ignored);
    m_impl->pause.cancel();
}

} // namespace heliograph::net
