// One source on the wall: its moving picture, name, state, size and rate. A click, Space or Enter
// selects it.
// Thread: Qt main. Owner: TileWall.
#pragma once

#include "bridge/studio_bridge.h"

#include <QFrame>

class QLabel;
class QStackedLayout;
class QVideoWidget;

namespace heliograph::ui {

class PreviewTile : public QFrame {
    Q_OBJECT
public:
    PreviewTile(SourceId id, std::shared_ptr<PreviewTap> tap, QWidget *parent);
    ~PreviewTile() override;

    SourceId id() const { return m_id; }
    void describe(const SourceSnapshot &source);
    void setSelected(bool selected);

    // Takes the newest picture, if there is one and a person can see it. Returns whether they can.
    bool refresh();

signals:
    void selected();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    bool canBeSeen() const;
    void setWanted(bool wanted);
    void showMessage(const QString &message);

    SourceId m_id;
    std::shared_ptr<PreviewTap> m_tap;
    bool m_wanted = false;
    bool m_hasPicture = false;
    QVideoWidget *m_video = nullptr;
    QLabel *m_message = nullptr;
    QLabel *m_name = nullptr;
    QLabel *m_badge = nullptr;
    QLabel *m_facts = nullptr;
    QStackedLayout *m_stack = nullptr;
};

} // namespace heliograph::ui
