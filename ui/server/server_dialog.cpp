#include "server/server_dialog.h"

#include "forms/settings_form.h"
#include "style/theme.h"
#include "text/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

namespace heliograph::ui {

namespace {

Settings complete(const SettingsSchema &schema, const Settings &given)
{
    return completeSettings(schema, given).value_or(given);
}

} // namespace

ServerDialog::ServerDialog(StudioBridge &bridge, ServerControl &server, QWidget *parent)
    : QDialog(parent)
    , m_server(server)
{
    setWindowTitle(tr("Server settings"));
    setObjectName("serverDialog");
    setMinimumWidth(400);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    for (const OutputTypeInfo &type : bridge.outputTypes())
        addSection(type, *layout);
    m_state = new QLabel;
    m_state->setWordWrap(true);
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse); // a fingerprint is compared
    setStyled(*m_state, "role", "hint");
    layout->addWidget(m_state);
    layout->addStretch();
    addButtons(*layout);
    connect(&server, &ServerControl::changed, this, &ServerDialog::refresh);
    refresh();
}

void ServerDialog::addSection(const OutputTypeInfo &type, QVBoxLayout &layout)
{
    auto *title = new QLabel(text(type.title));
    setStyled(*title, "role", "title");
    auto *form = new SettingsForm;
    form->setSchema(type.schema, complete(type.schema, m_server.settingsOf(type.id)));
    connect(form, &SettingsForm::edited, this, &ServerDialog::refresh);
    auto *answer = new QLabel;
    answer->setWordWrap(true);
    setStyled(*answer, "role", "problem");
    for (QWidget *each : {static_cast<QWidget *>(title), static_cast<QWidget *>(form),
                          static_cast<QWidget *>(answer)})
        layout.addWidget(each);
    m_sections.push_back({type.id, form, answer});
}

void ServerDialog::addButtons(QVBoxLayout &layout)
{
    m_apply = new QPushButton(tr("Apply"));
    m_apply->setObjectName("applyServer");
    m_apply->setAccessibleName(tr("Apply"));
    auto *close = new QPushButton(tr("Close"));
    close->setAccessibleName(tr("Close"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(m_apply);
    layout.addLayout(buttons);
    connect(m_apply, &QPushButton::clicked, this, &ServerDialog::apply);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
}

void ServerDialog::apply()
{
    for (const Section &section : m_sections)
        m_server.configure(section.type, section.form->values());
}

QString ServerDialog::whyNotApply() const
{
    for (const Section &section : m_sections) {
        if (!section.form->isValid())
            return tr("Correct what is marked first.");
        if (m_server.isPending(section.type))
            return tr("The server is changing.");
    }
    return {};
}

void ServerDialog::refresh()
{
    const QString reason = whyNotApply();
    m_apply->setEnabled(reason.isEmpty());
    m_apply->setToolTip(reason);
    m_apply->setAccessibleDescription(reason);
    bool answered = false;
    for (const Section &section : m_sections) {
        const QString answer = m_server.answerOf(section.type);
        section.answer->setText(answer);
        section.answer->setVisible(!answer.isEmpty());
        answered = answered || !answer.isEmpty();
    }
    const QString problem = m_server.problem();
    const QString running =
        tr("Running: %1").arg(m_server.addressLine()) + "\n" + m_server.secureLine();
    m_state->setText(problem.isEmpty() ? running.trimmed() : problem);
    m_state->setVisible(problem.isEmpty() || !answered);
}

} // namespace heliograph::ui
