#include "forms/file_editor.h"

#include "text/words.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLayout>
#include <QPushButton>

namespace heliograph::ui {

FileEditor::FileEditor(const SettingField &field, QWidget *parent)
    : TextEditor(field, parent)
{
    const QString title = text(field.title);
    auto *button = new QPushButton(tr("Browse…"), this);
    button->setAccessibleName(tr("Browse for %1").arg(title));
    button->setToolTip(tr("Choose a file on this computer"));
    layout()->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, title] { browse(title); });
}

void FileEditor::browse(const QString &title)
{
    auto *dialog = new QFileDialog(this, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    if (const auto now = value())
        dialog->setDirectory(QFileInfo(text(settingToText(*now))).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        display(utf8(file));
        emit edited();
    });
    dialog->open();
}

} // namespace heliograph::ui
