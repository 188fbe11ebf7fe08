# The tests of a program whose names carry ids of the conformance list: labels engine and
# conformance. gtest_discover_tests would make two arguments of two labels and drop the second, so
# CTest sets them itself, behind the list of what was discovered.
# FILTER: a GoogleTest filter, with one program of several kinds of tests.
function(heliograph_conformance_tests program)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "FILTER" "")
    set(filter)
    if(arg_FILTER)
        set(filter TEST_FILTER ${arg_FILTER})
    endif()
    set(list ${program}_conformance)
    gtest_discover_tests(${program} ${filter} TEST_LIST ${list} DISCOVERY_TIMEOUT 60
                         PROPERTIES TIMEOUT 300)
    set(labels ${CMAKE_CURRENT_BINARY_DIR}/${list}.cmake)
    # The list is missing while the program is not built.
    file(WRITE ${labels} "if(${list})\n"
         "    set_tests_properties(\${${list}} PROPERTIES LABELS \"engine;conformance\")\nendif()\n")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${labels})
endfunction()
