#include "publish/user_list.h"

#include "publish/user_row.h"
#include "style/icons.h"
#include "style/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace heliograph::ui {

UserList::UserList(QWidget *parent)
    : QWidget(parent)
    , m_rowLayout(new QVBoxLayout)
    , m_add(new QPushButton(lineIcon("add"), tr("Add a user")))
    , m_place(new QLabel)
{
    m_rowLayout->setSpacing(10);
    m_add->setAccessibleName(tr("Add a user"));
    m_place->setWordWrap(true);
    m_place->hide();
    setStyled(*m_place, "role", "hint");
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(m_rowLayout);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    layout->addWidget(m_place);
    connect(m_add, &QPushButton::clicked, this, &UserList::add);
}

void UserList::setUsers(const std::vector<User> &users)
{
    resize(users.size());
    for (std::size_t i = 0; i < users.size(); ++i)
        m_rows[i]->setUser(users[i]);
}

std::vector<User> UserList::users() const
{
    std::vector<User> users;
    for (const UserRow *row : m_rows)
        users.push_back(row->user());
    return users;
}

void UserList::resize(std::size_t count)
{
    if (m_rows.size() == count)
        return;
    while (m_rows.size() > count) {
        m_rows.back()->deleteLater(); // it may be its own button that asked for this
        m_rows.back()->hide();
        m_rows.pop_back();
    }
    while (m_rows.size() < count) {
        auto *row = new UserRow(int(m_rows.size()) + 1, this);
        connect(row, &UserRow::edited, this, &UserList::edited);
        connect(row, &UserRow::removeWanted, this, [this, row] { remove(row); });
        m_rowLayout->addWidget(row);
        m_rows.push_back(row);
    }
    for (UserRow *row : m_rows)
        row->setRemovable(count > 1);
    setOpen(m_open, m_why);
}

void UserList::setOpen(bool open, const QString &why)
{
    m_open = open;
    m_why = why;
    for (UserRow *row : m_rows)
        row->setOpen(open, why);
    m_add->setVisible(open);
}

void UserList::hidePasswords()
{
    for (UserRow *row : m_rows)
        row->setRevealed(false);
}

void UserList::setFile(const QString &file)
{
    m_place->setText(tr("This desktop has no open keyring: the password is kept in %1, which only "
                        "you can read.")
                         .arg(file));
    m_place->setVisible(!file.isEmpty());
}

// "viewer", "viewer2", …: the first name that is free.
void UserList::add()
{
    std::vector<User> all = users();
    User fresh = makeViewer();
    const std::string base = fresh.name;
    for (int number = 2; std::any_of(all.begin(), all.end(),
                                     [&](const User &user) { return user.name == fresh.name; });
         ++number)
        fresh.name = base + std::to_string(number);
    all.push_back(std::move(fresh));
    setUsers(all);
    emit edited();
}

void UserList::remove(const UserRow *row)
{
    std::vector<User> rest;
    for (const UserRow *each : m_rows)
        if (each != row)
            rest.push_back(each->user());
    hidePasswords(); // the rows that stay get other users
    setUsers(rest);
    emit edited();
}

} // namespace heliograph::ui
