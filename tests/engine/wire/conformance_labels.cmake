# Read by CTest, behind the list of discovered tests.
set_tests_properties(${rtmp_wire_tests} PROPERTIES LABELS "engine;conformance")
