#include "forms/files_editor.h"

#include "text/words.h"

#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <algorithm>

namespace heliograph::ui {

namespace {

constexpr int mostLines = 6; // shown at a time
constexpr int around = 12; // border and padding: as of a line

} // namespace

FilesEditor::FilesEditor(const SettingField &field, QWidget *parent)
    : FieldEditor(parent)
    , m_field(field)
    , m_lines(new QPlainTextEdit(this))
{
    const QString title = text(field.title);
    auto *grid = new QGridLayout(this); // paths are long: the buttons are below
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    grid->addWidget(m_lines, 0, 0, 1, 3);
    grid->setColumnStretch(2, 1);
    setFocusProxy(m_lines);
    m_lines->document()->setDocumentMargin(0);
    m_lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_lines->setTabChangesFocus(true);
    m_lines->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_lines->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_lines->setAcceptDrops(false); // the window makes sources of files
    grid->addWidget(makeButton(tr("Browse…"), tr("Browse for %1").arg(title),
                               tr("Choose a file on this computer, or several"), Chosen::Instead),
                    1, 0);
    grid->addWidget(makeButton(tr("Add…"), tr("Add to %1").arg(title),
                               tr("Choose files that are played as well"), Chosen::AsWell),
                    1, 1);
    connect(m_lines, &QPlainTextEdit::textChanged, this, [this] {
        fit();
        emit edited();
    });
    fit();
}

QPushButton *FilesEditor::makeButton(const QString &label, const QString &name, const QString &tip,
                                     Chosen chosen)
{
    auto *button = new QPushButton(label, this);
    button->setAccessibleName(name);
    button->setToolTip(tip);
    connect(button, &QPushButton::clicked, this, [this, chosen] { browse(chosen); });
    return button;
}

Result<SettingValue> FilesEditor::value() const
{
    return parseSetting(m_field, utf8(m_lines->toPlainText()));
}

void FilesEditor::display(const SettingValue &value)
{
    const QString shown = text(settingToText(value));
    if (m_lines->toPlainText() == shown)
        return;
    const QSignalBlocker quiet(m_lines);
    m_lines->setPlainText(shown);
    fit();
}

QWidget &FilesEditor::control() const
{
    return *m_lines;
}

void FilesEditor::changeEvent(QEvent *event)
{
    FieldEditor::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

void FilesEditor::browse(Chosen chosen)
{
    auto *dialog = new QFileDialog(this, text(m_field.title));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    const QString last = m_lines->toPlainText().trimmed().section('\n', -1);
    if (!last.isEmpty())
        dialog->setDirectory(QFileInfo(last).absolutePath());
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, chosen](const QStringList &files) { take(files, chosen); });
    dialog->open();
}

void FilesEditor::take(const QStringList &files, Chosen chosen)
{
    QStringList all = chosen == Chosen::AsWell
        ? m_lines->toPlainText().split('\n', Qt::SkipEmptyParts)
        : QStringList();
    all += files;
    m_lines->setPlainText(all.join('\n'));
}

// One line looks like any other field.
void FilesEditor::fit()
{
    const int lines = std::clamp(m_lines->blockCount(), 1, mostLines);
    m_lines->setFixedHeight(lines * m_lines->fontMetrics().lineSpacing() + around);
}

} // namespace heliograph::ui
