// Everybody who watches, over all mounts. A new snapshot tells views only about cells whose value
// changed; rows come and go by ViewerId, so a selection stays with its viewer.
// Thread: Qt main. Owner: ViewersPanel.
#pragma once

#include <engine/snapshot.h>

#include <QAbstractTableModel>
#include <QVariantList>
#include <vector>

namespace heliograph::ui {

class ViewerModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { RawRole = Qt::UserRole, IdRole };

    using QAbstractTableModel::QAbstractTableModel;

    void update(const Snapshot &snapshot);
    static ViewerId idOf(const QModelIndex &index);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        ViewerId id{};
        QVariantList cells; // raw values, one for each column
        QString dropReason;
    };

    static Row makeRow(const ViewerSnapshot &viewer, WallClock::time_point now);
    void removeMissing(const std::vector<ViewerSnapshot> &viewers);
    void change(int row, Row fresh);
    QString toolTip(const Row &row, int column) const;

    std::vector<Row> m_rows;
};

} // namespace heliograph::ui
