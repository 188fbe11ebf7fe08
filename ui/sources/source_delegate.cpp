#include "sources/source_delegate.h"

#include "models/source_model.h"
#include "style/colors.h"

#include <QPainter>
#include <QPainterPath>

namespace heliograph::ui {

namespace {

constexpr int rowHeight = 52;
constexpr int iconSide = 22;

struct BadgeColors {
    QColor background, text;
};

BadgeColors badgeColors(const QString &tone)
{
    if (tone == "live")
        return {colors::live, colors::onLive};
    if (tone == "busy")
        return {colors::busySoft, colors::busyText};
    if (tone == "warning")
        return {colors::warningSoft, colors::warningText};
    if (tone == "bad")
        return {colors::bad, colors::onBad};
    return {colors::raised, colors::muted};
}

void fillRounded(QPainter &painter, const QRect &rect, int radius, const QColor &color)
{
    QPainterPath path;
    path.addRoundedRect(rect, radius, radius);
    painter.fillPath(path, color);
}

// Returns the width it took.
int drawBadge(QPainter &painter, const QRect &line, const QModelIndex &index)
{
    const QString said = index.data(SourceModel::BadgeTextRole).toString();
    const BadgeColors pair = badgeColors(index.data(SourceModel::BadgeToneRole).toString());
    QFont font = painter.font();
    font.setPointSizeF(font.pointSizeF() * 0.8);
    font.setWeight(QFont::DemiBold);
    const int width = QFontMetrics(font).horizontalAdvance(said) + 14;
    const QRect pill(line.right() - width + 1, line.center().y() - 7, width, 16);
    painter.save();
    painter.setFont(font);
    fillRounded(painter, pill, 8, pair.background);
    painter.setPen(pair.text);
    painter.drawText(pill, Qt::AlignCenter, said);
    painter.restore();
    return width;
}

QRect nameRect(const QRect &row)
{
    return row.adjusted(iconSide + 20, 7, -10, -rowHeight / 2 + 1);
}

void drawBackground(QPainter &painter, const QStyleOptionViewItem &option)
{
    const QRect box = option.rect.adjusted(1, 1, -1, -1);
    if (option.state & QStyle::State_Selected)
        fillRounded(painter, box, 6, colors::selection);
    else if (option.state & QStyle::State_MouseOver)
        fillRounded(painter, box, 6, colors::raised);
    const bool ring =
        option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange;
    if (!ring)
        return;
    painter.setPen(colors::accent);
    painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 6, 6);
}

void drawLine(QPainter &painter, const QRect &line, const QColor &color, const QString &said)
{
    painter.setPen(color);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(said, Qt::ElideRight, line.width()));
}

} // namespace

void SourceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(option.font);
    drawBackground(*painter, option);

    const QRect row = option.rect;
    const QRect icon(row.left() + 10, row.center().y() - iconSide / 2, iconSide, iconSide);
    index.data(Qt::DecorationRole).value<QIcon>().paint(painter, icon);

    const QRect name = nameRect(row);
    const int badge = drawBadge(*painter, name, index);
    drawLine(*painter, name.adjusted(0, 0, -badge - 8, 0), colors::text,
             index.data(Qt::DisplayRole).toString());
    QFont small = option.font;
    small.setPointSizeF(small.pointSizeF() * 0.9);
    painter->setFont(small);
    drawLine(*painter, name.translated(0, rowHeight / 2 - 7), colors::muted,
             index.data(SourceModel::DetailRole).toString());
    painter->restore();
}

QSize SourceDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {120, rowHeight};
}

void SourceDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                          const QModelIndex &) const
{
    QRect place = option.rect.adjusted(iconSide + 12, 0, -4, 0);
    place.setHeight(30);
    place.moveCenter({place.center().x(), option.rect.center().y()});
    editor->setGeometry(place);
}

QWidget *SourceDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                      const QModelIndex &index) const
{
    QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
    editor->setAccessibleName(tr("Name of the source"));
    return editor;
}

} // namespace heliograph::ui
