// A form drawn from any SettingsSchema. After a short pause in typing it emits the settings with
// every entry that is right; a wrong one keeps its last right value and says what is allowed.
// Advanced fields are folded away until somebody asks for them.
// Thread: Qt main. Owner: the panel or dialog that shows it.
#pragma once

#include <engine/device.h>
#include <engine/settings.h>

#include <QTimer>
#include <QWidget>
#include <vector>

class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace heliograph::ui {

class FieldRow;

class SettingsForm : public QWidget {
    Q_OBJECT
public:
    explicit SettingsForm(QWidget *parent = nullptr);

    // Draws the form anew; what was still waiting is emitted first.
    void setSchema(const SettingsSchema &schema, const Settings &values);
    // What the engine has: fields that a person is changing are left alone.
    void setValues(const Settings &values);
    void setDevices(const std::vector<DeviceInfo> &devices);

    Settings values() const;
    bool isValid() const;
    void flush(); // emits a waiting change now

signals:
    void edited(); // at once, right or wrong
    void changed(const heliograph::Settings &values); // after the pause

private:
    void clear();
    void build();
    void unfold(bool open);

    QVBoxLayout *m_basic = nullptr;
    QToolButton *m_fold = nullptr;
    QScrollArea *m_advanced = nullptr;
    std::vector<FieldRow *> m_rows;
    QTimer m_pause;
};

} // namespace heliograph::ui
