#include "wall/preview_tile.h"

#include "style/theme.h"
#include "text/format.h"
#include "text/words.h"
#include "wall/tile_grid.h"
#include "wall/video_frame.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QStackedLayout>
#include <QVideoSink>
#include <QVideoWidget>

namespace heliograph::ui {

namespace {

constexpr int roomForFacts = 300; // pixels; a narrower tile shows only badge and name

QString factsOf(const SourceSnapshot &source)
{
    if (source.size == PictureSize{} || source.health.state != HealthState::Ok)
        return {};
    return pictureText(source.size) + "  ·  " + fpsText(source.fps);
}

QString messageOf(const SourceSnapshot &source)
{
    if (QString problem = problemOf(source.health); !problem.isEmpty())
        return problem;
    if (source.health.state == HealthState::Ok && source.hasSound && source.frames == 0)
        return PreviewTile::tr("This source is only heard: it has no picture.");
    if (source.health.state == HealthState::Ok && !source.hasPreview)
        return PreviewTile::tr("This source has no preview: its pictures pass through untouched.");
    return source.health.state == HealthState::Starting ? PreviewTile::tr("Starting…") : QString();
}

} // namespace

PreviewTile::PreviewTile(SourceId id, std::shared_ptr<PreviewTap> tap, QWidget *parent)
    : QFrame(parent)
    , m_id(id)
    , m_tap(std::move(tap))
{
    setProperty("tile", true);
    setFocusPolicy(Qt::StrongFocus);
    build();
}

PreviewTile::~PreviewTile()
{
    m_tap->setWanted(false);
}

void PreviewTile::build()
{
    m_video = new QVideoWidget(this);
    m_video->setAspectRatioMode(Qt::KeepAspectRatio);
    m_message = new QLabel;
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setMargin(12);
    setStyled(*m_message, "role", "caption");
    m_name = new QLabel;
    setStyled(*m_name, "role", "title");
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_badge = new QLabel;
    m_badge->setProperty("badge", true);
    m_facts = new QLabel;
    setStyled(*m_facts, "role", "hint");

    m_stack = new QStackedLayout;
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_video);
    auto *caption = new QHBoxLayout;
    caption->setContentsMargins(8, 0, 8, 0);
    caption->setSpacing(8);
    caption->addWidget(m_badge, 0, Qt::AlignVCenter);
    caption->addWidget(m_name, 1);
    caption->addWidget(m_facts);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(3, 3, 3, 3);
    layout->setSpacing(0);
    layout->addLayout(m_stack, 1);
    auto *bar = new QWidget;
    bar->setFixedHeight(tileCaption - 6);
    bar->setLayout(caption);
    layout->addWidget(bar);
}

void PreviewTile::describe(const SourceSnapshot &source)
{
    const Badge badge = badgeOf(source);
    m_name->setText(text(source.config.name));
    m_badge->setText(badge.text);
    setStyled(*m_badge, "tone", badge.tone);
    m_facts->setText(factsOf(source));
    setAccessibleName(tr("Preview of %1").arg(text(source.config.name)));
    setAccessibleDescription(badge.text + ", " + factsOf(source));
    showMessage(messageOf(source));
}

// A sentence takes the picture's place while the source has a problem.
void PreviewTile::showMessage(const QString &message)
{
    m_message->setText(message);
    if (!message.isEmpty())
        m_hasPicture = false;
    QWidget *shown = m_hasPicture ? static_cast<QWidget *>(m_video) : m_message;
    m_stack->setCurrentWidget(shown);
}

void PreviewTile::setSelected(bool selected)
{
    setStyled(*this, "selected", selected ? "true" : "false");
}

bool PreviewTile::canBeSeen() const
{
    return isVisible() && !window()->isMinimized() && !visibleRegion().isEmpty();
}

void PreviewTile::setWanted(bool wanted)
{
    if (m_wanted == wanted)
        return;
    m_wanted = wanted;
    m_tap->setWanted(wanted);
}

bool PreviewTile::refresh()
{
    setWanted(canBeSeen());
    if (!m_wanted)
        return false;
    const auto preview = m_tap->take();
    const QVideoFrame frame = preview ? toVideoFrame(*preview) : QVideoFrame();
    if (!frame.isValid() || !m_message->text().isEmpty())
        return true;
    m_hasPicture = true;
    m_stack->setCurrentWidget(m_video);
    m_video->videoSink()->setVideoFrame(frame);
    return true;
}

void PreviewTile::mousePressEvent(QMouseEvent *event)
{
    event->accept();
    emit selected();
}

void PreviewTile::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    m_facts->setVisible(width() >= roomForFacts);
}

void PreviewTile::keyPressEvent(QKeyEvent *event)
{
    const bool choose = event->key() == Qt::Key_Space || event->key() == Qt::Key_Return
        || event->key() == Qt::Key_Enter;
    if (choose)
        emit selected();
    else
        QFrame::keyPressEvent(event);
}

} // namespace heliograph::ui
