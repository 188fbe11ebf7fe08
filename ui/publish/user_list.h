// Who may watch a stream with a password: a row for each user, and one more.
// Thread: Qt main. Owner: PublishPanel.
#pragma once

#include <engine/project.h>

#include <QWidget>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace heliograph::ui {

class UserRow;

class UserList : public QWidget {
    Q_OBJECT
public:
    explicit UserList(QWidget *parent = nullptr);

    void setUsers(const std::vector<User> &users);
    std::vector<User> users() const;
    void setOpen(bool open, const QString &why);
    void hidePasswords();
    // Where passwords are kept, when it is no keyring.
    void setFile(const QString &file);

signals:
    void edited();

private:
    void resize(std::size_t count);
    void add();
    void remove(const UserRow *row);

    std::vector<UserRow *> m_rows;
    QVBoxLayout *m_rowLayout;
    QPushButton *m_add;
    QLabel *m_place;
    bool m_open = true;
    QString m_why;
};

} // namespace heliograph::ui
