#include "style/question.h"

#include "style/icons.h"

#include <QMessageBox>
#include <QPushButton>

namespace heliograph::ui {

QMessageBox *ask(QWidget *parent, const Question &question, std::function<void()> confirmed)
{
    auto *box = new QMessageBox(parent);
    box->setIconPixmap(applicationIcon().pixmap(48, 48));
    box->setText(question.title);
    box->setInformativeText(question.text);
    box->setStandardButtons(QMessageBox::Cancel);
    QPushButton *confirm = box->addButton(question.confirm, QMessageBox::AcceptRole);
    confirm->setAccessibleName(question.confirm);
    box->button(QMessageBox::Cancel)->setAccessibleName(box->button(QMessageBox::Cancel)->text());
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(box, &QMessageBox::finished, parent, [=, then = std::move(confirmed)] {
        if (box->clickedButton() == confirm)
            then();
    });
    box->open();
    return box;
}

} // namespace heliograph::ui
