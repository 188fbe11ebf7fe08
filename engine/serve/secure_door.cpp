#include "serve/secure_door.h"

#include "net/tcp_connection.h"
#include "net/tls_connection.h"

#include <cstdlib>

namespace heliograph::serve {

namespace {

SettingField fileField(const char *key, const char *title, const char *help)
{
    SettingField field;
    field.key = key;
    field.title = title;
    field.help = help;
    field.kind = SettingKind::File;
    field.fallback = std::string();
    return field;
}

// $XDG_DATA_HOME/heliograph, or ~/.local/share/heliograph.
std::filesystem::path dataFolder()
{
    const char *data = std::getenv("XDG_DATA_HOME");
    const char *home = std::getenv("HOME");
    const std::filesystem::path base = data && *data
        ? std::filesystem::path(data)
        : std::filesystem::path(home ? home : ".") / ".local/share";
    return base / "heliograph";
}

} // namespace

SettingsSchema SecureDoor::schema(const Protocols &protocols)
{
    const std::string name = protocols.secure.name;
    return {
        {.key = "tls",
         .title = "Also serve " + name,
         .help = "Let players connect over TLS too, where nobody on the way can watch or listen.",
         .kind = SettingKind::Toggle,
         .fallback = false},
        {.key = "tls_port",
         .title = name + " port",
         .help = "The TCP port of " + name + "; 0 lets the system choose one.",
         .kind = SettingKind::Integer,
         .fallback = std::int64_t(protocols.secure.port),
         .minimum = 0,
         .maximum = 65535},
        fileField("certificate", "Certificate",
                  "The PEM file of the certificate and its issuers; empty: Heliograph makes one "
                  "and signs it itself."),
        fileField("certificate_key", "Key of the certificate",
                  "The PEM file of the certificate's key, without a password."),
    };
}

SecureDoor::SecureDoor(const EngineContext &context, const Protocols &protocols, Accepted accepted)
    : m_context(context)
    , m_protocols(protocols)
    , m_accepted(std::move(accepted))
    , m_listeners(context, protocols.secure,
                  [this](std::unique_ptr<net::TcpConnection> socket) { accept(std::move(socket)); })
{
}

Result<> SecureDoor::configure(const Settings &settings, std::vector<net::Address> addresses)
{
    m_settings = settings;
    m_addresses = std::move(addresses);
    if (toggleOf(settings, "tls"))
        return open();
    close();
    return {};
}

void SecureDoor::follow(std::vector<net::Address> addresses)
{
    m_addresses = std::move(addresses);
    if (m_listeners.isOpen())
        static_cast<void>(noted(listen()));
}

void SecureDoor::tryAgain()
{
    if (m_health && !m_listeners.isOpen() && m_context.clock.now() >= m_nextTry)
        static_cast<void>(open());
}

void SecureDoor::close()
{
    shut();
    m_health.reset(); // nobody wants it: nothing is tried again
}

void SecureDoor::shut()
{
    m_listeners.close();
    m_tls.reset();
}

Result<> SecureDoor::open()
{
    Result<> outcome = check().and_then([this] { return readCertificate(); });
    if (outcome)
        outcome = listen();
    else
        shut();
    return noted(std::move(outcome));
}

Result<> SecureDoor::check() const
{
    const auto port = integerOf(m_settings, "tls_port");
    if (port != 0 && port == integerOf(m_settings, "port"))
        return failure(ErrorCode::InvalidArgument,
                       std::string(m_protocols.plain.name) + " and " + m_protocols.secure.name
                           + " need a port each");
    if (textOf(m_settings, "certificate").empty() != textOf(m_settings, "certificate_key").empty())
        return failure(ErrorCode::InvalidArgument,
                       "a certificate needs its key, and a key its certificate");
    return {};
}

// Two small files; to make them takes milliseconds, once in a computer's life.
Result<> SecureDoor::readCertificate()
{
    const std::string &certificate = textOf(m_settings, "certificate");
    auto read = certificate.empty()
        ? net::TlsContext::selfSigned(dataFolder())
        : net::TlsContext::load({certificate, textOf(m_settings, "certificate_key")});
    if (!read)
        return tl::unexpected(read.error());
    m_tls = *std::move(read);
    if (m_tls->isExpired())
        m_context.notices.post(NoticeLevel::Warning, Notice::Event::CertificateExpired,
                               certificate.empty() ? dataFolder().string() : certificate);
    return {};
}

Result<> SecureDoor::listen()
{
    return m_listeners.listen(m_addresses, std::uint16_t(integerOf(m_settings, "tls_port")));
}

// The state for the snapshot, and a notice when it has changed.
Result<> SecureDoor::noted(Result<> outcome)
{
    const char *subject = m_protocols.secure.name;
    const bool failedBefore = m_health && m_health->error;
    const bool sameAsBefore = failedBefore && !outcome && m_health->error == outcome.error();
    m_nextTry = m_context.clock.now() + Listeners::pauseBetweenTries;
    if (outcome && failedBefore)
        m_context.notices.post(NoticeLevel::Information, Notice::Event::OutputRecovered, subject);
    if (!outcome && !sameAsBefore)
        m_context.notices.post(NoticeLevel::Problem, Notice::Event::OutputFailed, subject, {},
                               outcome.error());
    m_health = Listeners::healthOf(outcome);
    return outcome;
}

void SecureDoor::describeInto(OutputSnapshot &output) const
{
    output.secureHealth = m_health;
    if (!m_listeners.isOpen())
        return;
    output.securePort = m_listeners.port();
    output.fingerprint = m_tls->fingerprint();
}

void SecureDoor::accept(std::unique_ptr<net::Connection> socket)
{
    m_accepted(std::make_unique<net::TlsConnection>(m_context.loop, std::move(socket), m_tls));
}

} // namespace heliograph::serve
