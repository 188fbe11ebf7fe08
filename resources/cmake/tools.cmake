# The tools around the compiler: ccache and mold where present, warnings as errors, sanitizers.

find_program(HELIOGRAPH_CCACHE ccache)
if(HELIOGRAPH_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # It must not mind that precompiled headers hold macros.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
                                    CCACHE_SLOPPINESS=pch_defines,time_macros ${HELIOGRAPH_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        add_compile_options(-fpch-preprocess)
    endif()
endif()

find_program(HELIOGRAPH_MOLD mold)
if(HELIOGRAPH_MOLD AND NOT HELIOGRAPH_SANITIZE)
    add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-pthread) # some packages ask for it; precompiled headers want all alike
add_compile_definitions(HELIOGRAPH_VERSION="${PROJECT_VERSION}")
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                    -Wno-missing-field-initializers -Werror)

if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # False alarms inside std::string's own operator+ (GCC bug 105329, mended in 13).
    add_compile_options(-Wno-restrict -Wno-stringop-overflow -Wno-array-bounds)
endif()

if(HELIOGRAPH_SANITIZE)
    add_compile_options(-fsanitize=${HELIOGRAPH_SANITIZE} -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=${HELIOGRAPH_SANITIZE})
    if(HELIOGRAPH_SANITIZE MATCHES undefined)
        add_compile_options(-fno-sanitize-recover=undefined)
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        # The instrumented code hides from GCC what is initialized.
        add_compile_options(-Wno-maybe-uninitialized)
    endif()
    if(HELIOGRAPH_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        # GCC warns that TSan does not model atomic_thread_fence, which Asio uses.
        add_compile_options(-Wno-tsan)
    endif()
endif()

if(HELIOGRAPH_FUZZ)
    # Coverage feedback in all of our code; the targets alone link libFuzzer.
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# A source that reads a command line: CLI11 takes a quarter of a minute to optimize, and runs once.
function(heliograph_read_once source)
    set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS -O0
                                                     SKIP_PRECOMPILE_HEADERS ON)
endfunction()
