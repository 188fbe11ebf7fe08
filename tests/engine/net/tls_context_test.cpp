// The certificate: made once, kept, and files that cannot be used.
#include "net/tls_certificate.h"
#include "net/tls_context.h"
#include "support/folder.h"

#include <fstream>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <set>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace heliograph;
using namespace heliograph::net;

namespace fs = std::filesystem;

namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

std::string textOf(const fs::path &file)
{
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path &file, const std::string &text)
{
    std::ofstream(file) << text;
}

Certificate readCertificate(const fs::path &file)
{
    BIO *bio = BIO_new_file(file.c_str(), "r");
    Certificate certificate(PEM_read_bio_X509(bio, nullptr, nullptr, nullptr), X509_free);
    BIO_free(bio);
    return certificate;
}

Key readKey(const fs::path &file)
{
    BIO *bio = BIO_new_file(file.c_str(), "r");
    Key key(PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr), EVP_PKEY_free);
    BIO_free(bio);
    return key;
}

// The certificate once more, with an end that is past, signed by its key.
void expire(const CertificateFiles &files, const fs::path &to)
{
    const Certificate certificate = readCertificate(files.certificate);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), -60);
    X509_sign(certificate.get(), readKey(files.key).get(), EVP_sha256());
    BIO *bio = BIO_new_file(to.c_str(), "w");
    PEM_write_bio_X509(bio, certificate.get());
    BIO_free(bio);
}

void lockWithPassword(const fs::path &key, const fs::path &to)
{
    BIO *bio = BIO_new_file(to.c_str(), "w");
    char password[] = "secret";
    PEM_write_bio_PrivateKey(bio, readKey(key).get(), EVP_aes_256_cbc(), nullptr, 0, nullptr,
                             password);
    BIO_free(bio);
}

} // namespace

TEST(SelfSigned, IsMadeOnceAndKeepsItsFingerprint)
{
    const test::Folder folder;
    const fs::path deep = folder / "not/there/yet";
    const auto first = TlsContext::selfSigned(deep);
    ASSERT_TRUE(first) << first.error().detail;
    const std::string key = textOf(deep / "tls-key.pem");
    const auto second = TlsContext::selfSigned(deep);
    ASSERT_TRUE(second);
    EXPECT_EQ((*first)->fingerprint(), (*second)->fingerprint());
    EXPECT_EQ(key, textOf(deep / "tls-key.pem"));
    EXPECT_EQ(32u * 3 - 1, (*first)->fingerprint().size());
    EXPECT_EQ(std::string::npos, (*first)->fingerprint().find_first_not_of("0123456789ABCDEF:"));
    EXPECT_FALSE((*first)->isExpired());
    const test::Folder other;
    EXPECT_NE((*first)->fingerprint(), (*TlsContext::selfSigned(other.path()))->fingerprint());
}

TEST(SelfSigned, ItsKeyIsNobodyElsesAndNothingElseIsLeftBehind)
{
    const test::Folder folder;
    const mode_t before = ::umask(0);
    ASSERT_TRUE(TlsContext::selfSigned(folder.path()));
    ::umask(before);
    struct stat status { };
    ASSERT_EQ(0, ::stat((folder / "tls-key.pem").c_str(), &status));
    EXPECT_EQ(0600u, status.st_mode & 0777u);
    std::set<std::string> files;
    for (const auto &entry : fs::directory_iterator(folder.path()))
        files.insert(entry.path().filename().string());
    EXPECT_EQ((std::set<std::string>{"tls-certificate.pem", "tls-key.pem"}), files);
}

TEST(SelfSigned, SpeaksForThisComputerUnderItsNamesForTenYears)
{
    const test::Folder folder;
    ASSERT_TRUE(TlsContext::selfSigned(folder.path()));
    const Certificate certificate = readCertificate(folder / "tls-certificate.pem");
    X509 *raw = certificate.get();
    ASSERT_TRUE(raw);
    EXPECT_EQ(1, X509_check_host(raw, "localhost", 0, 0, nullptr));
    EXPECT_EQ(1, X509_check_ip_asc(raw, "127.0.0.1", 0));
    EXPECT_EQ(1, X509_check_ip_asc(raw, "::1", 0));
    EXPECT_EQ(0, X509_check_host(raw, "example.org", 0, 0, nullptr));
    char name[64] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(raw), NID_commonName, name, sizeof name);
    EXPECT_STREQ("Heliograph", name);
    EXPECT_EQ(EVP_PKEY_EC, EVP_PKEY_get_id(X509_get0_pubkey(raw)));
    EXPECT_EQ(256, EVP_PKEY_get_bits(X509_get0_pubkey(raw)));
    int days = 0;
    int seconds = 0;
    ASSERT_EQ(1, ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(raw)));
    EXPECT_GE(days, 3650);
    EXPECT_EQ(1, X509_verify(raw, X509_get0_pubkey(raw)));
    EXPECT_GT(BN_num_bits(std::unique_ptr<BIGNUM, decltype(&BN_free)>(
                              ASN1_INTEGER_to_BN(X509_get0_serialNumber(raw), nullptr), BN_free)
                              .get()),
              64);
}

// The studio and the command line, started at the same moment.
TEST(SelfSigned, ManyThatBeginTogetherAgree)
{
    const test::Folder folder;
    std::vector<std::string> fingerprints(8);
    std::vector<std::thread> threads;
    for (std::string &fingerprint : fingerprints)
        threads.emplace_back([&] {
            const auto made = TlsContext::selfSigned(folder.path());
            fingerprint = made ? (*made)->fingerprint() : made.error().detail;
        });
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(1u, std::set<std::string>(fingerprints.begin(), fingerprints.end()).size());
    EXPECT_EQ(32u * 3 - 1, fingerprints[0].size()) << fingerprints[0];
}

TEST(SelfSigned, AKeyThatIsGoneIsToldAndNothingIsOverwritten)
{
    const test::Folder folder;
    ASSERT_TRUE(TlsContext::selfSigned(folder.path()));
    const std::string certificate = textOf(folder / "tls-certificate.pem");
    fs::remove(folder / "tls-key.pem");
    const auto again = TlsContext::selfSigned(folder.path());
    ASSERT_FALSE(again);
    EXPECT_EQ(ErrorCode::FileUnreadable, again.error().code);
    EXPECT_EQ(certificate, textOf(folder / "tls-certificate.pem"));
}

TEST(SelfSigned, AFolderThatCannotBeMadeIsTold)
{
    const test::Folder folder;
    write(folder / "file", "");
    const auto made = TlsContext::selfSigned(folder / "file/below");
    ASSERT_FALSE(made);
    EXPECT_EQ(ErrorCode::PermissionDenied, made.error().code);
}

class GivenFiles : public ::testing::Test {
protected:
    GivenFiles()
        : m_own(makeCertificate(m_folder / "own").value())
        , m_other(makeCertificate(m_folder / "other").value())
    {
    }

    fs::path file(const std::string &name, const std::string &text)
    {
        write(m_folder / name, text);
        return m_folder / name;
    }

    test::Folder m_folder;
    CertificateFiles m_own;
    CertificateFiles m_other;
};

TEST_F(GivenFiles, ThatCannotBeUsedAreToldInWords)
{
    const fs::path locked = m_folder / "locked.pem";
    lockWithPassword(m_own.key, locked);
    const struct {
        CertificateFiles files;
        ErrorCode code;
        const char *words;
    } cases[] = {
        {{"/nonexistent/cert.pem", m_own.key}, ErrorCode::FileUnreadable, "/nonexistent/cert.pem"},
        {{m_own.certificate, "/nonexistent/key.pem"},
         ErrorCode::FileUnreadable,
         "/nonexistent/key.pem"},
        {{m_folder.path(), m_own.key}, ErrorCode::FileUnreadable, m_folder.path().c_str()},
        {{file("empty.pem", ""), m_own.key}, ErrorCode::InvalidArgument, "PEM"},
        {{file("text.pem", "no certificate"), m_own.key}, ErrorCode::InvalidArgument, "PEM"},
        {{m_own.key, m_own.key}, ErrorCode::InvalidArgument, "PEM"},
        {{file("cut.pem", textOf(m_own.certificate).substr(0, 200)), m_own.key},
         ErrorCode::InvalidArgument,
         "PEM"},
        {{m_own.certificate, m_own.certificate}, ErrorCode::InvalidArgument, "key"},
        {{m_own.certificate, file("text.key", "no key")}, ErrorCode::InvalidArgument, "key"},
        {{m_own.certificate, locked}, ErrorCode::InvalidArgument, "password"},
        {{m_own.certificate, m_other.key}, ErrorCode::InvalidArgument, "does not belong"},
    };
    for (const auto &each : cases) {
        const auto loaded = TlsContext::load(each.files);
        ASSERT_FALSE(loaded) << each.files.certificate << each.files.key;
        EXPECT_EQ(each.code, loaded.error().code) << loaded.error().detail;
        EXPECT_NE(std::string::npos, loaded.error().detail.find(each.words))
            << loaded.error().detail;
    }
}

TEST_F(GivenFiles, AreTakenFromOneFileOrTwoWithTheirIssuers)
{
    const fs::path both = file(
        "both.pem", textOf(m_own.certificate) + textOf(m_other.certificate) + textOf(m_own.key));
    const auto one = TlsContext::load({both, both});
    const auto two = TlsContext::load(m_own);
    ASSERT_TRUE(one) << one.error().detail;
    ASSERT_TRUE(two);
    EXPECT_EQ((*one)->fingerprint(), (*two)->fingerprint());
}

TEST_F(GivenFiles, ThatHaveExpiredAreUsedAndTold)
{
    const fs::path expired = m_folder / "expired.pem";
    expire(m_own, expired);
    const auto loaded = TlsContext::load({expired, m_own.key});
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_TRUE((*loaded)->isExpired());
}
