# Every library that fedgate uses, found by its CMake package or else by pkg-config. Where two
# releases of a library name their target differently, the newer name is what our lists use.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(fmt 9 REQUIRED)
find_package(pegtl 3.2 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(date REQUIRED)

# yaml-cpp 0.7 has the target `yaml-cpp`, 0.8 and later `yaml-cpp::yaml-cpp`.
find_package(yaml-cpp 0.7 REQUIRED)
if(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()

pkg_check_modules(libidn2 REQUIRED IMPORTED_TARGET libidn2)
pkg_check_modules(libpsl REQUIRED IMPORTED_TARGET libpsl)
pkg_check_modules(ldns REQUIRED IMPORTED_TARGET ldns)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)

# libunistring comes with neither.
find_path(unistring_include_folder unictype.h REQUIRED)
find_library(unistring_library unistring REQUIRED)
add_library(unistring::unistring UNKNOWN IMPORTED)
set_target_properties(
  unistring::unistring PROPERTIES IMPORTED_LOCATION "${unistring_library}"
                                  INTERFACE_INCLUDE_DIRECTORIES "${unistring_include_folder}")

# Catch2 3 is a library, Catch2 2 a header; tests/support/catch.h hides the difference.
if(FEDGATE_BUILD_TESTS)
  find_package(Catch2 REQUIRED)
endif()
