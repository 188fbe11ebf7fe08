#include "publish/publish_view.h"

#include "text/format.h"
#include "text/words.h"

#include <QCoreApplication>
#include <algorithm>
#include <set>

namespace heliograph::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PublishView)
};

QString takenBy(const Snapshot &snapshot, SourceId id, const std::string &mount)
{
    const auto other = std::find_if(
        snapshot.sources.begin(), snapshot.sources.end(), [&](const SourceSnapshot &each) {
            return each.published && each.id != id && each.publish.mount == mount;
        });
    return other == snapshot.sources.end() ? QString() : text(other->config.name);
}

QString whyNotUsers(const PublishConfig &config)
{
    if (config.audience != Audience::MyNetworkWithPassword)
        return {};
    std::set<std::string> names;
    for (const User &user : config.users) {
        if (user.password.empty())
            return Words::tr("Give “%1” a password: type it, or make a new one.")
                .arg(text(user.name));
        if (const auto checked = checkUser(user); !checked)
            return sentenceOf(checked.error());
        if (!names.insert(user.name).second)
            return Words::tr("Two users are called “%1”. Give one of them another name.")
                .arg(text(user.name));
    }
    return {};
}

QString whyNot(const Snapshot &snapshot, const SourceSnapshot &source, const PublishConfig &config,
               const QString &serverProblem)
{
    const auto mount = normalizeMount(config.mount);
    if (!mount)
        return sentenceOf(mount.error());
    if (const QString other = takenBy(snapshot, source.id, *mount); !other.isEmpty())
        return Words::tr("“%1” already uses this stream name. Choose another one.").arg(other);
    const QString users = whyNotUsers(config);
    return users.isEmpty() ? serverProblem : users;
}

QString encoderOf(const StreamSnapshot &stream)
{
    return stream.passes ? Words::tr("passed through") : text(stream.encoder);
}

void addStream(PublishView &view, const StreamSnapshot &stream)
{
    for (const std::string &url : stream.urls)
        view.addresses += text(url);
    if (!stream.ready) {
        view.status = Words::tr("Waiting for the first picture…");
        return;
    }
    if (stream.resting) {
        view.status = Words::tr("Resting: nobody is watching. It begins with the first viewer.");
        return;
    }
    const QString watched = stream.viewers == 0 ? Words::tr("nobody is watching yet")
                                                : Words::tr("%1 watching").arg(stream.viewers);
    QStringList facts = {rateText(stream.bitrate), fpsText(stream.fps), encoderOf(stream), watched};
    facts.removeAll(QString());
    view.status = facts.join("  ·  ");
}

PublishView livePart(const Snapshot &snapshot, SourceId id, bool stopping)
{
    PublishView view;
    view.action = PublishAction::Stop;
    view.enabled = !stopping;
    view.habitsOpen = !stopping;
    view.label = stopping ? Words::tr("Stopping…") : Words::tr("Stop publishing");
    view.reason = Words::tr("Stop publishing to change these.");
    for (const StreamSnapshot &stream : snapshot.streams) {
        if (stream.source == id)
            addStream(view, stream);
    }
    return view;
}

} // namespace

PublishView publishView(const Snapshot &snapshot, const SourceSnapshot *source,
                        const PublishConfig &config, PublishPending pending,
                        const QString &serverProblem)
{
    PublishView view;
    view.label = Words::tr("Publish");
    if (!source) {
        view.reason = Words::tr("Pick a source first.");
        return view;
    }
    if (source->published && pending != PublishPending::Publishing)
        return livePart(snapshot, source->id, pending == PublishPending::Stopping);
    if (pending == PublishPending::Publishing) {
        view.label = Words::tr("Publishing…");
        view.reason = Words::tr("The stream is starting.");
        return view;
    }
    view.fieldsOpen = true;
    view.habitsOpen = true;
    view.reason = whyNot(snapshot, *source, config, serverProblem);
    view.enabled = view.reason.isEmpty();
    return view;
}

} // namespace heliograph::ui
