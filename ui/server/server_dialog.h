// The servers' settings, drawn from their schemas: change them, apply, see what came of it.
// Thread: Qt main. Owner: MainWindow, which keeps one.
#pragma once

#include "server/server_control.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace heliograph::ui {

class SettingsForm;

class ServerDialog : public QDialog {
    Q_OBJECT
public:
    ServerDialog(StudioBridge &bridge, ServerControl &server, QWidget *parent);

private:
    struct Section {
        std::string type;
        SettingsForm *form;
        QLabel *answer;
    };

    void addSection(const OutputTypeInfo &type, QVBoxLayout &layout);
    void addButtons(QVBoxLayout &layout);
    void apply();
    void refresh();
    QString whyNotApply() const;

    ServerControl &m_server;
    std::vector<Section> m_sections;
    QLabel *m_state = nullptr;
    QPushButton *m_apply = nullptr;
};

} // namespace heliograph::ui
