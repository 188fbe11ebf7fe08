#include "studio_test.h"

#include <QCoreApplication>
#include <QSettings>

namespace heliograph::testing {

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
