// Reads the incident log of a ServiceNow instance (CSV, one row = the state of an incident
// after one update, rows of an incident in order) and says what happened between the rows,
// as import lines (http/import/importer.h). Instants are day-month-year hour:minute, taken as UTC;
// "?" is a missing value.
#pragma once

#include <functional>
#include <istream>
#include <map>
#include <string>
#include <vector>

#include "events/json.h"
#include "events/result.h"

namespace greffe::servicenow {

// The columns that are read; all others are not.
struct Row {
  std::size_t line = 0;  // of the file, the heading being line 1
  std::string number, state, reassignment_count, reopen_count, caller, opened_by, opened_at, created_by, updated_by,
      updated_at, contact_type, category, subcategory, symptom, priority, assignment_group, assigned_to;
};

struct BadRow {
  std::size_t line = 0;
  std::string why;
};

// Calls `row` for each row and `bad` for each that cannot be read, in the file's order. The
// error: the file is not such a CSV at all (a column is missing).
Result<void, std::string> read_rows(const std::string& name, std::istream& csv,
                                    const std::function<void(const Row&)>& row,
                                    const std::function<void(const BadRow&)>& bad);

// One import line and the end of its command id.
struct Step {
  std::string id;  // unique within its row: "status"
  Json line;
};

// Turns rows into steps, remembering each incident's row before.
class Converter {
 public:
  // Empty if no field that Greffe keeps has changed; nothing is dated before the incident's opening.
  // The error says what is wrong with the row.
  Result<std::vector<Step>, std::string> convert(const Row& row);

 private:
  std::map<std::string, Row> last_row_;
  std::map<std::string, std::string> opened_at_;  // by the incident's first row
};

// The source's own statuses, to be added to the store's before its incidents come.
std::vector<Status> statuses();

// An incident's counters as the source gives them, and where they rise without a visible cause.
struct SourceCounters {
  std::size_t rows = 0;
  std::uint32_t reassignments = 0;
  std::uint32_t reopenings = 0;
  std::vector<std::string> unexplained;  // "line 12: reassignment_count rises from 0 to 1, the group stays Group 65"
};

class CounterAudit {
 public:
  void add(const Row& row);
  const std::map<std::string, SourceCounters>& by_incident() const { return counters_; }

 private:
  std::map<std::string, SourceCounters> counters_;
  std::map<std::string, Row> last_row_;
};

}  // namespace greffe::servicenow
