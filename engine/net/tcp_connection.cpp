#include "net/tcp_connection.h"

#include "net/loop.h"

#include <array>
#include <asio/generic/stream_protocol.hpp>
#include <asio/io_context.hpp>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heliograph::net {

namespace {

// Unsent bytes that the kernel may hold for a viewer. Past it our own queue fills, where whole
// pictures can be dropped; without it a stalled viewer would hide megabytes in the kernel.
constexpr int unsentInKernel = 256 * 1024;

// Reads of one wake-up, so that one chatty peer cannot hold the loop.
constexpr int readsPerWake = 8;

Endpoint endpointOf(int socket, int (*query)(int, sockaddr *, socklen_t *))
{
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    query(socket, reinterpret_cast<sockaddr *>(&storage), &length);
    return fromSockaddr(storage);
}

void setOption(int socket, int name, int value)
{
    ::setsockopt(socket, IPPROTO_TCP, name, &value, sizeof value);
}

asio::generic::stream_protocol protocolOf(int socket)
{
    return {endpointOf(socket, ::getsockname).address.v6 ? AF_INET6 : AF_INET, IPPROTO_TCP};
}

} // namespace

struct TcpConnection::Impl : std::enable_shared_from_this<Impl> {
    Impl(asio::io_context &context, int fd)
        : socket(context, protocolOf(fd), fd)
    {
    }

    int fd() { return socket.native_handle(); }

    void awaitReadable()
    {
        if (!handler || paused || reading)
            return;
        reading = true;
        socket.async_wait(asio::socket_base::wait_read,
                          [self = shared_from_this()](asio::error_code) {
                              self->reading = false;
                              self->readSome();
                          });
    }

    void readSome()
    {
        for (int i = 0; i < readsPerWake && handler && !paused; ++i) {
            const ssize_t count = ::recv(fd(), buffer().data(), buffer().size(), MSG_DONTWAIT);
            if (count < 0 && (errno == EAGAIN || errno == EINTR))
                break;
            if (count <= 0) {
                lost();
                return;
            }
            handler->onBytes({buffer().data(), std::size_t(count)});
        }
        awaitReadable();
    }

    void awaitWritable()
    {
        if (!handler || writing)
            return;
        writing = true;
        socket.async_wait(asio::socket_base::wait_write,
                          [self = shared_from_this()](asio::error_code) {
                              self->writing = false;
                              if (self->handler)
                                  self->handler->onWritable();
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
        asio::error_code ignored;
        socket.close(ignored);
    }

    // One buffer for all connections of a loop's thread.
    static std::array<std::uint8_t, 64 * 1024> &buffer()
    {
        thread_local std::array<std::uint8_t, 64 * 1024> bytes;
        return bytes;
    }

    asio::generic::stream_protocol::socket socket;
    Handler *handler = nullptr;
    bool paused = false;
    bool reading = false;
    bool writing = false;
};

TcpConnection::TcpConnection(Loop &loop, int socket)
    : m_fd(socket)
    , m_impl(std::make_shared<Impl>(loop.context(), socket))
    , m_local(endpointOf(socket, ::getsockname))
    , m_peer(endpointOf(socket, ::getpeername))
{
    setOption(socket, TCP_NODELAY, 1);
    setOption(socket, TCP_NOTSENT_LOWAT, unsentInKernel);
}

TcpConnection::~TcpConnection()
{
    m_impl->close();
}

std::shared_ptr<LooseSocket> TcpConnection::release()
{
    asio::error_code ignored;
    return std::make_shared<LooseSocket>(m_impl->socket.release(ignored));
}

void TcpConnection::start(Handler &handler)
{
    m_impl->handler = &handler;
    m_impl->awaitReadable();
}

Result<std::size_t> TcpConnection::trySend(ByteSpan bytes)
{
    // Not send(): as a cancellation point it costs two atomic exchanges more, for each viewer.
    const ssize_t count = ::syscall(SYS_sendto, m_fd, bytes.data(), bytes.size(),
                                    MSG_DONTWAIT | MSG_NOSIGNAL, nullptr, 0);
    if (count >= 0)
        return std::size_t(count);
    if (errno == EAGAIN || errno == EINTR || errno == ENOBUFS)
        return std::size_t(0);
    return failure(ErrorCode::ConnectionLost);
}

void TcpConnection::awaitWritable()
{
    m_impl->awaitWritable();
}

void TcpConnection::pauseReading()
{
    m_impl->paused = true;
}

void TcpConnection::resumeReading()
{
    m_impl->paused = false;
    m_impl->awaitReadable();
}

void TcpConnection::close()
{
    m_impl->close();
}

std::optional<TcpInfo> TcpConnection::info() const
{
    tcp_info info{};
    socklen_t length = sizeof info;
    if (::getsockopt(m_fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
        return std::nullopt;
    return TcpInfo{std::chrono::microseconds(info.tcpi_rtt), info.tcpi_total_retrans};
}

} // namespace heliograph::net
