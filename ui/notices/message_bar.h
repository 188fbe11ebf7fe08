// A sentence across the top of the window about something that needs a person: the server does not
// run, the project file is damaged. With one button that helps, and one that hides it.
// Thread: Qt main. Owner: MainWindow.
#pragma once

#include <QFrame>
#include <functional>

class QLabel;
class QHBoxLayout;

namespace heliograph::ui {

class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);

    // An empty sentence hides the bar. One that was closed stays away until it changes.
    void showMessage(const QString &sentence);
    // A button that helps.
    void addHelp(const QString &title, std::function<void()> help);

private:
    void build();

    QString m_sentence;
    QLabel *m_text = nullptr;
    QHBoxLayout *m_layout = nullptr;
};

} // namespace heliograph::ui
