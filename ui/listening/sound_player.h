// Plays what a source's tap gives, a tenth of a second late so that it does not stutter. Whatever
// the output does, the source does not wait: what it cannot take in time is left out.
// Thread: the listening one; told() is for the window. Owner: Listening.
#pragma once

#include "listening/sound_output.h"

#include <engine/listening.h>

#include <QObject>
#include <QTimer>
#include <optional>
#include <vector>

namespace heliograph::ui {

class SoundPlayer : public QObject {
    Q_OBJECT
public:
    explicit SoundPlayer(OpenOutput open);
    ~SoundPlayer() override;

    void listenTo(std::shared_ptr<SoundTap> tap); // null: to nobody

signals:
    void told(const QString &problem); // why nothing is heard; empty: all is well

private:
    void take(HeardSound sound);
    void play();
    void look();
    void tell(const QString &problem);
    std::size_t samplesIn(std::chrono::milliseconds time) const;

    const OpenOutput m_open;
    std::shared_ptr<SoundTap> m_tap;
    SoundShape m_shape; // of what waits
    std::vector<float> m_waiting;
    bool m_isFilling = true; // nothing is played until enough waits
    std::unique_ptr<SoundOutput> m_output; // null: there is none
    std::optional<QString> m_told;
    QTimer m_step;
    QTimer m_look;
};

} // namespace heliograph::ui
