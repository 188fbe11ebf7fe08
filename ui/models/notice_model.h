// What happened, newest first. A notice that repeats changes its row instead of adding one.
// Thread: Qt main. Owner: NoticesPanel.
#pragma once

#include <engine/snapshot.h>

#include <QAbstractListModel>
#include <deque>

namespace heliograph::ui {

class NoticeModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void update(const Snapshot &snapshot);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void removeForgotten(const std::vector<Notice> &notices);
    void place(const Notice &notice);

    std::deque<Notice> m_rows; // newest first
};

} // namespace heliograph::ui
