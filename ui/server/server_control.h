// The servers (outputs): starts each with its saved settings or its defaults, changes them, and
// says why one does not run.
// Thread: Qt main. Owner: MainWindow; the server dialog shows it, the project store saves it.
#pragma once

#include "bridge/studio_bridge.h"

#include <QString>
#include <map>

namespace heliograph::ui {

class ServerControl : public QObject {
    Q_OBJECT
public:
    explicit ServerControl(StudioBridge &bridge, QObject *parent = nullptr);

    // Every output type is started; settings come from the saved ones of the same type.
    void start(const std::vector<OutputConfig> &saved);
    void configure(const std::string &type, Settings settings);

    std::vector<OutputConfig> configs() const;
    const Settings &settingsOf(const std::string &type) const;

    bool isPending(const std::string &type) const;
    QString answerOf(const std::string &type) const; // why the last configure() failed
    QString failure() const; // which server does not run, and why; empty when none failed
    QString problem() const; // why nobody can be served; empty when one server runs at least
    QString addressLine() const; // "RTSP server on port 8554"

    // A server that can be turned off has the toggle "enabled".
    bool isWanted(const std::string &type) const;
    void setWanted(const std::string &type, bool wanted);
    // The encrypted port and its certificate, or what is wrong with it; empty when none is wanted.
    QString secureLine() const;

signals:
    void changed(); // anything that a panel may show
    void configured(); // a server has taken other settings

private:
    struct Entry {
        Settings settings; // the ones it runs with, or shall
        bool pending = false;
        QString answer;
    };

    const OutputSnapshot *outputOf(const std::string &type) const;
    bool isRunning(const OutputTypeInfo &type) const; // or turned off, as wished
    bool isServing(const OutputTypeInfo &type) const;
    QString failureOf(const OutputTypeInfo &type) const;

    StudioBridge &m_bridge;
    std::map<std::string, Entry> m_entries;
};

} // namespace heliograph::ui
