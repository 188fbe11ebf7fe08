// One user of a stream with a password: name, password (hidden until the eye is pressed), a new
// password, and the way out.
// Thread: Qt main. Owner: UserList.
#pragma once

#include <engine/project.h>

#include <QWidget>

class QAction;
class QLineEdit;
class QToolButton;

namespace heliograph::ui {

class UserRow : public QWidget {
    Q_OBJECT
public:
    // number: 1 for the first user; later ones have it in their accessible names.
    UserRow(int number, QWidget *parent);

    void setUser(const User &user);
    User user() const;
    // Closed: can be read and looked at, not changed; why says so.
    void setOpen(bool open, const QString &why);
    void setRemovable(bool removable);
    void setRevealed(bool revealed);

signals:
    void edited();
    void removeWanted();

private:
    void build(const QString &which);
    void makeEye(const QString &which);
    void renew();

    User m_user; // its roles; name and password are in the fields
    QLineEdit *m_name = nullptr;
    QLineEdit *m_password = nullptr;
    QAction *m_eye = nullptr;
    QToolButton *m_renew = nullptr;
    QToolButton *m_remove = nullptr;
    bool m_open = true;
    bool m_removable = false;
};

} // namespace heliograph::ui
