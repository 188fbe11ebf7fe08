// A field with the path of a file on each line, as high as it has lines, and buttons to look for
// files: for others instead, or for more.
// Thread: Qt main. Owner: its FieldRow.
#pragma once

#include "forms/field_editor.h"

class QPlainTextEdit;
class QPushButton;

namespace heliograph::ui {

class FilesEditor : public FieldEditor {
    Q_OBJECT
public:
    FilesEditor(const SettingField &field, QWidget *parent);

    Result<SettingValue> value() const override;
    void display(const SettingValue &value) override;
    QWidget &control() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class Chosen { Instead, AsWell };

    QPushButton *makeButton(const QString &label, const QString &name, const QString &tip,
                            Chosen chosen);
    void browse(Chosen chosen);
    void take(const QStringList &files, Chosen chosen);
    void fit();

    SettingField m_field;
    QPlainTextEdit *m_lines;
};

} // namespace heliograph::ui
