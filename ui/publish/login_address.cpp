#include "publish/login_address.h"

#include "text/words.h"

#include <QUrl>

namespace heliograph::ui {

QString loginAddress(const QString &address, const User &user)
{
    const QByteArray name = QUrl::toPercentEncoding(text(user.name));
    const QByteArray password = QUrl::toPercentEncoding(text(user.password.reveal()));
    if (address.startsWith("rtmp"))
        return address + QString::fromLatin1("?user=" + name + "&pass=" + password);
    const qsizetype host = address.indexOf("://") + 3;
    const QByteArray login = name + ":" + password + "@";
    return address.left(host) + QString::fromLatin1(login) + address.mid(host);
}

QMimeData *secretText(const QString &text)
{
    auto *data = new QMimeData;
    data->setText(text);
    data->setData("x-kde-passwordManagerHint", "secret");
    return data;
}

} // namespace heliograph::ui
