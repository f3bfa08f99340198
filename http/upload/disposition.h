// The header Content-Disposition: what a client says of a file it sends (RFC 6266, and RFC 7578
// for the parts of a form), and what we say of one that is fetched.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace greffe {

struct ContentDisposition {
  std::string type;                      // lower case: "attachment", "form-data"
  std::optional<std::string> name;       // the form's field
  std::optional<std::string> file_name;  // as sent, from filename* if there is one; not clean yet
};

// Absent if it is malformed.
std::optional<ContentDisposition> parse_content_disposition(std::string_view text);

// `attachment; filename="r_sum_.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf`: browsers save the
// file under its name and show nothing. Any text may be given.
std::string attachment_disposition(std::string_view file_name);

}  // namespace greffe
