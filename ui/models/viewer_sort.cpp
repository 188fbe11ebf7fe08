#include "models/viewer_sort.h"

#include "models/viewer_model.h"

namespace heliograph::ui {

ViewerSort::ViewerSort(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(ViewerModel::RawRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSortLocaleAware(true);
    setDynamicSortFilter(true);
}

bool ViewerSort::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const bool leftKnown = left.data(ViewerModel::RawRole).isValid();
    const bool rightKnown = right.data(ViewerModel::RawRole).isValid();
    if (leftKnown && rightKnown)
        return QSortFilterProxyModel::lessThan(left, right);
    return !leftKnown && rightKnown;
}

} // namespace heliograph::ui
