#include "inspector/level_meter.h"

#include "style/colors.h"
#include "text/words.h"

#include <QPainter>
#include <algorithm>

namespace heliograph::ui {

namespace {

constexpr int thickness = 8; // pixels
constexpr double fallPerSecond = 20; // dB, as broadcasters' meters do
constexpr double loud = -9; // dBFS, from which on it is nearly too loud
constexpr double clipped = -0.1;

QColor colorOf(double level)
{
    if (level >= clipped)
        return colors::bad;
    return level >= loud ? colors::warningText : colors::live;
}

} // namespace

LevelMeter::LevelMeter(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Sound level"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    hide();
}

void LevelMeter::showLevel(const std::optional<SoundLevel> &sound)
{
    setVisible(sound.has_value());
    const double passed = m_since.isValid() ? double(m_since.restart()) / 1000 : 0;
    if (!m_since.isValid())
        m_since.start();
    const double fallen = m_shown - fallPerSecond * passed;
    m_shown = sound ? std::clamp(std::max(sound->peak, fallen), floor, 0.0) : floor;
    if (sound) {
        setToolTip(soundText(*sound));
        setAccessibleDescription(toolTip());
    }
    update();
}

QSize LevelMeter::sizeHint() const
{
    return {160, thickness};
}

void LevelMeter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors::border);
    painter.drawRoundedRect(rect(), thickness / 2.0, thickness / 2.0);
    QRectF bar = rect();
    bar.setWidth(bar.width() * (m_shown - floor) / -floor);
    painter.setBrush(colorOf(m_shown));
    painter.drawRoundedRect(bar, thickness / 2.0, thickness / 2.0);
}

} // namespace heliograph::ui
