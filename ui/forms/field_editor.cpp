#include "forms/field_editor.h"

#include "forms/choice_editor.h"
#include "forms/device_editor.h"
#include "forms/file_editor.h"
#include "forms/files_editor.h"
#include "forms/number_editor.h"
#include "forms/secret_editor.h"
#include "forms/size_editor.h"
#include "forms/text_editor.h"
#include "forms/toggle_editor.h"

#include <QHBoxLayout>

namespace heliograph::ui {

void FieldEditor::fillWith(QWidget &control)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(&control, 1);
    setFocusProxy(&control);
}

FieldEditor *makeEditor(const SettingField &field, QWidget *parent)
{
    switch (field.kind) {
    case SettingKind::Toggle:
        return new ToggleEditor(parent);
    case SettingKind::Integer:
    case SettingKind::Real:
        return new NumberEditor(field, parent);
    case SettingKind::Choice:
        return new ChoiceEditor(field, parent);
    case SettingKind::Size:
        return new SizeEditor(field, parent);
    case SettingKind::Device:
        return new DeviceEditor(field, parent);
    case SettingKind::File:
        return new FileEditor(field, parent);
    case SettingKind::Files:
        return new FilesEditor(field, parent);
    case SettingKind::Secret:
        return new SecretEditor(field, parent);
    case SettingKind::Text:
        break;
    }
    return new TextEditor(field, parent);
}

} // namespace heliograph::ui
