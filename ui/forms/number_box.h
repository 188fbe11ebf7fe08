// A spin box that keeps what is typed, also when it is wrong: its form says what is wrong beside
// it instead of changing the number silently.
// Thread: Qt main. Owner: its NumberEditor.
#pragma once

#include <engine/settings.h>

#include <QAbstractSpinBox>

namespace heliograph::ui {

class NumberBox : public QAbstractSpinBox {
    Q_OBJECT
public:
    NumberBox(const SettingField &field, QWidget *parent);

    QString text() const;
    void setText(const QString &text);

    void stepBy(int steps) override;

signals:
    void edited(); // typed or stepped, not set

protected:
    StepEnabled stepEnabled() const override;
    QValidator::State validate(QString &input, int &position) const override;

private:
    double step() const;

    SettingField m_field;
};

} // namespace heliograph::ui
