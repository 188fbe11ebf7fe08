# Read by CTest, behind the list of discovered tests, which is missing while wire_test is not built.
if(rtmp_wire_tests)
    set_tests_properties(${rtmp_wire_tests} PROPERTIES LABELS "engine;conformance")
endif()
