// The sources as a list. Only the rows that changed are told about, so selection and an edit under
// way survive every snapshot.
// Thread: Qt main. Owner: SourcesPanel.
#pragma once

#include "text/words.h"

#include <QAbstractListModel>
#include <QIcon>
#include <vector>

namespace heliograph::ui {

class SourceModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole, BadgeTextRole, BadgeToneRole, DetailRole };

    using QAbstractListModel::QAbstractListModel;

    void update(const Snapshot &snapshot);
    QModelIndex indexOf(SourceId id) const;
    static SourceId idOf(const QModelIndex &index);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    // A person has typed another name; the model shows it once the engine has it.
    void renamed(const QModelIndex &source, const QString &name);

private:
    struct Row {
        SourceId id{};
        QString name;
        QString type;
        Badge badge;
        QString detail;
        QString problem;
        bool operator==(const Row &) const = default;
    };

    static Row makeRow(const SourceSnapshot &source, const Snapshot &snapshot);
    void removeMissing(const Snapshot &snapshot);
    void place(Row row);

    std::vector<Row> m_rows;
};

} // namespace heliograph::ui
