#include "net/tls_certificate.h"

#include "net/interfaces.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/file.h>
#include <unistd.h>

namespace heliograph::net {

namespace {

constexpr long day = 24 * 60 * 60;
constexpr long lifetime = 3652 * day; // ten years
constexpr int serialBits = 127; // positive in 16 octets

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

// The host's name goes into a list that is separated by commas, and may hold anything.
bool isHostName(std::string_view name)
{
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                         "0123456789.-";
    return !name.empty() && name != "localhost"
        && name.find_first_not_of(allowed) == std::string_view::npos;
}

// "DNS:localhost,IP:127.0.0.1,…"
std::string ownNames()
{
    std::string names = "DNS:localhost";
    char host[256] = {};
    if (::gethostname(host, sizeof host - 1) == 0 && isHostName(host))
        names += std::string(",DNS:") + host;
    for (const char *loopback : {"127.0.0.1", "::1"})
        names += std::string(",IP:") + loopback;
    for (const Address &address : reachableAddresses())
        names += ",IP:" + address.plainText();
    return names;
}

void addExtension(X509 *certificate, int kind, const std::string &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    if (X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())) {
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }
}

void setSerial(X509 *certificate)
{
    BIGNUM *number = BN_new();
    BN_rand(number, serialBits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
}

Certificate sign(EVP_PKEY *key)
{
    Certificate certificate(X509_new(), X509_free);
    X509 *const raw = certificate.get();
    X509_set_version(raw, X509_VERSION_3);
    setSerial(raw);
    X509_gmtime_adj(X509_getm_notBefore(raw), -day); // a player's clock may be behind ours
    X509_gmtime_adj(X509_getm_notAfter(raw), lifetime);
    X509_set_pubkey(raw, key);
    X509_NAME *name = X509_get_subject_name(raw);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>("Heliograph"), -1, -1, 0);
    X509_set_issuer_name(raw, name);
    addExtension(raw, NID_basic_constraints, "critical,CA:FALSE");
    addExtension(raw, NID_key_usage, "critical,digitalSignature");
    addExtension(raw, NID_ext_key_usage, "serverAuth");
    addExtension(raw, NID_subject_key_identifier, "hash");
    addExtension(raw, NID_subject_alt_name, ownNames());
    if (X509_sign(raw, key, EVP_sha256()) == 0)
        certificate.reset();
    return certificate;
}

template <class Write>
std::string toPem(Write write)
{
    const Memory memory(BIO_new(BIO_s_mem()), BIO_free_all);
    write(memory.get());
    char *text = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &text);
    return {text, std::size_t(length)};
}

bool writeAll(int file, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t count = ::write(file, text.data(), text.size());
        if (count <= 0)
            return false;
        text.remove_prefix(std::size_t(count));
    }
    return ::fsync(file) == 0;
}

// Whole or not at all; ours alone (mode 0600) from the first byte.
Result<> writeOwn(const std::filesystem::path &path, std::string_view text)
{
    std::string fresh = path.string() + ".XXXXXX";
    const int file = ::mkostemp(fresh.data(), O_CLOEXEC);
    if (file < 0)
        return failure(ErrorCode::PermissionDenied, path.string());
    const bool written = writeAll(file, text);
    ::close(file);
    if (written && ::rename(fresh.c_str(), path.c_str()) == 0)
        return {};
    ::unlink(fresh.c_str());
    return failure(ErrorCode::PermissionDenied, path.string());
}

Result<> writeNew(const CertificateFiles &files)
{
    const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Certificate certificate = key ? sign(key.get()) : Certificate(nullptr, X509_free);
    if (!certificate)
        return failure(ErrorCode::Internal, "make a certificate");
    const auto pemKey = toPem([&](BIO *to) {
        PEM_write_bio_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    const auto pemCertificate = toPem([&](BIO *to) { PEM_write_bio_X509(to, certificate.get()); });
    // The certificate last: where it is, its key is, too.
    if (auto written = writeOwn(files.key, pemKey); !written)
        return written;
    return writeOwn(files.certificate, pemCertificate);
}

// Held by whoever looks into the folder and writes there.
class FolderLock {
public:
    explicit FolderLock(const std::filesystem::path &folder)
        : m_folder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    {
        ::flock(m_folder, LOCK_EX);
    }
    ~FolderLock()
    {
        if (m_folder >= 0)
            ::close(m_folder);
    }
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

private:
    const int m_folder;
};

} // namespace

Result<CertificateFiles> makeCertificate(const std::filesystem::path &folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return failure(ErrorCode::PermissionDenied, folder.string());
    const CertificateFiles files{folder / "tls-certificate.pem", folder / "tls-key.pem"};
    const FolderLock lock(folder);
    if (!std::filesystem::exists(files.certificate, error))
        if (const auto written = writeNew(files); !written)
            return tl::unexpected(written.error());
    return files;
}

} // namespace heliograph::net
