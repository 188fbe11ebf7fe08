// The engine's codes as sentences in the language of the person, and the studio's own words for
// states and audiences.
// Thread: Qt main (pure functions that use the application's translator).
#pragma once

#include <engine/sentences.h>

#include <QString>
#include <string>

namespace heliograph::ui {

QString text(const std::string &utf8);
std::string utf8(const QString &text);

// What happened and what to do next.
QString sentenceOf(const Error &error);
QString sentenceOf(const Notice &notice); // with its error, and its count when above one
// How a source came to deliver, or not to: a line for each step; empty where none is told.
QString storyOf(const SourceSnapshot &source);
// How loud it is, and what is done about its sound card's clock.
QString soundText(const SoundLevel &sound);
// The sentence and, on a second line, the engine's own context: for tooltips.
QString explained(const Error &error);

QString audienceName(Audience audience); // "This computer"

// The state of a source in two words, and the style sheet's "tone" for it.
struct Badge {
    QString text;
    const char *tone = "";
    bool operator==(const Badge &) const = default;
};
Badge badgeOf(const SourceSnapshot &source);

// Why a source does not deliver; empty while it does.
QString problemOf(const Health &health);

} // namespace heliograph::ui
