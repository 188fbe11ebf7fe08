// Our TLS over loopback with OpenSSL as the client: what arrives, what is refused, and how it ends.
#include "net/loop.h"
#include "net/tcp_connection.h"
#include "net/tcp_listener.h"
#include "net/tls_connection.h"
#include "support/folder.h"
#include "support/tls_client.h"

#include <atomic>
#include <future>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace heliograph;
using namespace heliograph::net;
using namespace std::chrono_literals;
using test::TlsClient;

namespace {

constexpr auto patience = 60s;

bool comesTrue(const std::function<bool()> &condition)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!condition() && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(2ms);
    return condition();
}

std::vector<std::uint8_t> noise(std::size_t size)
{
    std::vector<std::uint8_t> bytes(size);
    std::uint32_t state = 1;
    for (std::uint8_t &byte : bytes)
        byte = std::uint8_t((state = state * 1664525 + 1013904223) >> 24);
    return bytes;
}

ByteSpan spanOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t *>(text.data()), text.size()};
}

// A connection whose way out may be full, as that to a peer that reads nothing is in the end. Real
// buffers fill by megabytes, and a full one stalls what the peer sends, too.
class Narrow final : public Connection {
public:
    Narrow(std::unique_ptr<Connection> wide, const std::atomic<bool> &isFull)
        : m_wide(std::move(wide))
        , m_isFull(isFull)
    {
    }

    void start(Handler &handler) override { m_wide->start(handler); }
    Result<std::size_t> trySend(ByteSpan bytes) override
    {
        return m_isFull ? Result<std::size_t>(0) : m_wide->trySend(bytes);
    }
    void awaitWritable() override
    {
        if (!m_isFull)
            m_wide->awaitWritable();
    }
    void pauseReading() override { m_wide->pauseReading(); }
    void resumeReading() override { m_wide->resumeReading(); }
    void close() override { m_wide->close(); }
    Endpoint local() const override { return m_wide->local(); }
    Endpoint peer() const override { return m_wide->peer(); }
    bool isEncrypted() const override { return m_wide->isEncrypted(); }
    std::optional<TcpInfo> info() const override { return m_wide->info(); }

private:
    const std::unique_ptr<Connection> m_wide;
    const std::atomic<bool> &m_isFull;
};

// A server of one connection that does what a test tells it. Everything of it lives on its loop.
class Server final : public Connection::Handler {
public:
    using OnBytes = std::function<void(Server &, ByteSpan)>;

    explicit Server(OnBytes onBytes)
        : m_onBytes(std::move(onBytes))
        , m_tls(TlsContext::selfSigned(m_folder.path()).value())
    {
        m_loop.start();
        onLoop([this] {
            m_listener = TcpListener::listen(m_loop, {Address::loopbackV4(), 0},
                                             [this](std::unique_ptr<TcpConnection> socket) {
                                                 accept(std::move(socket));
                                             })
                             .value();
        });
    }
    ~Server() override
    {
        onLoop([this] {
            m_listener.reset();
            connection.reset();
        });
        m_loop.stop();
    }

    void onLoop(const std::function<void()> &task)
    {
        std::promise<void> done;
        m_loop.post([&] {
            task();
            done.set_value();
        });
        done.get_future().wait();
    }

    void later(std::function<void()> task) { m_loop.post(std::move(task)); }

    // What waits leaves as fast as it is taken.
    void send(ByteSpan bytes)
    {
        m_waiting.insert(m_waiting.end(), bytes.begin(), bytes.end());
        flush();
    }

    std::uint16_t port() const { return m_listener->local().port; }
    const TlsContext &tls() const { return *m_tls; }
    std::string received()
    {
        std::string copy;
        onLoop([&] { copy = m_received; });
        return copy;
    }

    // Connection::Handler
    void onBytes(ByteSpan bytes) override
    {
        m_received.append(bytes.begin(), bytes.end());
        m_onBytes(*this, bytes);
    }
    void onWritable() override
    {
        ++writable;
        flush();
    }
    void onClosed() override { ++closed; }

    std::unique_ptr<Connection> connection;
    std::atomic<bool> isFull = false; // the way out
    std::atomic<int> accepted = 0;
    std::atomic<int> closed = 0;
    std::atomic<int> writable = 0;
    std::atomic<int> refused = 0; // sends that were not taken whole

private:
    void accept(std::unique_ptr<Connection> socket)
    {
        connection = std::make_unique<TlsConnection>(
            m_loop, std::make_unique<Narrow>(std::move(socket), isFull), m_tls);
        connection->start(*this);
        ++accepted;
    }

    void flush()
    {
        if (m_waiting.empty())
            return;
        const auto taken = connection->trySend(m_waiting);
        if (!taken)
            return;
        m_waiting.erase(m_waiting.begin(), m_waiting.begin() + std::ptrdiff_t(*taken));
        if (m_waiting.empty())
            return;
        ++refused;
        connection->awaitWritable();
    }

    OnBytes m_onBytes;
    test::Folder m_folder;
    TlsContext::Shared m_tls;
    Loop m_loop;
    std::unique_ptr<TcpListener> m_listener;
    std::string m_received;
    std::vector<std::uint8_t> m_waiting;
};

void echo(Server &server, ByteSpan bytes)
{
    server.send(bytes);
}

class Socket {
public:
    explicit Socket(std::uint16_t port, int receiveBuffer = 0)
        : fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        if (receiveBuffer > 0)
            ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
        const timeval seconds{10, 0};
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &seconds, sizeof seconds);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(0, ::connect(fd, reinterpret_cast<sockaddr *>(&to), sizeof to));
    }
    ~Socket() { ::close(fd); }

    const int fd;
};

// As many bytes as asked for, or what came before the end.
std::vector<std::uint8_t> receive(TlsClient &client, std::size_t size,
                                  std::chrono::milliseconds nap = 0ms)
{
    std::vector<std::uint8_t> bytes(size);
    std::size_t got = 0;
    while (got < size) {
        const auto count = client.receive(bytes.data() + got, size - got);
        if (count && *count == 0)
            break;
        got += count.value_or(0);
        std::this_thread::sleep_for(nap);
    }
    bytes.resize(got);
    return bytes;
}

std::string receiveText(TlsClient &client, std::size_t size)
{
    const auto bytes = receive(client, size);
    return {bytes.begin(), bytes.end()};
}

// Everything up to the end; nothing: the server said something that is no alert.
bool endsWithin(int fd)
{
    std::uint8_t buffer[4096];
    pollfd entry{fd, POLLIN, 0};
    while (::poll(&entry, 1, 10000) > 0)
        if (::recv(fd, buffer, sizeof buffer, 0) <= 0)
            return true;
    return false;
}

} // namespace

class Versions : public ::testing::TestWithParam<int> { };

TEST_P(Versions, CarryBytesBothWaysAndShowTheCertificate)
{
    Server server(echo);
    const Socket socket(server.port());
    TlsClient client(socket.fd, {GetParam(), GetParam()});
    ASSERT_TRUE(client.shakeHands());
    EXPECT_EQ(GetParam(), SSL_version(client.native()));
    EXPECT_EQ(server.tls().fingerprint(), client.fingerprint());
    for (const std::string text : {"hello", "again"}) {
        ASSERT_TRUE(client.send(spanOf(text)));
        EXPECT_EQ(text, receiveText(client, text.size()));
    }
    server.onLoop([&] {
        EXPECT_TRUE(server.connection->isEncrypted());
        EXPECT_EQ(server.port(), server.connection->local().port);
        EXPECT_TRUE(server.connection->peer().address.isLoopback());
        EXPECT_TRUE(server.connection->info());
    });
    EXPECT_EQ(0, server.closed);
}

TEST_P(Versions, BytesInBothDirectionsAtOnceArriveWhole)
{
    Server server(echo);
    const Socket socket(server.port());
    TlsClient client(socket.fd, {GetParam(), GetParam()});
    ASSERT_TRUE(client.shakeHands());
    const auto bytes = noise(300 * 1024);
    std::vector<std::uint8_t> back;
    for (std::size_t at = 0; at < bytes.size(); at += 50 * 1024) {
        ASSERT_TRUE(client.send(ByteSpan(bytes).subspan(at, 50 * 1024)));
        const auto part = receive(client, 50 * 1024);
        back.insert(back.end(), part.begin(), part.end());
    }
    EXPECT_TRUE(bytes == back);
}

TEST_P(Versions, ASlowReaderGetsEverythingAndSlowsUsDown)
{
    const auto bytes = noise(24 * 1024 * 1024);
    Server server([&](Server &self, ByteSpan) { self.send(bytes); });
    const Socket socket(server.port(), 16 * 1024);
    TlsClient client(socket.fd, {GetParam(), GetParam()});
    ASSERT_TRUE(client.send(spanOf("go")));
    ASSERT_TRUE(comesTrue([&] { return server.refused > 0; }));
    std::this_thread::sleep_for(100ms);
    const int before = server.writable;
    std::this_thread::sleep_for(100ms);
    EXPECT_EQ(before, server.writable) << "it spins while nobody reads";
    EXPECT_TRUE(bytes == receive(client, bytes.size()));
    EXPECT_GT(server.writable, before);
}

// close() in the middle of a stream, with a record that the kernel did not take.
TEST_P(Versions, ClosingWhileTheWayOutIsFullEndsIt)
{
    const auto bytes = noise(24 * 1024 * 1024);
    Server server([&](Server &self, ByteSpan) { self.send(bytes); });
    const Socket socket(server.port(), 16 * 1024);
    TlsClient client(socket.fd, {GetParam(), GetParam()});
    ASSERT_TRUE(client.send(spanOf("go")));
    ASSERT_TRUE(comesTrue([&] { return server.refused > 0; }));
    server.onLoop([&] { server.connection->close(); });
    const auto got = receive(client, bytes.size());
    EXPECT_LT(got.size(), bytes.size());
    EXPECT_TRUE(std::equal(got.begin(), got.end(), bytes.begin()));
    EXPECT_EQ(0, server.closed) << "a callback after close()";
}

TEST_P(Versions, BothSidesSayGoodbye)
{
    Server server(echo);
    {
        const Socket socket(server.port());
        TlsClient client(socket.fd, {GetParam(), GetParam()});
        ASSERT_TRUE(client.send(spanOf("x")));
        EXPECT_EQ("x", receiveText(client, 1));
        server.onLoop([&] { server.connection->close(); });
        EXPECT_EQ("", receiveText(client, 1));
        EXPECT_TRUE(client.wasToldGoodbye());
        EXPECT_EQ(0, server.closed);
    }
    const Socket socket(server.port());
    TlsClient client(socket.fd, {GetParam(), GetParam()});
    ASSERT_TRUE(client.send(spanOf("x")));
    EXPECT_EQ("x", receiveText(client, 1));
    SSL_shutdown(client.native()); // the socket stays open
    EXPECT_TRUE(comesTrue([&] { return server.closed == 1; }));
}

TEST_P(Versions, AHandshakeMayComeByteByByte)
{
    Server server(echo);
    const Socket socket(server.port());
    TlsClient client(socket.fd, {GetParam(), GetParam()});
    BIO *in = BIO_new(BIO_s_mem());
    BIO *out = BIO_new(BIO_s_mem());
    SSL_set_bio(client.native(), in, out); // instead of the socket
    while (!client.shakeHands()) {
        char byte = 0;
        while (BIO_read(out, &byte, 1) == 1) {
            ASSERT_EQ(1, ::send(socket.fd, &byte, 1, 0));
            std::this_thread::sleep_for(200us);
        }
        char buffer[4096];
        const ssize_t count = ::recv(socket.fd, buffer, sizeof buffer, 0);
        ASSERT_GT(count, 0);
        BIO_write(in, buffer, int(count));
    }
    EXPECT_EQ(0, server.closed);
}

// Many records in one read, and a handler that wants to think after each.
TEST_P(Versions, APauseLosesNothingAndKeepsTheOrder)
{
    Server server([](Server &self, ByteSpan) { self.connection->pauseReading(); });
    const Socket socket(server.port());
    TlsClient client(socket.fd, {GetParam(), GetParam()});
    ASSERT_TRUE(client.shakeHands());
    const int on = 1;
    const int off = 0;
    ::setsockopt(socket.fd, IPPROTO_TCP, TCP_CORK, &on, sizeof on); // all in one segment
    std::string all;
    for (int i = 0; i < 50; ++i) {
        all += "message " + std::to_string(i) + ";";
        ASSERT_TRUE(client.send(spanOf("message " + std::to_string(i) + ";")));
    }
    ::setsockopt(socket.fd, IPPROTO_TCP, TCP_CORK, &off, sizeof off);
    ASSERT_TRUE(comesTrue([&] { return !server.received().empty(); }));
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ("message 0;", server.received()) << "bytes came during a pause";
    EXPECT_TRUE(comesTrue([&] {
        server.onLoop([&] { server.connection->resumeReading(); });
        return server.received().size() == all.size();
    }));
    EXPECT_EQ(all, server.received());
}

// More than one read of the socket's.
TEST_P(Versions, AHandlerThatPausesAfterEveryRecordGetsThemAllInOrder)
{
    Server server([](Server &self, ByteSpan) {
        self.connection->pauseReading();
        self.later([&self] { self.connection->resumeReading(); });
    });
    const Socket socket(server.port());
    TlsClient client(socket.fd, {GetParam(), GetParam()});
    std::string all;
    for (int i = 0; i < 10000; ++i) {
        const std::string message = "message " + std::to_string(i) + ";";
        ASSERT_TRUE(client.send(spanOf(message)));
        all += message;
    }
    EXPECT_TRUE(comesTrue([&] { return server.received().size() >= all.size(); }));
    EXPECT_TRUE(all == server.received());
}

TEST_P(Versions, TheHandlerMayDestroyTheConnectionInsideACallback)
{
    Server server([](Server &self, ByteSpan) { self.connection.reset(); });
    const Socket socket(server.port());
    TlsClient client(socket.fd, {GetParam(), GetParam()});
    ASSERT_TRUE(client.shakeHands());
    ASSERT_TRUE(client.send(spanOf("one")));
    client.send(spanOf("two"));
    EXPECT_TRUE(endsWithin(socket.fd));
    EXPECT_EQ(0, server.closed);
}

TEST_P(Versions, AnAbruptEndIsToldOnce)
{
    Server server(echo);
    {
        const Socket socket(server.port());
        TlsClient client(socket.fd, {GetParam(), GetParam()});
        ASSERT_TRUE(client.send(spanOf("x")));
        EXPECT_EQ("x", receiveText(client, 1));
    }
    EXPECT_TRUE(comesTrue([&] { return server.closed == 1; }));
    server.onLoop([&] {
        const auto sent = server.connection->trySend(spanOf("too late"));
        EXPECT_TRUE(!sent || *sent <= 8);
        server.connection->awaitWritable();
        server.connection->resumeReading();
    });
    server.onLoop([] {});
    EXPECT_EQ(1, server.closed);
}

INSTANTIATE_TEST_SUITE_P(Tls, Versions, ::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto &version) {
                             return version.param == TLS1_2_VERSION ? "12" : "13";
                         });

TEST(TlsConnection, SendsNothingBeforeTheHandshakeAndTellsWhenItCan)
{
    Server server(echo);
    const Socket socket(server.port());
    ASSERT_TRUE(comesTrue([&] { return server.accepted == 1; }));
    server.onLoop([&] { server.send(spanOf("welcome")); });
    EXPECT_EQ(1, server.refused);
    TlsClient client(socket.fd);
    EXPECT_EQ("welcome", receiveText(client, 7));
    EXPECT_EQ(1, server.writable);
}

TEST(TlsConnection, OlderVersionsAreRefused)
{
    for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
        Server server(echo);
        const Socket socket(server.port());
        TlsClient client(socket.fd, {version, version});
        EXPECT_FALSE(client.shakeHands());
        EXPECT_TRUE(comesTrue([&] { return server.closed == 1; }));
    }
}

TEST(TlsConnection, CiphersWithoutForwardSecrecyAreRefused)
{
    for (const char *cipher : {"AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "NULL-SHA256"}) {
        Server server(echo);
        const Socket socket(server.port());
        TlsClient client(socket.fd, {TLS1_2_VERSION, TLS1_2_VERSION});
        ASSERT_EQ(1, SSL_set_cipher_list(client.native(), cipher)) << cipher;
        EXPECT_FALSE(client.shakeHands()) << cipher;
    }
}

TEST(TlsConnection, RenegotiationIsRefused)
{
    Server server(echo);
    const Socket socket(server.port());
    TlsClient client(socket.fd, {TLS1_2_VERSION, TLS1_2_VERSION});
    ASSERT_TRUE(client.shakeHands());
    ASSERT_EQ(1, SSL_renegotiate(client.native()));
    client.shakeHands(); // asks
    std::uint8_t byte = 0;
    EXPECT_EQ(0u, client.receive(&byte, 1)) << "it was not refused";
}

TEST(TlsConnection, BytesThatAreNoTlsEndIt)
{
    std::string hello("\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00", 10);
    const std::string cases[] = {
        "OPTIONS rtsp://127.0.0.1/cam RTSP/1.0\r\nCSeq: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        std::string(5000, '\0'),
        std::string(5000, '\xff'),
        hello,
        std::string("\x16\x03\x01\xff\xff", 5) + std::string(70000, 'x'), // longer than a record
        std::string("\x17\x03\x03\x00\x05hello", 10), // data before the handshake
        std::string("\x15\x03\x03\x00\x02\x02\x28", 7), // an alert, fatal
    };
    for (const std::string &bytes : cases) {
        Server server(echo);
        const Socket socket(server.port());
        ::send(socket.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        EXPECT_TRUE(comesTrue([&] { return server.closed == 1; })) << bytes.substr(0, 20);
        server.onLoop([&] { server.connection.reset(); });
        EXPECT_TRUE(endsWithin(socket.fd)) << bytes.substr(0, 20);
        EXPECT_EQ("", server.received());
    }
}

TEST(TlsConnection, ABrokenRecordEndsIt)
{
    Server server(echo);
    const Socket socket(server.port());
    TlsClient client(socket.fd);
    ASSERT_TRUE(client.send(spanOf("good")));
    EXPECT_EQ("good", receiveText(client, 4));
    const std::string forged = std::string("\x17\x03\x03\x00\x20", 5) + std::string(32, 'x');
    ASSERT_EQ(ssize_t(forged.size()), ::send(socket.fd, forged.data(), forged.size(), 0));
    EXPECT_TRUE(comesTrue([&] { return server.closed == 1; }));
    EXPECT_EQ("good", server.received());
}

TEST(TlsConnection, APeerThatGoesDuringTheHandshakeIsGone)
{
    Server server(echo);
    {
        const Socket socket(server.port());
        ASSERT_TRUE(comesTrue([&] { return server.accepted == 1; }));
        const std::string begun("\x16\x03\x01\x02\x00\x01\x00\x01", 8);
        ::send(socket.fd, begun.data(), begun.size(), 0);
    }
    EXPECT_TRUE(comesTrue([&] { return server.closed == 1; }));
}

// Answers to them must not fill our memory while nobody reads.
TEST(TlsConnection, AFloodOfKeyUpdatesByAPeerThatReadsNothingEndsIt)
{
    Server server([](Server &, ByteSpan) {});
    const Socket socket(server.port());
    TlsClient client(socket.fd, {TLS1_3_VERSION, TLS1_3_VERSION});
    ASSERT_TRUE(client.shakeHands());
    server.isFull = true;
    for (int i = 0; i < 100 * 1000 && server.closed == 0; ++i) {
        SSL_key_update(client.native(), SSL_KEY_UPDATE_REQUESTED);
        if (!client.send(spanOf("x")))
            break;
    }
    EXPECT_TRUE(comesTrue([&] { return server.closed == 1; }));
}
