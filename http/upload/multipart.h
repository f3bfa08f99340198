// multipart/form-data (RFC 2046, 5.1, and RFC 7578), read as its bytes arrive and never held:
//
//   for (auto token = parser.next(bytes); token != Token::more; token = parser.next(bytes)) …
//
// Strict in what two parsers could read differently: lines end in CR LF, no folded headers, no
// second Content-Disposition, nothing but blanks behind a boundary, no transfer encodings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "commands/files/media_type.h"

namespace greffe {

struct MultipartLimits {
  std::size_t part_count_max = 20;
  std::size_t part_head_bytes_max = 4 * 1024;
  std::size_t filler_bytes_max = 1024;  // before the first and after the last boundary
};

struct PartHead {
  std::string name;                      // the form's field; UTF-8, not empty
  std::optional<std::string> file_name;  // as sent; a part is a file's if it has one, even ""
  std::optional<MediaType> media_type;   // absent if none is given
};

// The boundary of the media type: absent if it has none of RFC 2046's form.
std::optional<std::string> multipart_boundary(const MediaType& media_type);

class MultipartParser {
 public:
  enum class Token : std::uint8_t {
    more,            // all bytes are used and nothing is to be told
    part,            // part() begins
    data,            // data() are the next bytes of the part
    part_end,        // the part is whole
    malformed,       // detail() says how; nothing follows
    too_many_parts,  // nothing follows
  };

  explicit MultipartParser(std::string_view boundary, MultipartLimits limits = {});

  // Reads from the front of `bytes`, and removes what it used, until there is something to tell.
  Token next(std::string_view& bytes);

  const PartHead& part() const { return part_; }
  // Valid until next() is called again or the bytes given to it are gone.
  std::string_view data() const { return data_; }

  // True once the last boundary has come: then, and only then, may the body end.
  bool has_ended() const;

  std::string_view detail() const { return detail_; }

 private:
  enum class State : std::uint8_t { preamble, boundary_rest, part_head, part_data, epilogue, refused };

  bool take_data(std::string_view& bytes);
  std::optional<std::string> take_line(std::string_view& bytes, std::size_t bytes_max);
  Token preamble(std::string_view& bytes);
  Token boundary_rest(std::string_view& bytes);
  Token part_head(std::string_view& bytes);
  Token part_data(std::string_view& bytes);
  Token epilogue(std::string_view& bytes);
  Token header_line(std::string_view line);
  Token head_ended();
  Token malformed(std::string_view detail);

  MultipartLimits limits_;
  std::string delimiter_;    // CR LF "--" boundary
  std::size_t matched_ = 2;  // of the delimiter, by the bytes used; a body begins as if with a line
  State state_ = State::preamble;
  std::string line_;  // that is not whole yet
  std::size_t head_bytes_ = 0;
  std::size_t filler_bytes_ = 0;
  std::size_t part_count_ = 0;
  bool part_ended_ = false;  // and is still to be told so
  bool has_disposition_ = false;
  PartHead part_;
  std::string_view data_;
  std::string_view detail_;
};

}  // namespace greffe
