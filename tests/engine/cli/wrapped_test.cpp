#include "cli/wrapped.h"

#include <gtest/gtest.h>

using heliograph::cli::wrapped;

TEST(Wrapped, LinesAreBrokenAtSpacesAndLongWordsStayWhole)
{
    EXPECT_EQ("", wrapped("", 10));
    EXPECT_EQ("one", wrapped("one", 3));
    EXPECT_EQ("one two", wrapped("one two", 7));
    EXPECT_EQ("one\ntwo", wrapped("one two", 6));
    EXPECT_EQ("one\n  two\n  three", wrapped("one two three", 6, "  "));
    EXPECT_EQ("incomprehensible\na b", wrapped("incomprehensible a b", 5));
    EXPECT_EQ("a b\nc\nd", wrapped("a b c\nd", 3));
    EXPECT_EQ("äöü ß", wrapped("äöü ß", 5));
}
