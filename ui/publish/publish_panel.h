// Publish the selected source, or stop: stream name, who can watch, with which password, the
// button, and the address.
// Thread: Qt main. Owner: InspectorPanel.
#pragma once

#include "publish/publish_view.h"

#include <QWidget>
#include <vector>

class QAction;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace heliograph::ui {

class AddressRow;
class EncoderCard;
class LostChoice;
class ServerControl;
class SourceSelection;
class TakePlace;
class UserList;

class PublishPanel : public QWidget {
    Q_OBJECT
public:
    PublishPanel(StudioBridge &bridge, SourceSelection &selection, PublishDesk &desk,
                 ServerControl &server, QWidget *parent = nullptr);

    QAction *action() const { return m_action; } // Ctrl+P, for the menu bar

private:
    void build();
    QWidget *makeFields();
    void makeAudience();
    void makeWays();
    void makeAction();
    void refresh();
    void showConfig(const PublishConfig &config);
    void showMulticast(const PublishConfig &config);
    void showRtmp();
    void showView(const PublishView &view);
    void showButton(const PublishView &view);
    void showAddresses(const QStringList &addresses, const PublishConfig &config);
    void choose();
    void chooseHabits(); // at once, also of what is live
    void act();
    PublishConfig entered() const;

    StudioBridge &m_bridge;
    SourceSelection &m_selection;
    PublishDesk &m_desk;
    ServerControl &m_server;
    PublishView m_view;
    SourceId m_shown{};
    QLineEdit *m_mount = nullptr;
    QComboBox *m_audience = nullptr;
    UserList *m_users = nullptr;
    LostChoice *m_lost = nullptr;
    QCheckBox *m_multicast = nullptr;
    QCheckBox *m_rests = nullptr;
    QCheckBox *m_rtmp = nullptr;
    QPushButton *m_button = nullptr;
    TakePlace *m_takePlace = nullptr;
    QAction *m_action = nullptr;
    QLabel *m_reason = nullptr;
    QLabel *m_problem = nullptr;
    QLabel *m_status = nullptr;
    EncoderCard *m_encoder = nullptr;
    QVBoxLayout *m_addressLayout = nullptr;
    std::vector<AddressRow *> m_addresses;
};

} // namespace heliograph::ui
