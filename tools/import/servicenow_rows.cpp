// The reader cuts long file names in its messages with strncpy, on purpose and terminated.
#pragma GCC diagnostic ignored "-Wstringop-truncation"
#include <libfccp/csv.h>

#include "tools/import/servicenow.h"

namespace greffe::servicenow {

Result<void, std::string> read_rows(const std::string& name, std::istream& csv,
                                    const std::function<void(const Row&)>& row,
                                    const std::function<void(const BadRow&)>& bad) try {
  io::CSVReader<17, io::trim_chars<>, io::double_quote_escape<',', '"'>> reader(name, csv);
  reader.read_header(io::ignore_extra_column, "number", "incident_state", "reassignment_count", "reopen_count",
                     "caller_id", "opened_by", "opened_at", "sys_created_by", "sys_updated_by", "sys_updated_at",
                     "contact_type", "category", "subcategory", "u_symptom", "priority", "assignment_group",
                     "assigned_to");
  for (bool more = true; more;) {
    Row r;
    try {
      more = reader.read_row(r.number, r.state, r.reassignment_count, r.reopen_count, r.caller, r.opened_by,
                             r.opened_at, r.created_by, r.updated_by, r.updated_at, r.contact_type, r.category,
                             r.subcategory, r.symptom, r.priority, r.assignment_group, r.assigned_to);
      r.line = reader.get_file_line();
      if (more) row(r);
    } catch (const io::error::base& error) {
      // The reader has passed the line: the next call reads the one after it.
      bad({reader.get_file_line(), error.what()});
    }
  }
  return {};
} catch (const io::error::base& error) {
  return fail(std::string(error.what()));
}

}  // namespace greffe::servicenow
