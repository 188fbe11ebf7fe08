// What happened and what to do next, in English sentences: what the command line prints as they
// are, and what ui/text translates. The one table of them.
// Thread: any (pure functions).
#pragma once

#include "engine/error.h"
#include "engine/snapshot.h"

#include <string>
#include <string_view>

namespace heliograph {

// With "%1" where the error's detail belongs (it may be absent).
std::string_view sentenceTemplate(ErrorCode code);
// With "%1" for the subject and "%2" for the detail.
std::string_view sentenceTemplate(Notice::Event event);
std::string_view sentenceTemplate(StoryLine::Fact fact);

// Filled in; an empty detail leaves no empty brackets behind.
std::string sentence(const Error &error);
std::string sentence(const Notice &notice);
std::string sentence(const StoryLine &line);

} // namespace heliograph
