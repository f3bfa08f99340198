#include "http/allowed_actions.h"

#include <algorithm>

#include "commands/settings/reopening_rules.h"

namespace greffe {
namespace {

using rights::Role;

// The questions that several rules ask of one ticket and one person.
struct Situation {
  const TicketView& view;
  const Snapshot& snapshot;
  const Settings& settings;
  const Reader& reader;
  Instant now;

  const TicketRow& row() const { return view.row; }
  bool open() const { return is_open(row().status.category); }
  bool closed() const { return row().status.category == Category::closed; }
  bool stands() const { return open() || closed(); }

  // C7: closed tickets are edited as the settings say.
  bool editable() const { return open() || (closed() && settings.handling.closed_edit == ClosedEdit::all); }
  bool reclassifiable() const {
    return editable() || (closed() && settings.handling.closed_edit == ClosedEdit::reclassify);
  }

  bool final() const { return is_final(row(), settings, now); }

  // A client's reopening is held to the follow-up policy, as their messages are.
  bool goes_on() const { return reopening_rules::goes_on(settings.reopening, row().last_closed_at, now); }

  bool may_have_tickets() const {
    const auto agent = reader.agent() ? snapshot.agent(*reader.agent()) : std::nullopt;
    return agent && agent->active && agent->details.assignable;
  }

  bool in_its_team() const {
    const auto team = row().team && reader.agent() ? snapshot.team(*row().team) : std::nullopt;
    if (!team) return false;
    const auto& members = team->details.members;
    return std::find(members.begin(), members.end(), *reader.agent()) != members.end();
  }

  // C12.
  bool may_close() const {
    const auto scope = settings.handling.close_scope;
    if (scope == CloseScope::any || reader.role() != Role::agent) return true;
    return row().assignee == reader.agent() || (scope == CloseScope::team && in_its_team());
  }

  // Whether another status of that side of the border between open and closed may follow.
  bool leads_to(bool open_side) const {
    const auto& all = settings.statuses.statuses;
    return std::any_of(all.begin(), all.end(), [&](const Status& to) {
      if (open_side ? !is_open(to.category) : to.category != Category::closed) return false;
      if (StatusAt{to.key, to.category} == row().status) return false;
      return greffe::leads_to(settings, row().status.key, to.key);
    });
  }
  bool status_changeable() const {
    if (!stands()) return false;
    return (leads_to(false) && may_close()) || (leads_to(true) && !final());
  }

  // C2.
  bool due_date_editable() const {
    const auto edit = settings.handling.due_edit;
    if (edit == DueEdit::never || (edit == DueEdit::supervisor && reader.role() == Role::agent)) return false;
    const auto& channels = settings.opening.due_channels;
    return row().due_at || std::find(channels.begin(), channels.end(), row().channel) != channels.end();
  }

  // Of the ticket itself and of what it absorbed.
  template <class Item, class Wanted>
  bool has_any(std::vector<Item> TicketParts::*items, Wanted wanted) const {
    return std::any_of(view.origins.begin(), view.origins.end(), [&](const OriginParts& origin) {
      return std::any_of((origin.parts.*items).begin(), (origin.parts.*items).end(), wanted);
    });
  }
  template <class Item>
  bool has_any(std::vector<Item> TicketParts::*items) const {
    return has_any(items, [](const Item&) { return true; });
  }

  bool has_todos(bool done) const {
    return has_any(&TicketParts::todos, [done](const TodoRow& todo) { return todo.done == done; });
  }

  bool has_links_by_hand() const {
    return has_any(&TicketParts::links, [](const LinkRow& link) {
      return link.type != LinkType::follow_up_of && link.type != LinkType::split_from;
    });
  }

  bool has_open_children() const {
    return std::any_of(view.children.begin(), view.children.end(),
                       [](const TicketRow& child) { return is_open(child.status.category); });
  }

  std::uint32_t depth() const {
    std::uint32_t depth = 0;
    for (auto parent = row().parent; parent && depth <= settings.relations.depth_max; ++depth) {
      const auto above = snapshot.ticket(*parent);
      parent = above ? above->parent : std::nullopt;
    }
    return depth;
  }
  bool takes_children() const {
    return open() && depth() < settings.relations.depth_max &&
           view.own().children.size() < settings.relations.children_max;
  }

  bool merged() const { return row().status.category == Category::merged; }

  // Of a merged ticket. Whoever may not read the root writes to it nevertheless, by this number: it
  // is not looked for in the view, which has only what the reader may read.
  bool root_stands() const {
    auto root = snapshot.ticket(row().id);
    while (root && root->merged_into) root = snapshot.ticket(*root->merged_into);
    return root && root->status.category != Category::deleted;
  }

  // An answer to the client may need somebody who has the ticket; an internal note does not.
  bool takes_messages() const { return stands() || (merged() && root_stands()); }
  // While the root is deleted, what its client writes begins a new ticket.
  bool takes_client_messages() const { return stands() || merged(); }
};

struct Rule {
  std::string_view action;
  bool (*holds)(const Situation&);
};

constexpr auto editable = [](const Situation& s) { return s.editable(); };
constexpr auto reclassifiable = [](const Situation& s) { return s.reclassifiable(); };

constexpr Rule staff_rules[] = {
    {"rename", editable},
    {"edit-description", editable},
    {"change-priority", reclassifiable},
    {"classify", reclassifiable},
    {"change-origin",
     [](const Situation& s) {
       return s.editable() && (s.settings.opening.origins.enabled || !s.row().origin.empty());
     }},
    {"change-particulars", editable},
    {"link-contact", editable},
    {"set-due-date", [](const Situation& s) { return s.editable() && s.due_date_editable(); }},
    {"set-estimated-resolution", editable},
    {"set-notifications", editable},
    {"claim", [](const Situation& s) { return s.editable() && !s.row().assignee && s.may_have_tickets(); }},
    {"take-over",
     [](const Situation& s) { return s.editable() && s.may_have_tickets() && s.row().assignee != s.reader.agent(); }},
    {"assign", editable},
    {"unassign", [](const Situation& s) { return s.editable() && s.row().assignee; }},
    {"move-to-team", editable},
    {"mark-read", [](const Situation& s) { return s.stands() && !s.row().read; }},
    {"change-status", [](const Situation& s) { return s.status_changeable(); }},
    {"close", [](const Situation& s) { return s.open() && s.may_close() && s.leads_to(false); }},
    {"reopen", [](const Situation& s) { return s.closed() && !s.final() && s.leads_to(true); }},
    {"delete",
     [](const Situation& s) {
       return s.stands() && s.settings.handling.deletion == Deletion::tombstone && !s.has_open_children();
     }},
    {"restore", [](const Situation& s) { return s.row().status.category == Category::deleted; }},
    {"post-message", [](const Situation& s) { return s.takes_messages(); }},
    {"add-watcher", editable},
    {"remove-watcher", [](const Situation& s) { return s.stands() && s.has_any(&TicketParts::watchers); }},
    {"dismiss-look", [](const Situation& s) { return s.stands() && s.row().needs_look; }},
    {"link-context", editable},
    {"unlink-context", [](const Situation& s) { return s.editable() && s.has_any(&TicketParts::contexts); }},
    {"add-todo", editable},
    {"complete-todo", [](const Situation& s) { return s.stands() && s.has_todos(false); }},
    {"reopen-todo", [](const Situation& s) { return s.editable() && s.has_todos(true); }},
    {"drop-todo", [](const Situation& s) { return s.editable() && s.has_any(&TicketParts::todos); }},
    {"reorder-todos", [](const Situation& s) { return s.editable() && s.view.own().todos.size() > 1; }},
    {"documents", editable},
    {"attach-document", editable},
    {"remove-document", [](const Situation& s) { return s.editable() && s.has_any(&TicketParts::documents); }},
    {"link-article", editable},
    {"unlink-article", [](const Situation& s) { return s.editable() && s.has_any(&TicketParts::articles); }},
    {"request-intervention", editable},
    {"answer-intervention", [](const Situation& s) { return s.stands() && s.has_any(&TicketParts::interventions); }},
    {"spend-points", [](const Situation& s) { return s.editable() && s.settings.points.enabled; }},
    {"merge", [](const Situation& s) { return s.stands(); }},
    {"unmerge", [](const Situation& s) { return s.merged() && s.root_stands(); }},
    {"split-message", [](const Situation& s) { return s.stands() && s.view.counts.messages > 0; }},
    {"open-sub-ticket", [](const Situation& s) { return s.takes_children(); }},
    {"attach-sub-ticket", [](const Situation& s) { return s.takes_children(); }},
    {"detach-sub-ticket", [](const Situation& s) { return s.stands() && !s.view.children.empty(); }},
    {"move-sub-ticket", [](const Situation& s) { return s.stands() && s.row().parent; }},
    {"link-ticket", [](const Situation& s) { return s.stands(); }},
    {"unlink-ticket", [](const Situation& s) { return s.stands() && s.has_links_by_hand(); }},
};

constexpr Rule client_rules[] = {
    {"close", [](const Situation& s) { return s.open() && s.leads_to(false); }},
    {"reopen", [](const Situation& s) { return s.closed() && s.goes_on() && s.leads_to(true); }},
    {"post-message", [](const Situation& s) { return s.takes_client_messages(); }},
    {"documents", editable},
};

}  // namespace

bool is_final(const TicketRow& ticket, const Settings& settings, Instant now) {
  return ticket.status.category == Category::closed &&
         reopening_rules::is_final(settings.reopening, ticket.last_closed_at, now);
}

std::vector<std::string_view> allowed_actions(const TicketView& view, const Snapshot& snapshot,
                                              const Settings& settings, const Reader& reader, Instant now) {
  std::vector<std::string_view> actions;
  // Also who is not active any more, client or agent.
  if (reader.role() == Role::auditor) return actions;
  const Situation situation{view, snapshot, settings, reader, now};
  const auto take = [&](const auto& rules) {
    for (const auto& rule : rules) {
      if (rule.holds(situation)) actions.push_back(rule.action);
    }
  };
  if (reader.is_client()) take(client_rules);
  else take(staff_rules);
  return actions;
}

}  // namespace greffe
