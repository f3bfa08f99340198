// Addresses that are made from a pattern and a label: "https://erp.example/invoices/{label}".
#pragma once

#include <string>
#include <string_view>

namespace greffe {

// Whether the label has one place, after scheme and host: who writes a label chooses no host. The
// pattern is a web address otherwise (check_url).
bool has_place_for_label(std::string_view pattern);

// The address with the label in its place, percent-encoded so that it is text there and nothing
// else. Empty if there is none: without a pattern, or for a label that would be a step in a path.
std::string url_with_label(std::string_view pattern, std::string_view label);

}  // namespace greffe
