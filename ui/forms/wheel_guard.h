// Lets the wheel scroll the form: a control changes by the wheel only when it has the focus.
// Thread: Qt main. Owner: the control it guards.
#pragma once

#include <QEvent>
#include <QWidget>

namespace heliograph::ui {

class WheelGuard : public QObject {
    Q_OBJECT
public:
    explicit WheelGuard(QWidget *control)
        : QObject(control)
        , m_control(control)
    {
    }

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() != QEvent::Wheel || m_control->hasFocus())
            return false;
        event->ignore();
        return true;
    }

private:
    QWidget *m_control;
};

} // namespace heliograph::ui
