// What clients say of their files: media types, dispositions and names.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "commands/field_rules.h"
#include "commands/files/file_name.h"
#include "commands/files/header_parameters.h"
#include "commands/files/media_type.h"
#include "http/upload/contents.h"
#include "http/upload/disposition.h"

namespace greffe {
namespace {

TEST_CASE("a media type is read with its parameters, in lower case") {
  CHECK(parse_media_type("text/plain") == MediaType{"text", "plain", {}});
  CHECK(parse_media_type("Image/SVG+xml;Charset=UTF-8") == MediaType{"image", "svg+xml", {{"charset", "UTF-8"}}});
  CHECK(parse_media_type("multipart/form-data; boundary=\"a b\\\"c\" ; x=y;") ==
        MediaType{"multipart", "form-data", {{"boundary", "a b\"c"}, {"x", "y"}}});
  CHECK(parse_media_type(std::string(127, 'a') + "/" + std::string(127, 'b')));
}

TEST_CASE("what is no media type is refused") {
  for (const auto& text : std::vector<std::string>{"",
                                                   "text",
                                                   "/",
                                                   "text/",
                                                   "/plain",
                                                   "text/plain/x",
                                                   "te xt/plain",
                                                   "text/pl ain",
                                                   "text/*",
                                                   "*/*",
                                                   "text/plain;charset",
                                                   "text/plain;=x",
                                                   "text/plain;a=",
                                                   "text/plain;a=b;A=c",
                                                   "text/plain;a=\"b",
                                                   "text/plain;a=\"b\"c",
                                                   "text/plain a=b",
                                                   "text/plain;a =b",
                                                   "text/plain;a=b c",
                                                   "tëxt/plain",
                                                   std::string(128, 'a') + "/b",
                                                   std::string("text/pl\0in", 10)}) {
    CAPTURE(text);
    CHECK_FALSE(parse_media_type(text));
  }
}

TEST_CASE("rules on media types name some, or all of a kind, and the refused ones win") {
  const auto png = *parse_media_type("image/png");
  const auto svg = *parse_media_type("image/svg+xml");
  const auto pdf = *parse_media_type("application/pdf;a=b");
  CHECK(MediaTypeRules{}.allow(png));
  const MediaTypeRules pictures{{"image/*"}, {"image/svg+xml"}};
  CHECK(pictures.allow(png));
  CHECK_FALSE(pictures.allow(svg));
  CHECK_FALSE(pictures.allow(pdf));
  CHECK(MediaTypeRules{{"application/pdf"}, {}}.allow(pdf));
  CHECK_FALSE(MediaTypeRules{{"application/pd"}, {}}.allow(pdf));
  CHECK_FALSE(MediaTypeRules{{}, {"application/*"}}.allow(pdf));
  for (const auto* pattern : {"image/*", "image/png"}) CHECK(is_media_type_pattern(pattern));
  for (const auto* pattern : {"", "*", "*/*", "image", "Image/*", "image/p*", "image/png;a=b"}) {
    CAPTURE(pattern);
    CHECK_FALSE(is_media_type_pattern(pattern));
  }
}

TEST_CASE("a page or a program is not taken for a picture, and nothing else is guessed") {
  struct Row {
    std::string declared, bytes;
    bool contradicts;
  };
  const std::string program = std::string("MZ\x90\0\3", 5);
  const std::vector<Row> rows = {
      {"image/png", "\x89PNG\r\n\x1a\n", false},
      {"image/png", "GIF89a", false},
      {"image/png", "<!DOCTYPE html><p>", true},
      {"image/png", " \r\n\t<ScRiPt>alert(1)</script>", true},
      {"image/png", "\xEF\xBB\xBF<html>", true},
      {"image/png", "text <html>", false},
      {"image/png", "<svg onload=alert(1)>", true},
      {"image/svg+xml", "<svg>", false},
      {"image/svg+xml", "<html>", true},
      {"application/pdf", "%PDF-1.7", false},
      {"application/pdf", "<body onload=x>", true},
      {"text/plain", "<html> is where a page begins", false},
      {"text/html", "<html>", false},
      {"application/octet-stream", program, false},
      {"image/jpeg", program, true},
      {"text/plain", program, true},
      {"text/plain", "MZ-300 does not print", false},
      {"video/mp4",
       "\x7F"
       "ELF\2\1",
       true},
      {"application/x-elf",
       "\x7F"
       "ELF\2\1",
       false},
      {"image/png", "", false},
      {"image/png", std::string(sniffed_bytes_max, ' ') + "<html>", false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.declared, row.bytes);
    CHECK(contradicts(*parse_media_type(row.declared), row.bytes) == row.contradicts);
  }
}

TEST_CASE("a disposition gives the field and the file's name") {
  const auto file_name = [](std::string_view text) {
    const auto disposition = parse_content_disposition(text);
    return disposition ? disposition->file_name.value_or("(none)") : "(malformed)";
  };
  CHECK(parse_content_disposition("Form-Data; name=\"a\"")->type == "form-data");
  CHECK(parse_content_disposition("form-data; name=\"a%22b\"")->name == "a\"b");
  CHECK(file_name("attachment") == "(none)");
  CHECK(file_name("attachment; filename=plain.txt") == "plain.txt");
  CHECK(file_name("attachment; filename=\"with \\\"quotes\\\".txt\"") == "with \"quotes\".txt");
  CHECK(file_name("attachment; filename=\"C:\\dir\\f.txt\"") == "C:\\dir\\f.txt");
  CHECK(file_name("attachment; filename=\"a%22b\"") == "a%22b");
  CHECK(file_name("form-data; name=x; filename=\"a%22%0d%0Ab%41\"") == "a\"\r\nb%41");
  CHECK(file_name("attachment; filename=x; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.txt") == "naïve €.txt");
  CHECK(file_name("attachment; filename*=utf-8'fr'%C3%A9") == "é");
  CHECK(file_name("attachment; filename*=iso-8859-1'en'%A3") == "\xA3");
  CHECK(file_name("attachment; filename=\"\"") == "");
  for (const auto* bad :
       {"", ";filename=x", "attachment; filename=a b", "attachment; filename=\"x", "attachment; filename=a; filename=b",
        "attachment; filename*=x", "attachment; filename*=UTF-8'x", "attachment; filename*=UTF-8''%4",
        "attachment; filename*=UTF-8''%GG", "attachment; filename*=UTF-16''x", "attachment, filename=x"}) {
    CAPTURE(bad);
    CHECK(file_name(bad) == "(malformed)");
  }
}

TEST_CASE("file names are made harmless") {
  struct Row {
    std::string given, clean;  // "" = absent
  };
  const std::string long_stem(300, 'x');
  std::string accents;
  for (int i = 0; i < 200; ++i) accents += "é";
  const std::vector<Row> rows = {
      {"report.pdf", "report.pdf"},
      {"/etc/passwd", "passwd"},
      {"..\\..\\boot.ini", "boot.ini"},
      {"C:\\Users\\é\\photo.jpg", "photo.jpg"},
      {"a/b\\c/d.txt", "d.txt"},
      {"../..", ""},
      {".", ""},
      {"", ""},
      {"dir/", ""},
      {"   ", ""},
      {"  two words  ", "two words"},
      {".hidden", ".hidden"},
      {"line\r\nbreak\t.txt", "linebreak.txt"},
      {std::string("nul\0.exe", 8), "nul.exe"},
      {"\x7F"
       "del",
       "del"},
      {"c1\xC2\x85.txt", "c1.txt"},
      {"annex\xE2\x80\xAEgpj.exe", "annexgpj.exe"},
      {"iso\xE2\x81\xA6late", "isolate"},
      {"\xEF\xBB\xBFmark", "mark"},
      {"r\xE9sum\xE9.doc", "résumé.doc"},
      {"日本語.txt", "日本語.txt"},
      {"1 ≤ 2 … 3.txt", "1 ≤ 2 … 3.txt"},
      {long_stem + ".pdf", std::string(251, 'x') + ".pdf"},
      {long_stem, std::string(255, 'x')},
      {accents + ".odt", accents.substr(0, 250) + ".odt"},
      {"." + long_stem, "." + std::string(254, 'x')},
      {"a." + long_stem, "a." + std::string(253, 'x')},
  };
  for (const auto& row : rows) {
    CAPTURE(row.given);
    CHECK(clean_file_name(row.given).value_or("") == row.clean);
  }
}

TEST_CASE("whatever is given as a file's name, a harmless one or none comes out") {
  CHECK(rc::check("names are clean", [](const std::string& given) {
    const auto clean = clean_file_name(given);
    if (!clean) return;
    RC_ASSERT(!clean->empty());
    RC_ASSERT(clean->size() <= file_name_bytes_max);
    RC_ASSERT(is_utf8(*clean));
    RC_ASSERT(clean->find_first_of(std::string_view("/\\\r\n\0", 5)) == std::string::npos);
    RC_ASSERT(clean_file_name(*clean) == clean);
  }));
}

TEST_CASE("a download's disposition gives back the name that it was made of") {
  CHECK(attachment_disposition("résumé 1.pdf") ==
        "attachment; filename=\"r_sum_ 1.pdf\"; filename*=UTF-8''r%C3%A9sum%C3%A9%201.pdf");
  CHECK(rc::check("what is written is read", [](const std::string& name) {
    const auto disposition = parse_content_disposition(attachment_disposition(name));
    RC_ASSERT(disposition.has_value());
    RC_ASSERT(disposition->file_name == name);
    RC_ASSERT(attachment_disposition(name).find_first_of("\r\n") == std::string::npos);
  }));
}

}  // namespace
}  // namespace greffe
