// Contacts, organisations, agents and teams as they stand (projections/directory_rows.h), and the
// index by which people are found while their name is typed (projections/lookup/name_index.h).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "projections/catalogue_rows.h"
#include "projections/lookup/name_index.h"
#include "projections/views/entry_rows.h"

namespace greffe {

class DirectoryView final : public View {
 public:
  DirectoryView(const RowSource& newest, Family family);

  std::string_view name() const override { return "directory"; }
  Version version() const override { return {3, 1}; }
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
  using Entries = EntryPage<Row>;
  template <class Row>
  Result<EntryPage<Row>, BadCursor> entries(const ReadPoint& at, std::size_t limit, std::string_view cursor) const;

  // Active contacts, organisations or agents whose name has words beginning as those typed.
  template <class Row>
  Matches<Row> named(const ReadPoint& at, std::string_view typed, std::size_t limit) const;
  // The same of the agents who can be given tickets; all of them if nothing is typed.
  Matches<AgentRow> assignable(const ReadPoint& at, std::string_view typed, std::size_t limit) const;

  // Calls f(entry, name) for what the last flush changed, and for all there is.
  using OnName = std::function<void(StreamId, const std::string&)>;
  void for_each_published(const OnName& f) const;
  void for_each(const RowSource& rows, const OnName& f) const;

 private:
  template <class Row, class AggregateEvent>
  void fold_named(RowTable<Row>& table, const Record& record, const AggregateEvent& event);
  template <class Row>
  Matches<Row> rows_of(const ReadPoint& at, const RowTable<Row>& table, const NameMatches& matches) const;

  const Family family_;
  RowTable<ContactRow> contacts_;
  RowTable<OrganisationRow> organisations_;
  RowTable<AgentRow> agents_;
  RowTable<TeamRow> teams_;
  KeyChanges names_;
};

}  // namespace greffe
