#include "http/upload/contents.h"

#include <algorithm>
#include <array>

#include "http/front/text.h"
#include "http/upload/upload_code.h"

namespace greffe {
namespace {

// As browsers do before they decide that something is a page.
std::string_view without_white_space(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto begin = bytes.find_first_not_of(" \t\r\n\f");
  return begin == std::string_view::npos ? std::string_view() : bytes.substr(begin);
}

bool starts_with_any(std::string_view bytes, const auto& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
    return front::same_name(bytes.substr(0, beginning.size()), beginning);
  });
}

bool is_page(std::string_view first_bytes) {
  constexpr std::array<std::string_view, 7> beginnings = {"<!doctype html", "<html",   "<head", "<body",
                                                          "<script",        "<iframe", "<style"};
  return starts_with_any(without_white_space(first_bytes), beginnings);
}

bool is_drawing(std::string_view first_bytes) {
  constexpr std::array<std::string_view, 2> beginnings = {"<svg", "<!doctype svg"};
  return starts_with_any(without_white_space(first_bytes), beginnings);
}

bool is_program(std::string_view first_bytes) {
  constexpr std::array<std::string_view, 5> beginnings = {
      "\x7F"
      "ELF",
      "\xFE\xED\xFA\xCE", "\xFE\xED\xFA\xCF", "\xCE\xFA\xED\xFE", "\xCF\xFA\xED\xFE"};
  for (const auto beginning : beginnings) {
    if (first_bytes.starts_with(beginning)) return true;
  }
  // A text may begin with these two letters, but holds no NUL.
  return first_bytes.starts_with("MZ") && first_bytes.find('\0') != std::string_view::npos;
}

}  // namespace

bool contradicts(const MediaType& declared, std::string_view first_bytes) {
  first_bytes = first_bytes.substr(0, sniffed_bytes_max);
  const auto essence = declared.essence();
  const bool is_media = declared.type == "image" || declared.type == "audio" || declared.type == "video" ||
                        declared.type == "font" || essence == "application/pdf";
  if (is_page(first_bytes)) return is_media;
  if (is_drawing(first_bytes)) return is_media && essence != "image/svg+xml";
  if (is_program(first_bytes)) return is_media || declared.type == "text";
  return false;
}

Result<void, Problem> check_content(const MediaType& declared, std::string_view first_bytes) {
  if (!contradicts(declared, first_bytes)) return {};
  return fail(problem_of(UploadCode::media_type_mismatch, "The file is not of the type that it is declared to be."));
}

}  // namespace greffe
