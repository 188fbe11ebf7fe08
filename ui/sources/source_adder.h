// Adds sources: a camera by its device, files by their paths, or a type with its own defaults.
// Selects what was added. Thread: Qt main. Owner: MainWindow.
#pragma once

#include "bridge/studio_bridge.h"

namespace heliograph::ui {

class SourceSelection;

class SourceAdder : public QObject {
    Q_OBJECT
public:
    SourceAdder(StudioBridge &bridge, SourceSelection &selection, QObject *parent = nullptr);

    void addDevice(const DeviceInfo &device);
    void addType(const SourceTypeInfo &type);
    void addFiles(const QStringList &paths); // one source that plays them all; not empty

signals:
    void failed(const QString &sentence);
    void added();

private:
    void add(const std::string &name, const std::string &type, Settings settings);
    std::string freeName(const std::string &wanted) const; // "Test pattern 2"

    StudioBridge &m_bridge;
    SourceSelection &m_selection;
};

} // namespace heliograph::ui
