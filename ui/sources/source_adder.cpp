#include "sources/source_adder.h"

#include "sources/source_selection.h"
#include "text/words.h"

#include <QFileInfo>
#include <algorithm>

namespace heliograph::ui {

namespace {

// The first field of this kind; null: there is none.
const SettingField *fieldOfKind(const SourceTypeInfo &type, SettingKind kind)
{
    const auto found = std::ranges::find(type.schema, kind, &SettingField::kind);
    return found == type.schema.end() ? nullptr : &*found;
}

Settings generatedSecrets(const SourceTypeInfo &type)
{
    Settings settings;
    for (const SettingField &field : type.schema)
        if (field.generated)
            settings.emplace(field.key, makePassword());
    return settings;
}

} // namespace

SourceAdder::SourceAdder(StudioBridge &bridge, SourceSelection &selection, QObject *parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_selection(selection)
{
}

void SourceAdder::addDevice(const DeviceInfo &device)
{
    const SourceTypeInfo *type = m_bridge.sourceType(device.sourceType);
    if (!type)
        return;
    Settings settings;
    if (const SettingField *field = fieldOfKind(*type, SettingKind::Device))
        settings[field->key] = device.id;
    add(device.name, type->id, std::move(settings));
}

void SourceAdder::addType(const SourceTypeInfo &type)
{
    add(type.title, type.id, generatedSecrets(type));
}

void SourceAdder::addFiles(const QStringList &paths)
{
    for (const SourceTypeInfo &type : m_bridge.sourceTypes())
        if (const SettingField *field = fieldOfKind(type, SettingKind::Files))
            return add(utf8(QFileInfo(paths.front()).completeBaseName()), type.id,
                       {{field->key, utf8(paths.join('\n'))}});
}

void SourceAdder::add(const std::string &name, const std::string &type, Settings settings)
{
    m_bridge.addSource({freeName(name), type, std::move(settings)}, this,
                       [this](Result<SourceId> result) {
                           if (!result) {
                               emit failed(sentenceOf(result.error()));
                               return;
                           }
                           m_selection.select(*result);
                           emit added();
                       });
}

std::string SourceAdder::freeName(const std::string &wanted) const
{
    const auto taken = [this](const std::string &name) {
        const auto &sources = m_bridge.snapshot().sources;
        return std::any_of(sources.begin(), sources.end(),
                           [&](const SourceSnapshot &each) { return each.config.name == name; });
    };
    std::string name = wanted;
    for (int number = 2; taken(name); ++number)
        name = wanted + " " + std::to_string(number);
    return name;
}

} // namespace heliograph::ui
