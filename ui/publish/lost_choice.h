// What viewers see while the source is lost: one of four, and the file of a picture.
// Thread: Qt main. Owner: PublishPanel.
#pragma once

#include <engine/project.h>

#include <QWidget>

class QComboBox;

namespace heliograph::ui {

class FileEditor;

class LostChoice : public QWidget {
    Q_OBJECT
public:
    explicit LostChoice(QWidget *parent = nullptr);

    QComboBox &box() const { return *m_box; } // for its title
    void show(const PublishConfig &config, bool open, const QString &why);
    void readInto(PublishConfig &config) const;

signals:
    void edited();

private:
    WhileLost chosen() const;

    QComboBox *m_box;
    FileEditor *m_image;
};

} // namespace heliograph::ui
