#include "style/line_icon.h"

#include "style/colors.h"

#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace heliograph::ui {

LineIcon::LineIcon(QByteArray svg, const QColor &color)
    : m_svg(std::move(svg))
    , m_color(color)
{
}

void LineIcon::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State)
{
    const QColor color = mode == QIcon::Disabled ? colors::faint : m_color;
    QByteArray colored = m_svg;
    colored.replace("#000000", color.name().toLatin1());
    QSvgRenderer(colored).render(painter, rect);
}

QPixmap LineIcon::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect({}, size), mode, state);
    return pixmap;
}

QIconEngine *LineIcon::clone() const
{
    return new LineIcon(m_svg, m_color);
}

} // namespace heliograph::ui
