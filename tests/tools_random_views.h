// The real views beside the naive model of what they must hold.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "projections/united_ticket.h"
#include "tests/temporary_directory.h"
#include "tests/tools_random_model.h"

namespace greffe::random_desk {

inline std::unique_ptr<Views> open_views(const std::filesystem::path& dir, const Log& log, std::size_t batch) {
  auto views = Views::open(dir, log, {batch, false}, [](const ViewFailure&) {});
  RC_ASSERT(views.has_value());
  return std::move(*views);
}

class ViewsCheck {
 public:
  ViewsCheck(const Views& views, const Folded& folded)
      : views_(views), snapshot_(views.snapshot()), folded_(folded), timelines_(folded) {}

  void all() const {
    RC_ASSERT(views_.status().parked.empty());
    RC_ASSERT(snapshot_->seen().position.value == folded_.records().size());
    for (const std::uint64_t id : folded_.ids(StreamKind::ticket)) {
      row({id});
      detail({id});
      ties({id});
      timeline({id}, false);
      timeline({id}, true);
    }
    for (const std::uint64_t id : folded_.ids(StreamKind::agent)) lists({id});
    histories<ContactId>(StreamKind::contact, &Party::contact);
    histories<OrganisationId>(StreamKind::organisation, &Party::organisation);
    entries();
  }

 private:
  void row(TicketId id) const {
    const auto shown = snapshot_->ticket(id);
    RC_ASSERT(shown.has_value());
    const TicketRow& row = *shown;
    const TicketState& state = folded_.ticket(id);
    const TicketFacts& facts = folded_.facts(id);
    RC_ASSERT(snapshot_->numbered(state.number) == id);
    RC_ASSERT(row.number == state.number);
    RC_ASSERT(row.kind == state.kind);
    RC_ASSERT(row.channel == state.channel);
    RC_ASSERT(row.origin == state.origin);
    RC_ASSERT(row.title.text == state.title);
    RC_ASSERT(row.description.text == state.description);
    RC_ASSERT(row.status == state.status);
    RC_ASSERT(row.priority == state.priority);
    RC_ASSERT(row.classification == state.classification);
    RC_ASSERT(row.party == state.party);
    RC_ASSERT(row.particulars == state.particulars);
    RC_ASSERT(row.team == state.team);
    RC_ASSERT(row.assignee == state.assignee);
    RC_ASSERT(row.external_id == state.external_id);
    RC_ASSERT(row.creator == facts.creator);
    RC_ASSERT(row.opened_at == facts.opened_at);
    RC_ASSERT(row.updated_at == facts.updated_at);
    RC_ASSERT(row.first_closed_at == facts.first_closed_at);
    RC_ASSERT(row.last_closed_at == state.last_closed_at);
    RC_ASSERT(row.due_at == state.due_at);
    RC_ASSERT(row.estimated_resolution_at == state.estimated_resolution_at);
    RC_ASSERT(row.reopen_count == state.reopen_count);
    RC_ASSERT(row.reassignment_count == facts.reassignment_count);
    RC_ASSERT(row.version == state.version);
    RC_ASSERT(row.parent == state.parent);
    RC_ASSERT(row.merged_into == state.merged_into);
    RC_ASSERT(row.needs_look == state.needs_look);
    RC_ASSERT(row.read == state.read);
    RC_ASSERT(row.notify_client == state.notify_client);
    RC_ASSERT(row.notify_assignee == state.notify_assignee);
    counts(row, state);
  }

  void counts(const TicketRow& row, const TicketState& state) const {
    const auto open_todos =
        std::count_if(state.todos.begin(), state.todos.end(), [](const TodoState& todo) { return !todo.done; });
    RC_ASSERT(row.message_count == folded_.facts(row.id).message_count);
    RC_ASSERT(row.message_count == state.counts.messages);
    RC_ASSERT(row.todo_count == state.todos.size());
    RC_ASSERT(row.open_todo_count == static_cast<std::uint32_t>(open_todos));
    RC_ASSERT(row.document_count == state.documents.size());
    RC_ASSERT(row.child_count == state.children.size());
    RC_ASSERT(row.absorbed == state.absorbed);
    united(row);
    std::vector<AgentId> copies;
    for (const Watcher& watcher : state.watchers) {
      if (watcher.kind == WatcherKind::copy && watcher.who.agent) copies.push_back(*watcher.who.agent);
    }
    RC_ASSERT(row.copies == copies);
    std::set<std::string> types;
    for (const ContextAt& context : state.contexts) types.insert(context.type);
    RC_ASSERT(row.context_types == std::vector<std::string>(types.begin(), types.end()));
  }

  // What a ticket and its parts have together; a message is with the ticket that it was sent to.
  void united(const TicketRow& row) const {
    const auto parts = parts_of(folded_, row.id);
    UnitedCounts expected;
    for (const TicketId child : folded_.ticket(row.id).children) expected.children += has(parts, child) ? 0 : 1;
    for (const Record& record : folded_.records()) {
      const auto* event = std::get_if<TicketEvent>(&record.event);
      const auto* posted = event != nullptr ? std::get_if<MessagePosted>(event) : nullptr;
      if (posted != nullptr && has(parts, posted->via.value_or(TicketId{record.envelope.stream_id}))) {
        ++expected.messages;
      }
    }
    for (const TicketId part : parts) {
      const TicketState& state = folded_.ticket(part);
      expected.documents += static_cast<std::uint32_t>(state.documents.size());
      expected.todos += static_cast<std::uint32_t>(state.todos.size());
      for (const TodoState& todo : state.todos) expected.open_todos += todo.done ? 0 : 1;
    }
    RC_ASSERT(united_counts(row, [&](TicketId id) { return snapshot_->ticket(id); }) == expected);
  }

  // What the ticket's detail shows, field by field as the decisions know it.
  void detail(TicketId id) const {
    const TicketParts parts = snapshot_->parts(id);
    const TicketState& state = folded_.ticket(id);
    std::vector<Watcher> watchers;
    for (const WatcherRow& row : parts.watchers) watchers.push_back({row.kind, row.who});
    RC_ASSERT(watchers == state.watchers);
    RC_ASSERT(parts.contexts == state.contexts);
    std::vector<TodoState> todos;
    for (const TodoRow& row : parts.todos) todos.push_back({row.todo.todo, row.done});
    RC_ASSERT(todos == state.todos);
    std::vector<std::uint32_t> documents;
    std::vector<ArticleState> articles;
    for (const DocumentRow& row : parts.documents) documents.push_back(row.document.document);
    for (const ArticleRow& row : parts.articles) {
      articles.push_back({row.article, digest_of({row.title, row.url})});
    }
    RC_ASSERT(documents == state.documents);
    RC_ASSERT(articles == state.articles);
    std::vector<InterventionState> interventions;
    for (const InterventionRow& row : parts.interventions) {
      InterventionState& asked = interventions.emplace_back(InterventionState{row.intervention, false, {}});
      if (row.answered_at) asked = {row.intervention, true, digest_of({row.reference, row.url, row.note.text})};
    }
    RC_ASSERT(interventions == state.interventions);
  }

  std::vector<TicketId> tickets_in(const std::vector<TicketRef>& refs) const {
    std::vector<TicketId> ids;
    for (const TicketRef& ref : refs) {
      RC_ASSERT(ref.number == folded_.ticket(ref.ticket).number);
      ids.push_back(ref.ticket);
    }
    return ids;
  }
  std::optional<TicketId> ticket_in(const std::optional<TicketRef>& ref) const {
    return ref ? std::optional(tickets_in({*ref}).front()) : std::nullopt;
  }

  void ties(TicketId id) const {
    const TicketParts parts = snapshot_->parts(id);
    const TicketState& state = folded_.ticket(id);
    std::vector<TicketLink> links;
    for (const LinkRow& row : parts.links) {
      RC_ASSERT(row.other_number == folded_.ticket(row.other).number);
      links.push_back({row.type, row.inverse, row.other});
    }
    RC_ASSERT(links == state.links);
    RC_ASSERT(tickets_in(parts.children) == state.children);
    RC_ASSERT(tickets_in(parts.absorbed) == state.absorbed);
    RC_ASSERT(tickets_in(parts.lent) == state.lent_children);
    RC_ASSERT(ticket_in(parts.parent) == state.parent);
    RC_ASSERT(ticket_in(parts.merged_into) == state.merged_into);
    RC_ASSERT(ticket_in(parts.split_from) == folded_.facts(id).split_from);
    std::vector<TicketId> origins;
    for (const Origin& origin : snapshot_->origins(id)) origins.push_back(origin.ticket);
    RC_ASSERT(origins == parts_of(folded_, id));
  }

  void timeline(TicketId id, bool with_children) const {
    std::vector<Position> shown;
    TimelineQuery query{.limit = 50, .with_children = with_children};
    do {
      const auto page = snapshot_->timeline(id, query);
      RC_ASSERT(page.has_value());
      for (const TimelineEntry& entry : page->rows) shown.push_back(entry.record.envelope.position);
      query.cursor = page->next_cursor;
    } while (!query.cursor.empty());
    RC_ASSERT(shown == timelines_.of(id, with_children));
  }

  // Every list as this agent sees it, and the numbers on the tabs.
  void lists(AgentId me) const {
    ListQuery query;
    query.me = me;
    const HandlingDefined& rules = folded_.settings().handling;
    query.mine = {rules.mine_assignee, rules.mine_copy, rules.mine_creator};
    for (const std::uint64_t team : folded_.ids(StreamKind::team)) {
      const auto& members = folded_.state<TeamState>(StreamKind::team, team).details.members;
      if (has(members, me)) query.my_teams.push_back({team});
    }
    std::vector<std::uint64_t> counts;
    for (std::size_t view = 0; view < names_of(ListView{}).size(); ++view) {
      query.view = static_cast<ListView>(view);
      const auto wanted = tickets_that(
          folded_, [&](TicketId id, const TicketState&) { return is_in(query.view, folded_, id, me, query.my_teams); });
      RC_ASSERT(listed(query) == wanted);
      const Counted counted = views_.counted(query);
      RC_ASSERT(counted.selected == wanted.size());
      counts.push_back(wanted.size());
    }
    const ListCounts shown = views_.counted(query).by_view;
    RC_ASSERT(counts ==
              (std::vector<std::uint64_t>{shown.open, shown.closed, shown.mine_open, shown.mine_closed,
                                          shown.unassigned, shown.all, shown.team_open, shown.merged, shown.deleted}));
  }

  std::vector<TicketId> listed(ListQuery query) const {
    std::vector<TicketId> ids;
    query.limit = 20;
    do {
      const auto list = views_.list(query);
      RC_ASSERT(list.has_value());
      for (const TicketRow& row : list->page.rows) ids.push_back(row.id);
      query.cursor = list->page.next_cursor;
    } while (!query.cursor.empty());
    return ids;
  }

  // All tickets of a person or a house: whatever became of them, but for the deleted.
  template <class Id>
  void histories(StreamKind kind, std::optional<Id> Party::*member) const {
    for (const std::uint64_t entry : folded_.ids(kind)) {
      std::vector<TicketId> shown;
      std::string cursor;
      do {
        const auto page = snapshot_->tickets_of(Id{entry}, 10, cursor);
        RC_ASSERT(page.has_value());
        for (const TicketRow& row : page->rows) shown.push_back(row.id);
        cursor = page->next_cursor;
      } while (!cursor.empty());
      RC_ASSERT(shown == tickets_that(folded_, [&](TicketId, const TicketState& ticket) {
                  return ticket.party.*member == Id{entry} && ticket.status.category != Category::deleted;
                }));
    }
  }

  template <class State, class Id, class Row>
  void entries_of(StreamKind kind, std::optional<Row> (Snapshot::*find)(Id) const) const {
    for (const std::uint64_t id : folded_.ids(kind)) {
      const auto row = ((*snapshot_).*find)(Id{id});
      const State& state = folded_.state<State>(kind, id);
      RC_ASSERT(row.has_value());
      RC_ASSERT(row->details == state.details);
      RC_ASSERT(row->active == state.active);
      RC_ASSERT(row->version == state.version);
      if constexpr (std::is_same_v<State, ContractState>) {
        RC_ASSERT(row->balance == state.balance);
        RC_ASSERT(row->debt == state.debt);
      }
    }
  }
  void entries() const {
    entries_of<ContactState>(StreamKind::contact, &Snapshot::contact);
    entries_of<OrganisationState>(StreamKind::organisation, &Snapshot::organisation);
    entries_of<AgentState>(StreamKind::agent, &Snapshot::agent);
    entries_of<TeamState>(StreamKind::team, &Snapshot::team);
    entries_of<CannedReplyState>(StreamKind::canned_reply, &Snapshot::canned_reply);
    entries_of<TextTemplateState>(StreamKind::text_template, &Snapshot::text_template);
    entries_of<ContextState>(StreamKind::context, &Snapshot::context);
    entries_of<SavedViewState>(StreamKind::saved_view, &Snapshot::saved_view);
    entries_of<ContractState>(StreamKind::contract, &Snapshot::contract);
    for (const std::uint64_t id : folded_.ids(StreamKind::context)) {
      const ContextDetails& details = folded_.state<ContextState>(StreamKind::context, id).details;
      if (details.external_id.empty()) continue;
      RC_ASSERT(snapshot_->context_with_external_id(details.type, details.external_id) == ContextId{id});
    }
    std::set<std::uint64_t> assignable, shown;
    for (const std::uint64_t id : folded_.ids(StreamKind::agent)) {
      const AgentState& agent = folded_.state<AgentState>(StreamKind::agent, id);
      if (agent.active && agent.details.assignable) assignable.insert(id);
    }
    for (const AgentRow& row : snapshot_->assignable_agents("", 200).rows) shown.insert(row.id.value);
    RC_ASSERT(shown == assignable);
  }

  const Views& views_;
  const std::shared_ptr<const Snapshot> snapshot_;
  const Folded& folded_;
  const Timelines timelines_;
};

}  // namespace greffe::random_desk
