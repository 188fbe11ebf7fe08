#include "notices/message_bar.h"

#include "style/colors.h"
#include "style/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace heliograph::ui {

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
{
    setProperty("message", true);
    build();
    hide();
}

void MessageBar::build()
{
    auto *sign = new QLabel;
    sign->setPixmap(lineIcon("warning", colors::badText).pixmap(20, 20));
    m_text = new QLabel;
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *close = new QToolButton;
    close->setIcon(lineIcon("close"));
    close->setProperty("flat", true);
    close->setFocusPolicy(Qt::StrongFocus);
    close->setAccessibleName(tr("Hide this message"));
    close->setToolTip(tr("Hide this message"));
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(12, 6, 6, 6);
    m_layout->setSpacing(10);
    m_layout->addWidget(sign);
    m_layout->addWidget(m_text, 1);
    m_layout->addWidget(close);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
}

void MessageBar::showMessage(const QString &sentence)
{
    if (sentence == m_sentence)
        return;
    m_sentence = sentence;
    m_text->setText(sentence);
    setVisible(!sentence.isEmpty());
}

void MessageBar::addHelp(const QString &title, std::function<void()> help)
{
    auto *button = new QPushButton(title);
    button->setAccessibleName(title);
    m_layout->insertWidget(m_layout->count() - 1, button);
    connect(button, &QPushButton::clicked, this, std::move(help));
}

} // namespace heliograph::ui
