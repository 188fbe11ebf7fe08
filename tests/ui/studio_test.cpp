#include "studio_test.h"

#include <QCoreApplication>
#include <QSettings>

namespace heliograph::testing {

namespace {

class FakeSecrets final : public SecretStore {
public:
    explicit FakeSecrets(FakeKeyring &keyring)
        : m_keyring(keyring)
    {
    }
    Result<std::optional<Secret>> find(const std::string &key) override
    {
        if (m_keyring.fail)
            return tl::unexpected(*m_keyring.fail);
        const auto found = m_keyring.secrets.find(key);
        return found == m_keyring.secrets.end() ? std::nullopt : std::optional(found->second);
    }
    Result<> keep(const std::string &key, const Secret &secret) override
    {
        if (!m_keyring.fail)
            m_keyring.secrets[key] = secret;
        return m_keyring.fail ? Result<>(tl::unexpected(*m_keyring.fail)) : Result<>();
    }
    Result<> forget(const std::string &key) override
    {
        m_keyring.secrets.erase(key);
        return {};
    }
    std::filesystem::path file() const override { return m_keyring.file; }

private:
    FakeKeyring &m_keyring;
};

} // namespace

std::unique_ptr<SecretStore> openFakeKeyring(FakeKeyring &keyring)
{
    return std::make_unique<FakeSecrets>(keyring);
}

Bench::Bench()
    : bridge(studio)
{
    QCoreApplication::setOrganizationName("heliograph-test");
    QCoreApplication::setApplicationName("studio");
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
}

std::filesystem::path Bench::projectFile() const
{
    return std::filesystem::path(folder.path().toStdString()) / "project.toml";
}

void Bench::show()
{
    studio.publishSnapshot();
    bridge.poll();
}

SourceId Bench::add(const std::string &name, const std::string &type, Settings settings)
{
    SourceId id{};
    studio.addSource({name, type, std::move(settings)},
                     [&](Result<SourceId> added) { id = *added; });
    show();
    return id;
}

} // namespace heliograph::testing
