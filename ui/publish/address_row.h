// One address that players type, with Copy, Copy with password, and Open.
// Thread: Qt main. Owner: PublishPanel.
#pragma once

#include <engine/project.h>

#include <QWidget>
#include <vector>

class QLineEdit;
class QToolButton;

namespace heliograph::ui {

class AddressRow : public QWidget {
    Q_OBJECT
public:
    // number: 1 for the first address; later ones have it in their accessible names.
    AddressRow(int number, QWidget *parent);

    void setAddress(const QString &address);
    void setUsers(const std::vector<User> &users); // none: nobody is asked for a password
    void copy();
    void copyWithPassword(); // of the only user, or of the one that is picked
    void open();

private:
    void copyFor(const User &user);
    void say(const QString &sentence);

    QLineEdit *m_field;
    QToolButton *m_withPassword;
    std::vector<User> m_users;
};

} // namespace heliograph::ui
