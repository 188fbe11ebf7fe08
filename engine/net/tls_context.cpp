#include "net/tls_context.h"

#include "net/tls_certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <unistd.h>

namespace heliograph::net {

namespace {

// In TLS 1.2; those of 1.3 are all of this kind.
constexpr const char *ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using File = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

std::string takeReason()
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    std::string text = reason ? reason : "no reason given";
    ERR_clear_error();
    return text;
}

Result<> checkReadable(const std::filesystem::path &file)
{
    std::error_code ignored;
    if (std::filesystem::is_regular_file(file, ignored) && ::access(file.c_str(), R_OK) == 0)
        return {};
    return failure(ErrorCode::FileUnreadable, file.string());
}

// OpenSSL would ask at the terminal.
int refuseToAsk(char *, int, int, void *)
{
    return 0;
}

SSL_CTX *makeNative()
{
    SSL_CTX *native = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(
        native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_cipher_list(native, ciphers);
    // Tickets hold what is needed to resume: we keep nothing about anybody.
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    return native;
}

Result<> readCertificate(SSL_CTX *native, const std::filesystem::path &file)
{
    if (auto readable = checkReadable(file); !readable)
        return readable;
    if (SSL_CTX_use_certificate_chain_file(native, file.c_str()) == 1)
        return {};
    return failure(ErrorCode::InvalidArgument,
                   file.string() + " does not hold a certificate in PEM form that can be used ("
                       + takeReason() + ")");
}

Result<> readKey(SSL_CTX *native, const CertificateFiles &files)
{
    if (auto readable = checkReadable(files.key); !readable)
        return readable;
    const File file(BIO_new_file(files.key.c_str(), "r"), BIO_free_all);
    const Key key(file ? PEM_read_bio_PrivateKey(file.get(), nullptr, refuseToAsk, nullptr)
                       : nullptr,
                  EVP_PKEY_free);
    if (!key)
        return failure(ErrorCode::InvalidArgument,
                       files.key.string() + " does not hold a key in PEM form without a password ("
                           + takeReason() + ")");
    if (X509_check_private_key(SSL_CTX_get0_certificate(native), key.get()) == 1
        && SSL_CTX_use_PrivateKey(native, key.get()) == 1)
        return {};
    ERR_clear_error();
    return failure(ErrorCode::InvalidArgument,
                   "the key " + files.key.string() + " does not belong to the certificate "
                       + files.certificate.string());
}

// "AB:CD:…"
std::string fingerprintOf(const X509 *certificate)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    unsigned char octets[EVP_MAX_MD_SIZE] = {};
    unsigned length = 0;
    X509_digest(certificate, EVP_sha256(), octets, &length);
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
        text += i == 0 ? "" : ":";
        text += digits[octets[i] >> 4];
        text += digits[octets[i] & 0xf];
    }
    return text;
}

} // namespace

Result<TlsContext::Shared> TlsContext::load(const CertificateFiles &files)
{
    ERR_clear_error();
    Native native(makeNative(), SSL_CTX_free);
    if (const auto read = readCertificate(native.get(), files.certificate); !read)
        return tl::unexpected(read.error());
    if (const auto read = readKey(native.get(), files); !read)
        return tl::unexpected(read.error());
    return Shared(new TlsContext(std::move(native)));
}

Result<TlsContext::Shared> TlsContext::selfSigned(const std::filesystem::path &folder)
{
    const auto files = makeCertificate(folder);
    if (!files)
        return tl::unexpected(files.error());
    return load(*files);
}

TlsContext::TlsContext(Native native)
    : m_native(std::move(native))
    , m_fingerprint(fingerprintOf(SSL_CTX_get0_certificate(m_native.get())))
{
}

bool TlsContext::isExpired() const
{
    return X509_cmp_current_time(X509_get0_notAfter(SSL_CTX_get0_certificate(m_native.get()))) < 0;
}

} // namespace heliograph::net
