# What `cmake --install` puts where, and the Debian package that `./dev package` builds.
include(GNUInstallDirs)

install(TARGETS fedgate RUNTIME)
install(FILES README.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright)
install(
  DIRECTORY samples/contoso samples/invalid
  DESTINATION "${CMAKE_INSTALL_DOCDIR}/examples"
  PATTERN expected EXCLUDE)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME fedgate)
set(CPACK_PACKAGE_CONTACT "the fedgate authors")
set(CPACK_STRIP_FILES TRUE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS TRUE)
include(CPack)
