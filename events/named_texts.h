// Pairs of a name and a text: headers, parameters, fields of a form.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace greffe {

// In the order of arrival; a name may occur more than once.
using NamedTexts = std::vector<std::pair<std::string, std::string>>;

}  // namespace greffe
