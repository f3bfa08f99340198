// Contacts, organisations, agents and teams as they stand (projections/directory_rows.h).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "projections/directory_rows.h"
#include "projections/key_page.h"
#include "projections/row_table.h"
#include "projections/view.h"

namespace greffe {

class DirectoryView final : public View {
 public:
  DirectoryView(const RowSource& newest, Family family);

  std::string_view name() const override { return "directory"; }
  Version version() const override { return {}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override;

  // Null if there was no such entry.
  std::shared_ptr<const ContactRow> entry(const ReadPoint& at, ContactId id) const;
  std::shared_ptr<const OrganisationRow> entry(const ReadPoint& at, OrganisationId id) const;
  std::shared_ptr<const AgentRow> entry(const ReadPoint& at, AgentId id) const;
  std::shared_ptr<const TeamRow> entry(const ReadPoint& at, TeamId id) const;

  // Empty if there was no such entry, or the stream is not one of the directory.
  std::string display_name(const ReadPoint& at, StreamId entry) const;

  // The rows of one kind by id, ascending.
  template <class Row>
  struct Entries {
    std::vector<Row> rows;
    std::string next_cursor;  // empty = no more
  };
  template <class Row>
  Result<Entries<Row>, BadCursor> entries(const ReadPoint& at, std::size_t limit, std::string_view cursor) const;

  // Calls f(entry, name) for what the last flush changed, and for all there is.
  using OnName = std::function<void(StreamId, const std::string&)>;
  void for_each_published(const OnName& f) const;
  void for_each(const RowSource& rows, const OnName& f) const;

 private:
  const Family family_;
  RowTable<ContactRow> contacts_;
  RowTable<OrganisationRow> organisations_;
  RowTable<AgentRow> agents_;
  RowTable<TeamRow> teams_;
};

}  // namespace greffe
