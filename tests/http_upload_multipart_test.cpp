#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "http/upload/multipart.h"

namespace greffe {
namespace {

using Token = MultipartParser::Token;

struct Part {
  std::string name;
  std::optional<std::string> file_name;
  std::string media_type;
  std::string data;
  bool operator==(const Part&) const = default;
};

// What came of a form; `refusal` is empty if it is whole and well-formed.
struct Form {
  std::vector<Part> parts;
  std::string refusal;
};

// Reads `body` in pieces of the lengths of `cuts` in turn.
Form read_form(std::string_view body, std::string_view boundary = "b", const std::vector<std::uint8_t>& cuts = {},
               MultipartLimits limits = {}) {
  MultipartParser parser(boundary, limits);
  Form form;
  std::size_t cut = 0;
  bool open = false;
  while (!body.empty()) {
    auto piece = body.substr(0, cuts.empty() ? body.size() : std::size_t{cuts[cut++ % cuts.size()]} + 1);
    body.remove_prefix(piece.size());
    for (auto token = parser.next(piece); token != Token::more; token = parser.next(piece)) {
      if (token == Token::malformed || token == Token::too_many_parts) {
        form.refusal = token == Token::malformed ? std::string(parser.detail()) : "too many parts";
        return form;
      }
      if (token == Token::part) {
        const auto& head = parser.part();
        form.parts.push_back({head.name, head.file_name, head.media_type ? head.media_type->essence() : "", ""});
      }
      if (token == Token::data) form.parts.back().data += parser.data();
      open = token != Token::part_end;
    }
  }
  if (!parser.has_ended()) form.refusal = "unfinished";
  REQUIRE((open == false || !form.refusal.empty()));
  return form;
}

std::string field(std::string_view name, std::string_view data) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" + std::string(data) +
         "\r\n";
}

TEST_CASE("a form's parts come out as they were put in") {
  const auto form = read_form(
      "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.png\"\r\nContent-Type: image/png\r\nX: y\r\n\r\n"
      "\x89PNG\r\n--bogus? no: --b in a line\r\n\r\n--b  \t\r\n"
      "content-disposition:form-data;name=empty;filename=\"\"\r\ncontent-transfer-encoding: 8bit\r\n\r\n\r\n"
      "--b--\r\n",
      "b");
  // "--bogus" begins with the boundary: RFC 2046 lets nobody write that in a part.
  CHECK(form.refusal == "a boundary is followed by something else");
  const auto good = read_form(
      "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.png\"\r\nContent-Type: image/png\r\nX: y\r\n\r\n"
      "\x89PNG\r\n-- and --b in a line\r\r\n\r\n--b  \t\r\n"
      "content-disposition:form-data;name=empty;filename=\"\"\r\ncontent-transfer-encoding: 8bit\r\n\r\n\r\n"
      "--b--\r\n");
  CHECK(good.refusal.empty());
  CHECK(good.parts == std::vector<Part>{{"note", std::nullopt, "", "hello"},
                                        {"f", "a.png", "image/png", "\x89PNG\r\n-- and --b in a line\r\r\n"},
                                        {"empty", "", "", ""}});
}

TEST_CASE("what may surround a form's parts, and what may not") {
  const std::string part = field("a", "1");
  struct Row {
    std::string body, refusal;
  };
  const std::vector<Row> rows = {
      {part + "--b--", ""},
      {part + "--b--\r\n", ""},
      {part + "--b-- \t\r\n", ""},
      {part + "--b--\r\nepilogue", ""},
      {"\r\n" + part + "--b--", ""},
      {"This is a message in MIME format.\r\n" + part + "--b--", ""},
      {"--b--", ""},
      {"", "unfinished"},
      {part, "unfinished"},
      {part + "--b", "unfinished"},
      {part + "--b-", "unfinished"},
      {part + "--b\r\n", "unfinished"},
      {part + "--b--x", "unfinished"},
      {part + "--b--x\r\n", "a boundary is followed by something else"},
      {part + "--bx\r\n", "a boundary is followed by something else"},
      {part + "--b--\n", "a line does not end in CR LF"},
      {"no boundary", "unfinished"},
      {"x--b\r\n", "unfinished"},
      {std::string(2000, 'x'), "the first boundary is missing"},
      {part + "--b--\r\n" + std::string(2000, 'x'), "bytes follow the last boundary"},
      {"--b" + std::string(100, ' ') + "\r\n", "a line is too long"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.body);
    CHECK(read_form(row.body).refusal == row.refusal);
    CHECK(read_form(row.body, "b", {0}).refusal == row.refusal);
  }
}

TEST_CASE("a part's head is strict and bounded") {
  const std::string good = "Content-Disposition: form-data; name=a\r\n";
  const std::string malformed = "a part's header is malformed";
  const std::string disposition = "a part's Content-Disposition is malformed";
  struct Row {
    std::string head, refusal;
  };
  const std::vector<Row> rows = {
      {good, ""},
      {good + "X-Other: anything\r\n", ""},
      {good + "Content-Transfer-Encoding: binary\r\n", ""},
      {"", "a part has no Content-Disposition"},
      {"Content-Type: text/plain\r\n", "a part has no Content-Disposition"},
      {good + good, disposition},
      {"Content-Disposition: attachment; name=a\r\n", disposition},
      {"Content-Disposition: form-data\r\n", disposition},
      {"Content-Disposition: form-data; name=a; name=b\r\n", disposition},
      {"Content-Disposition: form-data; name=\"\"\r\n", "a field's name is no text"},
      {"Content-Disposition: form-data; name=\"\xFF\"\r\n", "a field's name is no text"},
      {good + " folded\r\n", malformed},
      {good + "no colon\r\n", malformed},
      {good + "A : b\r\n", malformed},
      {good + "A: b\rc\r\n", malformed},
      {good + std::string("A: \0\r\n", 6), malformed},
      {good + "A: b\n", "a line does not end in CR LF"},
      {good + "Content-Type: png\r\n", "a part's Content-Type is malformed"},
      {good + "Content-Type: a/b\r\nContent-Type: a/b\r\n", "a part's Content-Type is malformed"},
      {good + "Content-Transfer-Encoding: base64\r\n", "a part is encoded for transfer"},
      {good + "A: " + std::string(5000, 'x') + "\r\n", "a line is too long"},
      {good + "A: " + std::string(3000, 'x') + "\r\nB: " + std::string(3000, 'x') + "\r\n", "a line is too long"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.head);
    const auto body = "--b\r\n" + row.head + "\r\ndata\r\n--b--";
    CHECK(read_form(body).refusal == row.refusal);
    CHECK(read_form(body, "b", {0}).refusal == row.refusal);
  }
}

TEST_CASE("a form has at most so many parts") {
  std::string body;
  for (int i = 0; i < 3; ++i) body += field("a", "x");
  MultipartLimits limits;
  limits.part_count_max = 3;
  CHECK(read_form(body + "--b--", "b", {}, limits).refusal.empty());
  limits.part_count_max = 2;
  const auto form = read_form(body + "--b--", "b", {}, limits);
  CHECK(form.refusal == "too many parts");
  CHECK(form.parts.size() == 2);
}

TEST_CASE("a boundary is of RFC 2046's form") {
  const auto boundary_of = [](const std::string& parameters) {
    return multipart_boundary(*parse_media_type("multipart/form-data" + parameters)).value_or("(none)");
  };
  CHECK(boundary_of("; boundary=----WebKitFormBoundaryA1") == "----WebKitFormBoundaryA1");
  CHECK(boundary_of("; boundary=\"a b:c=d?\"") == "a b:c=d?");
  CHECK(boundary_of("; boundary=" + std::string(70, 'x')) == std::string(70, 'x'));
  for (const auto& bad : std::vector<std::string>{"", "; boundary=\"\"", "; boundary=\"a \"", "; boundary=\"a\\\"b\"",
                                                  "; boundary=" + std::string(71, 'x'), "; boundary=a*b"}) {
    CAPTURE(bad);
    CHECK(boundary_of(bad) == "(none)");
  }
}

TEST_CASE("a form is the same however its bytes are cut, whatever its parts hold") {
  CHECK(rc::check("parts survive any cuts", [](std::vector<std::string> texts, const std::vector<std::uint8_t>& cuts) {
    // Pieces of the delimiter itself are the hard case.
    const auto seams = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("\r", "\n", "\r\n", "\r\n-", "\r\n--", "\r\n--a", "-", "--ab", "\r\r\n--", "x"));
    std::string seam;
    for (const auto& piece : seams) seam += piece;
    texts.push_back(seam);
    std::string body;
    std::vector<Part> expected;
    for (std::size_t i = 0; i < std::min<std::size_t>(texts.size(), 20); ++i) {
      auto text = texts[texts.size() - 1 - i];
      // The one thing that no part may hold.
      for (auto at = text.find("\r\n--ab"); at != std::string::npos; at = text.find("\r\n--ab")) text.erase(at, 3);
      body += "--ab\r\nContent-Disposition: form-data; name=n; filename=f\r\n\r\n" + text + "\r\n";
      expected.push_back({"n", "f", "", text});
    }
    const auto form = read_form(body + "--ab--\r\n", "ab", cuts);
    RC_ASSERT(form.refusal == "");
    RC_ASSERT(form.parts == expected);
  }));
}

TEST_CASE("data full of line ends still comes in long runs") {
  MultipartParser parser("b");
  std::string body = field("a", std::string(100'000, '\r'));
  std::string_view bytes = body;
  int runs = 0;
  for (auto token = parser.next(bytes); token != Token::more; token = parser.next(bytes)) {
    if (token == Token::data) ++runs;
  }
  CHECK(runs <= 2);
}

}  // namespace
}  // namespace greffe
