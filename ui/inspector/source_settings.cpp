#include "inspector/source_settings.h"

#include "forms/settings_form.h"
#include "style/theme.h"
#include "text/words.h"

#include <QLabel>
#include <QVBoxLayout>

namespace heliograph::ui {

SourceSettings::SourceSettings(StudioBridge &bridge, QWidget *parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_form(new SettingsForm)
    , m_problem(new QLabel)
{
    m_problem->setWordWrap(true);
    m_problem->hide();
    setStyled(*m_problem, "role", "problem");
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addWidget(m_problem);
    layout->addStretch();
    connect(m_form, &SettingsForm::changed, this, &SourceSettings::apply);
}

void SourceSettings::showSource(SourceId id)
{
    m_form->flush(); // to the source that was shown until now
    m_problem->hide();
    const SourceSnapshot *source = m_bridge.source(id);
    const SourceTypeInfo *type = source ? m_bridge.sourceType(source->config.type) : nullptr;
    m_shown = source ? id : SourceId{};
    m_form->setSchema(type ? type->schema : SettingsSchema(),
                      source ? source->config.settings : Settings());
    refresh(m_bridge.snapshot());
}

void SourceSettings::refresh(const Snapshot &snapshot)
{
    const SourceSnapshot *source = m_bridge.source(m_shown);
    if (!source)
        return;
    m_form->setDevices(snapshot.devices);
    m_form->setValues(source->config.settings);
}

void SourceSettings::apply(const Settings &values)
{
    const SourceSnapshot *source = m_bridge.source(m_shown);
    if (!source)
        return;
    SourceConfig config = source->config;
    config.settings = values;
    m_bridge.changeSource(m_shown, std::move(config), this, [this, id = m_shown](Result<> result) {
        if (id != m_shown)
            return;
        m_problem->setText(result ? QString() : sentenceOf(result.error()));
        m_problem->setVisible(!result);
    });
}

} // namespace heliograph::ui
