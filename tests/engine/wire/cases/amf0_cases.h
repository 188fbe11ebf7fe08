// AMF0 made by hand, and what it says. One table for reading, writing and the seeds of the fuzz
// target amf0.
#pragma once

#include "wire/rtmp/amf0.h"

#include <optional>
#include <string>
#include <vector>

namespace heliograph::test {

struct Amf0Case {
    std::string name;
    std::string hex;
    std::vector<rtmp::amf0::Value> values;
    bool isAsWritten = true; // false: others write it so, we do not
};

struct BrokenAmf0Case {
    std::string name;
    std::string hex;
    ErrorCode error = ErrorCode::Malformed;
};

// So many objects within each other, as hex.
inline std::string nested(int depth)
{
    std::string text;
    for (int i = 0; i < depth; ++i)
        text += "03 0001 61 ";
    text += "05 ";
    for (int i = 0; i < depth; ++i)
        text += "000009 ";
    return text;
}

// clang-format off
inline std::vector<Amf0Case> amf0Cases()
{
    using namespace rtmp::amf0;
    const Properties two = {{"a", 1.0}, {"b", "x"}};
    const std::string twoHex = "0001 61 00 3ff0000000000000 0001 62 02 0001 78 ";
    return {
        {"nothing", "", {}},
        {"number", "00 4010800000000000", {4.125}},
        {"boolean", "01 01 01 00", {true, false}},
        {"boolean_of_another_number", "01 07", {true}, false},
        {"string", "02 0007 636f6e6e656374", {"connect"}},
        {"empty_string", "02 0000", {""}},
        {"null_and_undefined", "05 06 0d", {Null(), Undefined(), Unsupported()}},
        {"object", "03 " + twoHex + "0000 09", {Value::object(two)}},
        {"empty_object", "03 0000 09", {Value::object({})}},
        {"object_without_end", "03 " + twoHex, {Value::object(two)}, false},
        {"object_in_object_without_ends", "03 0001 6f 03 " + twoHex, {Value::object({{"o", Value::object(two)}})}, false},
        {"property_without_name", "03 0000 05 0000 09", {Value::object({{"", Null()}})}},
        {"name_that_comes_twice", "03 0001 61 05 0001 61 06 0000 09", {Value::object({{"a", Null()}, {"a", Undefined()}})}},
        {"typed_object", "10 0003 466f6f " + twoHex + "0000 09", {Value::object(two)}, false},
        {"ecma_array", "08 00000002 " + twoHex + "0000 09", {Value::ecmaArray(two)}},
        {"ecma_array_with_a_wrong_count", "08 00000000 " + twoHex + "0000 09", {Value::ecmaArray(two)}, false},
        {"ecma_array_without_end", "08 00000002 " + twoHex, {Value::ecmaArray(two)}, false},
        {"strict_array", "0a 00000003 05 02 0001 61 01 01", {Value::strictArray({Null(), "a", true})}},
        {"empty_strict_array", "0a 00000000", {Value::strictArray({})}},
        {"date", "0b 42763d1700000000 0000", {Date{1528227168256.0}}},
        {"date_with_time_zone", "0b 42763d1700000000 ffc4", {Date{1528227168256.0}}, false},
        {"long_string", "0c 00000003 616263", {"abc"}, false},
        {"xml_document", "0f 00000003 3c612f", {"<a/"}, false},
        {"command", "02 0007 636f6e6e656374 00 3ff0000000000000 03 0003 617070 02 0004 6c697665 0000 09",
         {"connect", 1.0, Value::object({{"app", "live"}})}},
        {"deepest_object", nested(31), {[] {
             Value value;
             for (int i = 0; i < 31; ++i)
                 value = Value::object({{"a", value}});
             return value;
         }()}},
        {"amf3_scalars", "11 00 11 01 11 02 11 03 11 0405 11 05 3ff0000000000000 11 06 07 616263",
         {Undefined(), Null(), false, true, 5.0, 1.0, "abc"}, false},
        {"amf3_integers", "11 04 7f 11 04 8100 11 04 ffffffff 11 04 bfffffff 11 04 c0808000",
         {127.0, 128.0, -1.0, 268435455.0, -268435456.0}, false},
    };
}

inline std::vector<BrokenAmf0Case> brokenAmf0Cases()
{
    return {
        {"short_number", "00 3ff00000000000"},
        {"short_boolean", "01"},
        {"string_past_the_end", "02 0004 616263"},
        {"long_string_of_4_gb", "0c ffffffff 616263"},
        {"strict_array_of_4_gb", "0a ffffffff 05 05"},
        {"name_past_the_end", "03 0010 61"},
        {"name_without_value", "03 0001 61"},
        {"object_end_alone", "09"},
        {"unknown_kind", "12"},
        {"short_date", "0b 42763d1700000000 00"},
        {"reference", "07 0000", ErrorCode::Unsupported},
        {"movie_clip", "04", ErrorCode::Unsupported},
        {"record_set", "0e", ErrorCode::Unsupported},
        {"object_of_amf3", "11 0a 0b 01", ErrorCode::Unsupported},
        {"string_reference_of_amf3", "11 06 00", ErrorCode::Unsupported},
        {"short_amf3", "11 04 80"},
        {"too_deep", nested(32), ErrorCode::TooLarge},
        {"strict_arrays_in_each_other", [] {
             std::string text;
             for (int i = 0; i < 1000; ++i)
                 text += "0a 00000001 ";
             return text;
         }(), ErrorCode::TooLarge},
    };
}
// clang-format on

} // namespace heliograph::test
