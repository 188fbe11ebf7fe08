#include "publish/encoder_card.h"

#include "publish/login_address.h"
#include "style/icon_button.h"
#include "style/theme.h"
#include "text/words.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QToolTip>
#include <QUrl>

namespace heliograph::ui {

namespace {

QLineEdit *readOnlyField(const QString &name, const char *objectName)
{
    auto *field = new QLineEdit;
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    field->setReadOnly(true);
    return field;
}

QLabel *caption(const QString &said)
{
    auto *label = new QLabel(said);
    setStyled(*label, "role", "caption");
    return label;
}

Secret settingOf(const SourceSnapshot &source, const char *key)
{
    const auto setting = source.config.settings.find(key);
    const auto *secret =
        setting == source.config.settings.end() ? nullptr : std::get_if<Secret>(&setting->second);
    return secret ? *secret : Secret();
}

// One that pulls from another server has no encoder to tell.
bool awaitsEncoder(const SourceSnapshot &source)
{
    return source.config.type == "rtmp" && settingOf(source, "url").empty();
}

void sayCopied(QWidget &field)
{
    QToolTip::showText(field.mapToGlobal(QPoint(0, field.height())), EncoderCard::tr("Copied"),
                       &field);
}

} // namespace

QString encoderServer(const Snapshot &snapshot, const SourceSnapshot &source)
{
    for (const StreamSnapshot &stream : snapshot.streams)
        for (const std::string &url : stream.urls)
            if (stream.source == source.id && text(url).startsWith("rtmp://"))
                return "rtmp://" + QUrl(text(url)).authority() + "/live";
    for (const OutputSnapshot &output : snapshot.outputs)
        if (output.type == "rtmp" && output.port != 0)
            return QStringLiteral("rtmp://127.0.0.1:%1/live").arg(output.port);
    return {};
}

EncoderCard::EncoderCard(QWidget *parent)
    : QWidget(parent)
    , m_hint(new QLabel(tr("Type this into OBS, under Settings, Stream, service “Custom…”:")))
    , m_server(readOnlyField(tr("Server for the encoder"), "encoderServer"))
    , m_key(readOnlyField(tr("Stream key for the encoder"), "encoderKey"))
{
    m_hint->setWordWrap(true);
    setStyled(*m_hint, "role", "hint");
    m_key->setEchoMode(QLineEdit::Password);
    auto *copyServer = iconButton("copy", tr("Copy server"), tr("Copy the server's address"));
    auto *copyKey = iconButton("copy", tr("Copy stream key"),
                               tr("Copy the stream key: whoever has it can send to this stream"));
    connect(copyServer, &QToolButton::clicked, this, &EncoderCard::copyServer);
    connect(copyKey, &QToolButton::clicked, this, &EncoderCard::copyKey);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setColumnMinimumWidth(0, 112);
    grid->addWidget(m_hint, 0, 0, 1, 3);
    grid->addWidget(caption(tr("Server")), 1, 0);
    grid->addWidget(m_server, 1, 1);
    grid->addWidget(copyServer, 1, 2);
    grid->addWidget(caption(tr("Stream key")), 2, 0);
    grid->addWidget(m_key, 2, 1);
    grid->addWidget(copyKey, 2, 2);
    hide();
}

void EncoderCard::show(const Snapshot &snapshot, const SourceSnapshot *source)
{
    setVisible(source && awaitsEncoder(*source));
    if (isHidden())
        return;
    const QString server = encoderServer(snapshot, *source);
    const QString key = text(settingOf(*source, "key").reveal());
    if (m_server->text() != server)
        m_server->setText(server);
    m_server->setPlaceholderText(tr("The RTMP server is off"));
    if (m_key->text() != key)
        m_key->setText(key);
}

void EncoderCard::copyServer()
{
    QGuiApplication::clipboard()->setText(m_server->text());
    sayCopied(*m_server);
}

void EncoderCard::copyKey()
{
    QGuiApplication::clipboard()->setMimeData(secretText(m_key->text()));
    sayCopied(*m_key);
}

} // namespace heliograph::ui
