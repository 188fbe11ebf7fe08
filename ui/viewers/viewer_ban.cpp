#include "viewers/viewer_ban.h"

#include "text/words.h"

#include <QCoreApplication>
#include <algorithm>

namespace heliograph::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ViewerBan)
};

} // namespace

std::string withoutPort(const std::string &address)
{
    std::string host = address.substr(0, address.rfind(':'));
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    return host;
}

QStringList addressesOf(const std::vector<ViewerId> &viewers, const Snapshot &snapshot)
{
    QStringList addresses;
    for (const ViewerSnapshot &viewer : snapshot.viewers)
        if (std::find(viewers.begin(), viewers.end(), viewer.id) != viewers.end())
            addresses += text(withoutPort(viewer.address));
    addresses.removeDuplicates();
    return addresses;
}

Question banQuestion(const QStringList &addresses)
{
    return {Words::tr("Disconnect and ban?"),
            Words::tr("Nobody at %1 can watch, until you let them in again: Stream, Banned "
                      "addresses.")
                .arg(addresses.join(", ")),
            Words::tr("Disconnect and ban")};
}

} // namespace heliograph::ui
