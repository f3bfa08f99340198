// Canned replies, templates, contexts, saved views and contracts as they stand
// (projections/catalogue_rows.h), with the look-up of contexts by the beginning of their label.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/catalogue_rows.h"
#include "projections/lookup/name_index.h"
#include "projections/views/entry_rows.h"

namespace greffe {

class CatalogueView final : public View {
 public:
  CatalogueView(const RowSource& newest, Family family);

  std::string_view name() const override { return "catalogue"; }
  Version version() const override { return {2, 1}; }
  void apply(const Record& record) override;
  void flush(RowBatch& batch, Position at) override;
  void discard() override;

  // Null if there was no such entry.
  std::shared_ptr<const CannedReplyRow> entry(const ReadPoint& at, CannedReplyId id) const;
  std::shared_ptr<const TextTemplateRow> entry(const ReadPoint& at, TemplateId id) const;
  std::shared_ptr<const ContextRow> entry(const ReadPoint& at, ContextId id) const;
  std::shared_ptr<const SavedViewRow> entry(const ReadPoint& at, SavedViewId id) const;
  std::shared_ptr<const ContractRow> entry(const ReadPoint& at, ContractId id) const;

  // Title or label; empty if there was no such entry, or the stream is not one of the catalogue.
  std::string display_name(const ReadPoint& at, StreamId entry) const;

  // The rows of one kind by id, ascending.
  template <class Row>
  Result<EntryPage<Row>, BadCursor> entries(const ReadPoint& at, std::size_t limit, std::string_view cursor) const;

  // Active contexts of the type whose label begins so; the first of all if nothing is typed.
  Matches<ContextRow> labelled(const ReadPoint& at, std::string_view type, std::string_view typed,
                               std::size_t limit) const;
  // The context of that type with that id in another system, active or not.
  std::optional<ContextId> with_external_id(const ReadPoint& at, std::string_view type,
                                            std::string_view external_id) const;

  // The agent's own active views, then everybody's, each by id: the first `limit` of either.
  std::vector<SavedViewRow> views_of(const ReadPoint& at, AgentId agent, std::size_t limit) const;

  // A contract's account, newest first.
  Result<EntryPage<BookingRow>, BadCursor> bookings(const ReadPoint& at, ContractId id, std::size_t limit,
                                                    std::string_view cursor) const;

 private:
  void fold(const Record& record, const ContextEvent& event);
  void fold(const Record& record, const SavedViewEvent& event);
  void fold(const Record& record, const ContractEvent& event);

  const Family family_;
  RowTable<CannedReplyRow> replies_;
  RowTable<TextTemplateRow> templates_;
  RowTable<ContextRow> contexts_;
  RowTable<SavedViewRow> views_;
  RowTable<ContractRow> contracts_;
  KeyChanges keys_;
  std::vector<std::pair<std::string, std::string>> values_;  // rows with a value that are written once
};

}  // namespace greffe
