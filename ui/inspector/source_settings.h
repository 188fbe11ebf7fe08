// The selected source's settings, drawn from its type's schema and applied after a short pause.
// Thread: Qt main. Owner: InspectorPanel.
#pragma once

#include "bridge/studio_bridge.h"

#include <QWidget>

class QLabel;

namespace heliograph::ui {

class SettingsForm;

class SourceSettings : public QWidget {
    Q_OBJECT
public:
    explicit SourceSettings(StudioBridge &bridge, QWidget *parent = nullptr);

    void showSource(SourceId id); // SourceId{}: none
    void refresh(const Snapshot &snapshot);

private:
    void apply(const Settings &values);

    StudioBridge &m_bridge;
    SourceId m_shown{};
    SettingsForm *m_form;
    QLabel *m_problem;
};

} // namespace heliograph::ui
