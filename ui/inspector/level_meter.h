// How loud a source's sound is: a bar of decibels that falls slowly, and a word on its sound card.
// Thread: Qt main. Owner: SoundRow.
#pragma once

#include <engine/snapshot.h>

#include <QElapsedTimer>
#include <QWidget>
#include <optional>

namespace heliograph::ui {

class LevelMeter : public QWidget {
    Q_OBJECT
public:
    static constexpr double floor = -60; // dBFS: the bar's left end

    explicit LevelMeter(QWidget *parent = nullptr);

    // Nothing: no sound; the meter hides.
    void showLevel(const std::optional<SoundLevel> &sound);
    double shown() const { return m_shown; } // dBFS

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_shown = floor;
    QElapsedTimer m_since; // the last showLevel()
};

} // namespace heliograph::ui
