// The import of a ServiceNow incident log into a store, with an account of every row.
#pragma once

#include <istream>
#include <string>

#include "tools/store.h"

namespace greffe {

// Reads the CSV (`name` is for messages), imports it, waits for the views, holds their
// counters against the source's own and prints the account. Returns the exit code: 0 if no
// row was bad; counters that differ are named with the reason and are no failure.
int import_servicenow(Store& store, const std::string& name, std::istream& csv, bool strict);

}  // namespace greffe
