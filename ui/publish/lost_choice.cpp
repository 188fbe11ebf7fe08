#include "publish/lost_choice.h"

#include "forms/file_editor.h"
#include "text/words.h"

#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>
#include <utility>

namespace heliograph::ui {

namespace {

QLineEdit &line(const FileEditor &editor)
{
    return *qobject_cast<QLineEdit *>(&editor.control());
}

} // namespace

LostChoice::LostChoice(QWidget *parent)
    : QWidget(parent)
    , m_box(new QComboBox)
    , m_image(new FileEditor({.key = "lostImage",
                              .title = "Picture for viewers",
                              .kind = SettingKind::File,
                              .fallback = std::string()},
                             this))
{
    m_box->setObjectName("whileLost");
    m_box->setAccessibleName(tr("While the source is lost"));
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(12);
    m_box->addItem(tr("“Back soon”"), int(WhileLost::Name));
    m_box->addItem(tr("The last picture"), int(WhileLost::LastPicture));
    m_box->addItem(tr("A picture of mine"), int(WhileLost::Image));
    m_box->addItem(tr("Nothing new"), int(WhileLost::Nothing));
    m_image->control().setAccessibleName(tr("Picture for viewers"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_box);
    layout->addWidget(m_image);
    connect(m_box, &QComboBox::activated, this, &LostChoice::take);
    connect(m_image, &FieldEditor::edited, this, &LostChoice::type);
    connect(&line(*m_image), &QLineEdit::editingFinished, this, [this] {
        if (std::exchange(m_unfinished, false) && !lacksFile())
            take();
    });
}

// A file that was browsed for is no typing.
void LostChoice::type()
{
    if (line(*m_image).isModified())
        m_unfinished = true;
    else
        take();
}

void LostChoice::take()
{
    m_image->setVisible(chosen() == WhileLost::Image);
    m_unfinished = lacksFile();
    if (!m_unfinished)
        emit edited();
}

bool LostChoice::lacksFile() const
{
    return chosen() == WhileLost::Image && line(*m_image).text().isEmpty();
}

void LostChoice::forget()
{
    m_unfinished = false;
}

WhileLost LostChoice::chosen() const
{
    return WhileLost(m_box->currentData().toInt());
}

void LostChoice::show(const PublishConfig &config, bool open, const QString &why)
{
    m_box->setEnabled(open);
    m_box->setToolTip(open
                          ? tr("What viewers see when the camera is unplugged or the file is gone: "
                               "they stay, and go on when it is back.")
                          : why);
    m_image->setEnabled(open);
    m_image->control().setToolTip(open ? QString() : why);
    if (m_unfinished)
        return;
    m_box->setCurrentIndex(m_box->findData(int(config.whileLost)));
    m_image->setVisible(config.whileLost == WhileLost::Image);
    const auto shown = m_image->value();
    if (!shown || settingToText(*shown) != config.lostImage)
        m_image->display(config.lostImage);
}

void LostChoice::readInto(PublishConfig &config) const
{
    if (lacksFile())
        return;
    config.whileLost = chosen();
    if (const auto path = m_image->value())
        config.lostImage = settingToText(*path);
}

} // namespace heliograph::ui
