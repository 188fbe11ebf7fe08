// A line for the path of a file, and a button to look for it.
// Thread: Qt main. Owner: its FieldRow.
#pragma once

#include "forms/text_editor.h"

namespace heliograph::ui {

class FileEditor : public TextEditor {
    Q_OBJECT
public:
    FileEditor(const SettingField &field, QWidget *parent);

private:
    void browse(const QString &title);
};

} // namespace heliograph::ui
