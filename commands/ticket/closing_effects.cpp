#include <algorithm>
#include <unordered_set>

#include "commands/rights.h"
#include "commands/ticket/closing_relations.h"
#include "commands/ticket/field_rules.h"
#include "commands/ticket/relations.h"
#include "events/check.h"

namespace greffe::subjects {
namespace {

using relations::Ticket;

// One closing and all that follow from it, downwards and upwards.
class Closing {
 public:
  Closing(Steps& steps, const Context& context) : steps_(steps), context_(context), lookup_(context.lookup) {}

  // `ticket` has its TicketClosed already.
  void follow(Ticket ticket) {
    closed_.insert(ticket.id);
    look_at_todos(ticket);
    const CloseParent policy = context_.settings.relations.close_parent;
    if (policy == CloseParent::warn && has_open_children(ticket)) look(ticket, LookReason::open_children);
    if (policy == CloseParent::cascade) close_below(ticket);
    tell_parent(ticket);
  }

 private:
  bool is_still_open(Ticket ticket) const { return is_open(ticket->status.category) && !closed_.contains(ticket.id); }
  bool has_open_children(Ticket ticket) const {
    const auto children = relations::open_children(*ticket.state, lookup_);
    return std::any_of(children.begin(), children.end(), [&](Ticket child) { return is_still_open(child); });
  }
  void look(Ticket ticket, LookReason reason) { add(steps_, ticket.id, LookRequested{reason}); }

  void look_at_todos(Ticket ticket) {
    for (const Ticket& part : relations::parts_of(ticket, lookup_)) {
      const auto& todos = part->todos;
      if (std::all_of(todos.begin(), todos.end(), [](const TodoState& t) { return t.done; })) continue;
      return look(ticket, LookReason::open_todos);
    }
  }

  void close(Ticket ticket, CloseCause cause) {
    const Status* status = find_status(context_.settings, context_.settings.statuses.on_close);
    GREFFE_CHECK(status != nullptr, "the settings' rules keep on_close among the statuses");
    closed_.insert(ticket.id);
    add(steps_, ticket.id, TicketClosed{ticket->status, at_present(*status), {}, cause, {}, NotifyChoice::as_set});
    look_at_todos(ticket);
  }

  // All that can be closed below the ticket, parents before children; what stays open keeps
  // what is below it open and is left to somebody's look.
  void close_below(Ticket top) {
    const auto closing = closable_below(top);
    for (const Ticket& ticket : closing) close(ticket, CloseCause::parent_closed);
    if (has_open_children(top)) look(top, LookReason::open_children);
    for (const Ticket& ticket : closing) {
      if (has_open_children(ticket)) look(ticket, LookReason::open_children);
    }
  }

  // Tickets may wait for others of the same cascade, but for no others. One that cannot be
  // closed may hinder those that wait for it: so until nothing changes.
  std::vector<Ticket> closable_below(Ticket top) const {
    std::unordered_set<TicketId> stopped;
    while (true) {
      const auto closing = reached_below(top, stopped);
      std::unordered_set<TicketId> closed = {top.id};
      for (const Ticket& ticket : closing) closed.insert(ticket.id);
      const std::size_t before = stopped.size();
      for (const Ticket& ticket : closing) {
        if (waits_for_others(ticket, closed)) stopped.insert(ticket.id);
      }
      if (stopped.size() == before) return closing;
    }
  }

  std::vector<Ticket> reached_below(Ticket top, const std::unordered_set<TicketId>& stopped) const {
    std::vector<Ticket> reached = {top};
    for (std::size_t i = 0; i < reached.size(); ++i) {
      for (const Ticket& child : relations::open_children(*reached[i].state, lookup_)) {
        if (stopped.contains(child.id) || reached.size() > relations::tickets_walked_max) continue;
        if (!rights::fault(*child.state, CloseTicket{}, context_)) reached.push_back(child);
      }
    }
    reached.erase(reached.begin());
    return reached;
  }

  bool waits_for_others(Ticket ticket, const std::unordered_set<TicketId>& closed) const {
    const auto needed = relations::dependencies_of(ticket, lookup_);
    return std::any_of(needed.begin(), needed.end(),
                       [&](Ticket n) { return is_still_open(n) && !closed.contains(n.id); });
  }

  // The last open sub-ticket is gone: up the tree, for as long as that closes parents.
  void tell_parent(Ticket ticket) {
    while (ticket->parent) {
      const Ticket parent = relations::find(*ticket->parent, lookup_);
      if (!parent || !is_still_open(parent) || has_open_children(parent)) return;
      const ChildrenClosed policy = context_.settings.relations.children_closed;
      if (policy == ChildrenClosed::nothing) return;
      if (policy == ChildrenClosed::suggest || waits_for_others(parent, closed_)) {
        return look(parent, LookReason::children_closed);
      }
      close(parent, CloseCause::children_closed);
      ticket = parent;
    }
  }

  Steps& steps_;
  const Context& context_;
  const Lookup& lookup_;
  std::unordered_set<TicketId> closed_;
};

}  // namespace

void add_closing_effects(const TicketState& state, TicketId, Steps& steps, const Context& context) {
  if (context.imported) return;
  Closing(steps, context).follow(relations::identified(state, context.lookup));
}

}  // namespace greffe::subjects
