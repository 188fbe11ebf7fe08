#include "support/tls_client.h"

#include <csignal>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace heliograph::test {

namespace {

ssl_st *makeNative(int socket, TlsVersions versions)
{
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(context, 0); // tests ask for what is too old
    SSL_CTX_set_min_proto_version(context, versions.oldest);
    SSL_CTX_set_max_proto_version(context, versions.newest);
    SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY); // a ticket is no byte: do not wait for one
    SSL *native = SSL_new(context);
    SSL_CTX_free(context); // the session holds it
    SSL_set_fd(native, socket);
    SSL_set_connect_state(native);
    return native;
}

} // namespace

TlsClient::TlsClient(int socket, TlsVersions versions)
    : m_native(makeNative(socket, versions), SSL_free)
{
}

bool TlsClient::shakeHands()
{
    ERR_clear_error();
    return SSL_do_handshake(m_native.get()) == 1;
}

bool TlsClient::send(ByteSpan bytes)
{
    ERR_clear_error();
    std::size_t count = 0;
    return SSL_write_ex(m_native.get(), bytes.data(), bytes.size(), &count) == 1;
}

std::optional<std::size_t> TlsClient::receive(std::uint8_t *to, std::size_t most)
{
    ERR_clear_error();
    std::size_t count = 0;
    const int outcome = SSL_read_ex(m_native.get(), to, most, &count);
    if (outcome != 1 && SSL_get_error(m_native.get(), outcome) == SSL_ERROR_WANT_READ)
        return std::nullopt;
    return outcome == 1 ? count : 0;
}

bool TlsClient::holdsBytes() const
{
    return SSL_has_pending(m_native.get()) == 1;
}

bool TlsClient::wasToldGoodbye() const
{
    return (SSL_get_shutdown(m_native.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
}

std::string TlsClient::fingerprint() const
{
    unsigned char octets[EVP_MAX_MD_SIZE] = {};
    unsigned length = 0;
    X509_digest(SSL_get0_peer_certificate(m_native.get()), EVP_sha256(), octets, &length);
    char *text = OPENSSL_buf2hexstr(octets, long(length));
    const std::string copy = text;
    OPENSSL_free(text);
    return copy;
}

} // namespace heliograph::test
