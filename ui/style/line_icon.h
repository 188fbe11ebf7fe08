// Draws one of the studio's line icons at any size and pixel ratio, in one colour.
// Thread: Qt main. Owner: the QIcon that holds it.
#pragma once

#include <QColor>
#include <QIconEngine>

namespace heliograph::ui {

class LineIcon : public QIconEngine {
public:
    LineIcon(QByteArray svg, const QColor &color); // in the SVG, #000000 stands for the colour

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine *clone() const override;

private:
    QByteArray m_svg;
    QColor m_color;
};

} // namespace heliograph::ui
