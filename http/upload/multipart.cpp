#include "http/upload/multipart.h"

#include <algorithm>

#include "commands/field_rules.h"
#include "commands/files/header_parameters.h"
#include "http/front/text.h"
#include "http/upload/disposition.h"

namespace greffe {
namespace {

using Token = MultipartParser::Token;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t") == std::string_view::npos; }

bool is_boundary_character(char c) {
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return c != '\0' && std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

bool is_header_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
}

}  // namespace

std::optional<std::string> multipart_boundary(const MediaType& media_type) {
  const auto boundary = parameter_of(media_type.parameters, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70 || boundary->ends_with(' ')) return std::nullopt;
  if (!std::all_of(boundary->begin(), boundary->end(), is_boundary_character)) return std::nullopt;
  return std::string(*boundary);
}

MultipartParser::MultipartParser(std::string_view boundary, MultipartLimits limits)
    : limits_(limits), delimiter_("\r\n--" + std::string(boundary)) {}

Token MultipartParser::next(std::string_view& bytes) {
  for (;;) {
    if (std::exchange(part_ended_, false)) return Token::part_end;
    if (bytes.empty() || state_ == State::refused) return Token::more;
    Token token = Token::more;
    switch (state_) {
      case State::preamble: token = preamble(bytes); break;
      case State::boundary_rest: token = boundary_rest(bytes); break;
      case State::part_head: token = part_head(bytes); break;
      case State::part_data: token = part_data(bytes); break;
      case State::epilogue: token = epilogue(bytes); break;
      case State::refused: break;
    }
    if (token != Token::more) return token;
  }
}

bool MultipartParser::has_ended() const {
  if (state_ == State::epilogue) return true;
  // The last line may lack its end.
  return state_ == State::boundary_rest && line_.starts_with("--") && is_blank(std::string_view(line_).substr(2));
}

Token MultipartParser::malformed(std::string_view detail) {
  state_ = State::refused;
  detail_ = detail;
  return Token::malformed;
}

// Sets data_ to what comes before the next delimiter. True if the delimiter is there, and used.
// Its first character occurs nowhere else in it, so a match that fails can only begin anew at
// the character where it failed.
bool MultipartParser::take_data(std::string_view& bytes) {
  data_ = {};
  if (matched_ > 0) {
    const auto rest = std::string_view(delimiter_).substr(matched_);
    const auto differs = std::mismatch(rest.begin(), rest.end(), bytes.begin(), bytes.end()).first;
    const auto same = static_cast<std::size_t>(differs - rest.begin());
    bytes.remove_prefix(same);
    matched_ += same;
    if (matched_ < delimiter_.size() && bytes.empty()) return false;
    const bool found = matched_ == delimiter_.size();
    if (!found) data_ = std::string_view(delimiter_).substr(0, matched_);
    matched_ = 0;
    return found;
  }
  for (std::size_t from = 0;;) {
    const auto at = std::min(bytes.find('\r', from), bytes.size());
    const auto rest = bytes.substr(at);
    const auto differs = std::mismatch(rest.begin(), rest.end(), delimiter_.begin(), delimiter_.end()).first;
    const auto same = static_cast<std::size_t>(differs - rest.begin());
    const bool found = same == delimiter_.size();
    if (found || same == rest.size()) {
      data_ = bytes.substr(0, at);
      bytes.remove_prefix(at + same);
      if (!found) matched_ = same;
      return found;
    }
    from = at + same;
  }
}

Token MultipartParser::preamble(std::string_view& bytes) {
  const bool found = take_data(bytes);
  filler_bytes_ += data_.size();
  if (filler_bytes_ > limits_.filler_bytes_max) return malformed("the first boundary is missing");
  if (found) state_ = State::boundary_rest;
  return Token::more;
}

// The next line without its end; absent until it is whole, or if state_ became refused.
std::optional<std::string> MultipartParser::take_line(std::string_view& bytes, std::size_t bytes_max) {
  const auto feed = bytes.find('\n');
  const auto size = feed == std::string_view::npos ? bytes.size() : feed + 1;
  if (line_.size() + size > bytes_max + 2) {
    malformed("a line is too long");
    return std::nullopt;
  }
  line_ += bytes.substr(0, size);
  bytes.remove_prefix(size);
  if (!line_.ends_with('\n')) return std::nullopt;
  if (!line_.ends_with("\r\n")) {
    malformed("a line does not end in CR LF");
    return std::nullopt;
  }
  auto line = std::exchange(line_, {});
  line.resize(line.size() - 2);
  return line;
}

Token MultipartParser::boundary_rest(std::string_view& bytes) {
  constexpr std::size_t blanks_max = 64;
  const auto line = take_line(bytes, blanks_max);
  if (state_ == State::refused) return Token::malformed;
  if (!line) return Token::more;
  if (line->starts_with("--") && is_blank(std::string_view(*line).substr(2))) {
    state_ = State::epilogue;
    filler_bytes_ = 0;
    return Token::more;
  }
  if (!is_blank(*line)) return malformed("a boundary is followed by something else");
  if (++part_count_ > limits_.part_count_max) {
    state_ = State::refused;
    return Token::too_many_parts;
  }
  part_ = {};
  has_disposition_ = false;
  head_bytes_ = 0;
  state_ = State::part_head;
  return Token::more;
}

Token MultipartParser::part_head(std::string_view& bytes) {
  const auto line = take_line(bytes, limits_.part_head_bytes_max - head_bytes_);
  if (state_ == State::refused) return Token::malformed;
  if (!line) return Token::more;
  head_bytes_ += line->size();
  return line->empty() ? head_ended() : header_line(*line);
}

Token MultipartParser::header_line(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) || !is_header_text(line)) {
    return malformed("a part's header is malformed");
  }
  const auto name = line.substr(0, colon);
  const auto value = without_blanks(line.substr(colon + 1));
  if (front::same_name(name, "Content-Disposition")) {
    auto disposition = parse_content_disposition(value);
    const bool good = disposition && disposition->type == "form-data" && disposition->name;
    if (!good || std::exchange(has_disposition_, true)) return malformed("a part's Content-Disposition is malformed");
    if (disposition->name->empty() || !is_utf8(*disposition->name)) return malformed("a field's name is no text");
    part_.name = std::move(*disposition->name);
    part_.file_name = std::move(disposition->file_name);
  } else if (front::same_name(name, "Content-Type")) {
    const bool again = part_.media_type.has_value();
    part_.media_type = parse_media_type(value);
    if (again || !part_.media_type) return malformed("a part's Content-Type is malformed");
  } else if (front::same_name(name, "Content-Transfer-Encoding")) {
    const bool plain =
        front::same_name(value, "binary") || front::same_name(value, "8bit") || front::same_name(value, "7bit");
    if (!plain) return malformed("a part is encoded for transfer");
  }
  return Token::more;
}

Token MultipartParser::head_ended() {
  if (!has_disposition_) return malformed("a part has no Content-Disposition");
  state_ = State::part_data;
  matched_ = 0;
  return Token::part;
}

Token MultipartParser::part_data(std::string_view& bytes) {
  part_ended_ = take_data(bytes);
  if (part_ended_) state_ = State::boundary_rest;
  return data_.empty() ? Token::more : Token::data;
}

Token MultipartParser::epilogue(std::string_view& bytes) {
  filler_bytes_ += bytes.size();
  bytes = {};
  return filler_bytes_ > limits_.filler_bytes_max ? malformed("bytes follow the last boundary") : Token::more;
}

}  // namespace greffe
