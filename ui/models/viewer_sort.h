// Sorts viewers by raw values ("9.8 Mbit/s" before "12 Mbit/s"); what is not known comes first.
// Thread: Qt main. Owner: ViewersPanel.
#pragma once

#include <QSortFilterProxyModel>

namespace heliograph::ui {

class ViewerSort : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ViewerSort(QObject *parent = nullptr);

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
};

} // namespace heliograph::ui
