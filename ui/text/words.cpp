#include "text/words.h"

#include "text/format.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

namespace heliograph::ui {

namespace {

QString translated(const char *context, std::string_view source)
{
    return QCoreApplication::translate(context, std::string(source).c_str());
}

QString shown(const std::string &detail)
{
    return text(maskCredentials(detail));
}

// Where there is nothing to say, the brackets, quotes or colon around it go too.
QString fill(QString form, const QString &first, const QString &second = {})
{
    const auto drop = [&form](const QString &placeholder) {
        const QStringList announced = {" (" + placeholder + ")", ": " + placeholder,
                                       " “" + placeholder + "”"};
        for (const QString &part : announced)
            form.remove(part);
    };
    if (first.isEmpty())
        drop("%1");
    if (second.isEmpty())
        drop("%2");
    if (form.contains("%1") && form.contains("%2"))
        return form.arg(first, second);
    return form.contains("%1") ? form.arg(first) : form;
}

} // namespace

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

std::string utf8(const QString &text)
{
    return text.toStdString();
}

QString sentenceOf(const Error &error)
{
    return fill(translated("sentences", sentenceTemplate(error.code)), shown(error.detail));
}

QString sentenceOf(const Notice &notice)
{
    QString said = fill(translated("sentences", sentenceTemplate(notice.event)),
                        shown(notice.subject), shown(notice.detail));
    if (notice.error)
        said += " " + sentenceOf(*notice.error);
    if (notice.count > 1)
        said += " " + translated("words", "(%1 times)").arg(countText(notice.count));
    return said;
}

QString storyOf(const SourceSnapshot &source)
{
    QStringList lines;
    for (const StoryLine &line : source.story) {
        QString said = fill(translated("sentences", sentenceTemplate(line.fact)),
                            shown(line.subject), shown(line.detail));
        lines += line.error ? said + " " + sentenceOf(*line.error) : said;
    }
    return lines.join("\n");
}

QString soundText(const SoundLevel &sound)
{
    const QString peak = translated("words", QT_TRANSLATE_NOOP("words", "Loudest: %1 dB"))
                             .arg(sound.peak, 0, 'f', 0);
    if (!sound.driftPpm)
        return peak;
    const bool isFast = *sound.driftPpm >= 0;
    const QString drift = isFast
        ? translated("words",
                     QT_TRANSLATE_NOOP("words", "Its clock runs %1 ppm fast, which is corrected."))
        : translated("words",
                     QT_TRANSLATE_NOOP("words", "Its clock runs %1 ppm slow, which is corrected."));
    return peak + "\n" + drift.arg(std::abs(*sound.driftPpm), 0, 'f', 0);
}

QString explained(const Error &error)
{
    const QString said = sentenceOf(error);
    const QString context = shown(error.detail);
    return context.isEmpty() || said.contains(context) ? said : said + "\n" + context;
}

QString audienceName(Audience audience)
{
    switch (audience) {
    case Audience::ThisComputer:
        return translated("words", QT_TRANSLATE_NOOP("words", "This computer"));
    case Audience::MyNetwork:
        return translated("words", QT_TRANSLATE_NOOP("words", "My network"));
    case Audience::MyNetworkWithPassword:
        return translated("words", QT_TRANSLATE_NOOP("words", "My network, with a password"));
    }
    return {};
}

Badge badgeOf(const SourceSnapshot &source)
{
    switch (source.health.state) {
    case HealthState::Ok:
        if (source.published)
            return {translated("words", QT_TRANSLATE_NOOP("words", "LIVE")), "live"};
        return {translated("words", QT_TRANSLATE_NOOP("words", "Preview")), ""};
    case HealthState::Starting:
        return {translated("words", QT_TRANSLATE_NOOP("words", "Starting")), "busy"};
    case HealthState::Retrying:
        return {translated("words", QT_TRANSLATE_NOOP("words", "Retrying")), "warning"};
    case HealthState::Failed:
        return {translated("words", QT_TRANSLATE_NOOP("words", "Failed")), "bad"};
    }
    return {};
}

QString problemOf(const Health &health)
{
    const bool troubled =
        health.state == HealthState::Retrying || health.state == HealthState::Failed;
    return troubled && health.error ? sentenceOf(*health.error) : QString();
}

} // namespace heliograph::ui
