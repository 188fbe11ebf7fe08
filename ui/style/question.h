// One question with two answers, asked without stopping the program: the window goes on behind it.
// Thread: Qt main. Owner: its parent window; deletes itself once answered.
#pragma once

#include <QString>
#include <functional>

class QMessageBox;
class QWidget;

namespace heliograph::ui {

struct Question {
    QString title;
    QString text;
    QString confirm; // what the button that goes ahead says: "Stop and close"
};

QMessageBox *ask(QWidget *parent, const Question &question, std::function<void()> confirmed);

} // namespace heliograph::ui
