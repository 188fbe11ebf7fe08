#include "forms/field_row.h"

#include "forms/wheel_guard.h"
#include "style/theme.h"
#include "text/words.h"

#include <QGridLayout>
#include <QLabel>

namespace heliograph::ui {

namespace {

constexpr int titleWidth = 112;

// The engine names the key ("fps must be…"); the person knows the field by its title.
QString spoken(const Error &error, const SettingField &field)
{
    std::string detail = error.detail;
    if (detail.starts_with(field.key + " "))
        detail.replace(0, field.key.size(), field.title);
    QString said = text(detail);
    if (!said.isEmpty())
        said[0] = said[0].toUpper();
    return said.isEmpty() || said.endsWith('.') ? said : said + ".";
}

} // namespace

FieldRow::FieldRow(const SettingField &field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
    , m_editor(makeEditor(field, this))
    , m_problem(new QLabel(this))
    , m_good(field.fallback)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->setColumnMinimumWidth(0, titleWidth);
    grid->setColumnStretch(1, 1);
    auto *title = new QLabel(text(field.title), this);
    title->setBuddy(&m_editor->control());
    title->setWordWrap(true);
    setStyled(*title, "role", "caption");
    grid->addWidget(title, 0, 0);
    grid->addWidget(m_editor, 0, 1);
    grid->addWidget(m_problem, 1, 0, 1, 2);
    setStyled(*m_problem, "role", "problem");
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_editor->display(m_good);
    describe();
    connect(m_editor, &FieldEditor::edited, this, &FieldRow::takeEntry);
}

void FieldRow::describe()
{
    QWidget &control = m_editor->control();
    QString help = text(m_field.help);
    if (!m_field.live)
        help += (help.isEmpty() ? "" : "\n")
            + tr("A change restarts the source for a moment; viewers stay connected.");
    control.setObjectName(text(m_field.key));
    control.setAccessibleName(text(m_field.title));
    control.setAccessibleDescription(text(m_field.help));
    control.setFocusPolicy(Qt::StrongFocus);
    control.installEventFilter(new WheelGuard(&control));
    setToolTip(help);
}

void FieldRow::accept(const SettingValue &value)
{
    if (value == m_good && m_valid)
        m_ahead = false;
    if (m_ahead || value == m_good)
        return;
    m_good = value;
    m_editor->display(value);
    const auto entry = m_editor->value();
    m_valid = entry.has_value();
    showProblem(m_valid ? QString() : spoken(entry.error(), m_field));
}

void FieldRow::takeEntry()
{
    m_ahead = true;
    const auto entry = m_editor->value();
    m_valid = entry.has_value();
    showProblem(m_valid ? QString() : spoken(entry.error(), m_field));
    const bool another = m_valid && *entry != m_good;
    if (another)
        m_good = *entry;
    emit edited();
    if (another)
        emit changed();
}

void FieldRow::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    setStyled(m_editor->control(), "bad", sentence.isEmpty() ? "" : "true");
    m_editor->control().setAccessibleDescription(sentence.isEmpty() ? text(m_field.help)
                                                                    : sentence);
}

} // namespace heliograph::ui
