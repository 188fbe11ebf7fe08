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
    // What a person is still typing stays.
    void show(const PublishConfig &config, bool open, const QString &why);
    void forget(); // what is still being typed: another source is shown next
    void readInto(PublishConfig &config) const; // nothing of a picture without a file

signals:
    void edited(); // and through with it

private:
    WhileLost chosen() const;
    bool lacksFile() const;
    void type();
    void take();

    QComboBox *m_box;
    FileEditor *m_image;
    bool m_unfinished = false;
};

} // namespace heliograph::ui
