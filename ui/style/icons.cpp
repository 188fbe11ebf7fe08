#include "style/icons.h"

#include "style/colors.h"
#include "style/line_icon.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

// A static library's resources are left out by the linker unless somebody asks for them.
static bool registerResources()
{
    Q_INIT_RESOURCE(heliograph);
    return true;
}

namespace heliograph::ui {

namespace {

QString pathOf(const QString &name)
{
    [[maybe_unused]] static const bool registered = registerResources();
    return ":/heliograph/icons/" + name + ".svg";
}

QByteArray svgOf(const QString &name)
{
    QFile file(pathOf(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QIcon lineIcon(const QString &name)
{
    return lineIcon(name, colors::text);
}

QIcon lineIcon(const QString &name, const QColor &color)
{
    return QIcon(new LineIcon(svgOf(name), color));
}

QIcon sourceTypeIcon(const QString &type)
{
    const QString own = "source-" + type;
    return lineIcon(QFile::exists(pathOf(own)) ? own : QStringLiteral("source"));
}

// As pixmaps: window managers want the picture itself.
QIcon applicationIcon()
{
    QSvgRenderer renderer(svgOf("heliograph"));
    QIcon icon;
    for (const int side : {16, 32, 48, 64, 128, 256}) {
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace heliograph::ui
