// What to type into OBS or another encoder, for a source that waits for one: the server's address
// and the stream key, each with Copy.
// Thread: Qt main. Owner: PublishPanel.
#pragma once

#include <engine/snapshot.h>

#include <QWidget>

class QLabel;
class QLineEdit;

namespace heliograph::ui {

// "rtmp://192.168.1.14:1935/live", by the address under which the source's stream is reached; empty
// while the RTMP server does not listen.
QString encoderServer(const Snapshot &snapshot, const SourceSnapshot &source);

class EncoderCard : public QWidget {
    Q_OBJECT
public:
    explicit EncoderCard(QWidget *parent = nullptr);

    // Shows itself for a source that waits for an encoder only. Null: no source.
    void show(const Snapshot &snapshot, const SourceSnapshot *source);

private:
    void copyServer();
    void copyKey();

    QLabel *m_hint;
    QLineEdit *m_server;
    QLineEdit *m_key;
};

} // namespace heliograph::ui
