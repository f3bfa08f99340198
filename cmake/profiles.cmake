# greffe_profiles(TARGET) compiles tools/profiles/*.json into TARGET, as the function
# profile_texts() of tools/serve/profile_texts.h: an installed program needs no file.
function(greffe_profiles TARGET)
  file(GLOB PROFILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/profiles/*.json)
  set(OUT ${CMAKE_BINARY_DIR}/generated/tools/profile_texts.cpp)
  add_custom_command(
    OUTPUT ${OUT}
    COMMAND ${CMAKE_COMMAND} "-DPROFILES=${PROFILES}" -DOUT=${OUT} -P ${CMAKE_SOURCE_DIR}/cmake/embed_profiles.cmake
    DEPENDS ${PROFILES} ${CMAKE_SOURCE_DIR}/cmake/embed_profiles.cmake
    COMMENT "profiles"
    VERBATIM)
  target_sources(${TARGET} PRIVATE ${OUT})
endfunction()
