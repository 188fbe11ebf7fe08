#include "server/server_control.h"

#include "text/words.h"

#include <QStringList>
#include <algorithm>

namespace heliograph::ui {

ServerControl::ServerControl(StudioBridge &bridge, QObject *parent)
    : QObject(parent)
    , m_bridge(bridge)
{
    connect(&bridge, &StudioBridge::changed, this, &ServerControl::changed);
}

void ServerControl::start(const std::vector<OutputConfig> &saved)
{
    for (const OutputTypeInfo &type : m_bridge.outputTypes()) {
        const auto found = std::find_if(saved.begin(), saved.end(), [&](const OutputConfig &each) {
            return each.type == type.id;
        });
        const Settings settings = found == saved.end() ? Settings() : found->settings;
        m_entries[type.id].settings = settings;
        configure(type.id, settings);
    }
}

void ServerControl::configure(const std::string &type, Settings settings)
{
    m_entries[type].pending = true;
    const OutputConfig config{type, std::move(settings)};
    m_bridge.configureOutput(config, this, [this, config](Result<> result) {
        Entry &entry = m_entries[config.type];
        entry.pending = false;
        entry.answer = result ? QString() : sentenceOf(result.error());
        if (result)
            entry.settings = config.settings;
        emit changed();
        if (result)
            emit configured();
    });
    emit changed();
}

std::vector<OutputConfig> ServerControl::configs() const
{
    std::vector<OutputConfig> configs;
    for (const OutputTypeInfo &type : m_bridge.outputTypes())
        if (const auto entry = m_entries.find(type.id); entry != m_entries.end())
            configs.push_back({type.id, entry->second.settings});
    return configs;
}

const Settings &ServerControl::settingsOf(const std::string &type) const
{
    static const Settings none;
    const auto entry = m_entries.find(type);
    return entry == m_entries.end() ? none : entry->second.settings;
}

bool ServerControl::isPending(const std::string &type) const
{
    const auto entry = m_entries.find(type);
    return entry != m_entries.end() && entry->second.pending;
}

QString ServerControl::answerOf(const std::string &type) const
{
    const auto entry = m_entries.find(type);
    return entry == m_entries.end() ? QString() : entry->second.answer;
}

const OutputSnapshot *ServerControl::outputOf(const std::string &type) const
{
    const auto &outputs = m_bridge.snapshot().outputs;
    const auto found = std::find_if(outputs.begin(), outputs.end(),
                                    [&](const OutputSnapshot &each) { return each.type == type; });
    return found == outputs.end() ? nullptr : &*found;
}

bool ServerControl::isRunning(const OutputTypeInfo &type) const
{
    const OutputSnapshot *output = outputOf(type.id);
    return output && output->health.state == HealthState::Ok;
}

QString ServerControl::failureOf(const OutputTypeInfo &type) const
{
    if (isRunning(type))
        return {};
    const OutputSnapshot *output = outputOf(type.id);
    QString why = output ? problemOf(output->health) : QString();
    if (why.isEmpty())
        why = answerOf(type.id);
    return why.isEmpty() ? QString() : tr("The %1 is not running. %2").arg(text(type.title), why);
}

QString ServerControl::failure() const
{
    for (const OutputTypeInfo &type : m_bridge.outputTypes()) {
        if (QString why = failureOf(type); !why.isEmpty())
            return why;
    }
    return {};
}

bool ServerControl::isServing(const OutputTypeInfo &type) const
{
    return isRunning(type) && outputOf(type.id)->port != 0;
}

bool ServerControl::isWanted(const std::string &type) const
{
    const Settings &settings = settingsOf(type);
    const auto enabled = settings.find("enabled");
    return enabled == settings.end() || std::get<bool>(enabled->second);
}

void ServerControl::setWanted(const std::string &type, bool wanted)
{
    Settings settings = settingsOf(type);
    settings["enabled"] = wanted;
    configure(type, std::move(settings));
}

QString ServerControl::problem() const
{
    const auto &types = m_bridge.outputTypes();
    if (std::any_of(types.begin(), types.end(),
                    [this](const OutputTypeInfo &type) { return isServing(type); }))
        return {};
    if (QString failed = failure(); !failed.isEmpty())
        return failed;
    for (const OutputTypeInfo &type : m_bridge.outputTypes()) {
        if (!isRunning(type))
            return tr("The %1 is starting.").arg(text(type.title));
    }
    return {};
}

QString ServerControl::addressLine() const
{
    QStringList lines;
    for (const OutputTypeInfo &type : m_bridge.outputTypes()) {
        if (isServing(type))
            lines += tr("%1 on port %2").arg(text(type.title)).arg(outputOf(type.id)->port);
    }
    return lines.join("  ·  ");
}

QString ServerControl::secureLine() const
{
    QStringList lines;
    for (const OutputSnapshot &output : m_bridge.snapshot().outputs) {
        if (output.securePort != 0)
            lines += tr("Encrypted on port %1. Certificate, SHA-256: %2")
                         .arg(output.securePort)
                         .arg(text(output.fingerprint));
        else if (output.secureHealth)
            lines += tr("Not encrypted: %1").arg(problemOf(*output.secureHealth));
    }
    return lines.join("\n");
}

} // namespace heliograph::ui
