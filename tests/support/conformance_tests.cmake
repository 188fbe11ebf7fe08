# The tests of a program, of which some have ids of the conformance list in their names: those have
# the labels engine and conformance, the others engine. gtest_discover_tests would make two arguments
# of two labels and drop the second, so CTest sets them itself, behind the list of what was discovered.
function(heliograph_conformance_tests program)
    set(list ${program}_conformance)
    gtest_discover_tests(${program} TEST_LIST ${list} DISCOVERY_TIMEOUT 600 PROPERTIES TIMEOUT 300)
    set(labels ${CMAKE_CURRENT_BINARY_DIR}/${list}.cmake)
    # The list is missing while the program is not built.
    file(WRITE ${labels}
         "set(theirs \${${list}})\n"
         "set(others \${${list}})\n"
         "list(FILTER theirs INCLUDE REGEX \"[.][A-Z]+[0-9]+_\")\n"
         "list(FILTER others EXCLUDE REGEX \"[.][A-Z]+[0-9]+_\")\n"
         "if(theirs)\n"
         "    set_tests_properties(\${theirs} PROPERTIES LABELS \"engine;conformance\")\nendif()\n"
         "if(others)\n"
         "    set_tests_properties(\${others} PROPERTIES LABELS engine)\nendif()\n")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${labels})
endfunction()
