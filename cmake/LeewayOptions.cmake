option(LEEWAY_BUILD_TESTS "Build the tests and benchmarks" ON)
option(LEEWAY_BUILD_FUZZERS "Build the fuzz targets (needs clang)" OFF)
option(LEEWAY_WERROR "Treat warnings as errors" OFF)
option(LEEWAY_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)


# Precompiled headers need these ccache settings to be cached at all.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${CCACHE_PROGRAM})
endif()

add_library(leeway_flags INTERFACE)
target_include_directories(leeway_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(leeway_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
    $<$<BOOL:${CCACHE_PROGRAM}>:$<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>>
    $<$<BOOL:${LEEWAY_WERROR}>:-Werror>)
target_compile_definitions(leeway_flags INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS)
if(LEEWAY_SANITIZE)
    target_compile_options(leeway_flags INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(leeway_flags INTERFACE -fsanitize=address,undefined)
endif()
