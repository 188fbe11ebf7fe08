// One address that players type, with Copy and Open.
// Thread: Qt main. Owner: PublishPanel.
#pragma once

#include <QWidget>

class QLineEdit;

namespace heliograph::ui {

class AddressRow : public QWidget {
    Q_OBJECT
public:
    // number: 1 for the first address; later ones have it in their accessible names.
    AddressRow(int number, QWidget *parent);

    void setAddress(const QString &address);
    void copy();
    void open();

private:
    QLineEdit *m_field;
};

} // namespace heliograph::ui
