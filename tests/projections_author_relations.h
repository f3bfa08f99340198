// Random relations between tickets: merges and their undoing, sub-tickets, links, splits,
// deletion. Each is one commit over all the streams that it concerns.
#pragma once

#include "tests/projections_author_desk.h"

namespace greffe::projections_test {

class AuthoredRelations {
 public:
  explicit AuthoredRelations(Desk& desk) : desk_(desk) {}

  void act(std::size_t index) {
    AuthoredTicket& t = desk_.tickets[index];
    how_ = desk_.how(t);
    // Nothing happens to a ticket before it is opened.
    for (const AuthoredTicket& any : desk_.tickets) {
      if (how_.occurred) how_.occurred = std::max(*how_.occurred, any.opened);
    }
    steps_.clear();
    if (t.status.category == Category::deleted) restore(t);
    else if (t.merged_into) desk_.draw(2) == 0 ? unmerge(index) : write_via(index);
    else act_on_live(index);
    if (!steps_.empty()) desk_.history.commit(std::move(steps_), how_);
  }

  // Whether it could be done: both are live and the target is not below the source.
  bool merge(std::size_t from, std::size_t into) {
    AuthoredTicket &source = desk_.tickets[from], &target = desk_.tickets[into];
    if (from == into || !source.is_live() || !target.is_live() || is_below(into, from)) return false;
    source.status_before = source.status;
    source.assignee_before = std::exchange(source.assignee, std::nullopt);
    source.merged_into = into;
    if (source.assignee_before) add(source, TicketUnassigned{*source.assignee_before, UnassignCause::merged});
    add(source, TicketMergedInto{target.id, target.number, source.status, merged, source.assignee_before, {"same"}});
    source.status = merged;
    source.lent = source.children;
    for (const std::size_t child : source.lent) reparent(child, into, ParentCause::merged);
    if (is_below(from, into)) reparent(from, {}, ParentCause::detached);
    add(target, TicketAbsorbed{source.id, source.number, 1});
    return true;
  }

  void unmerge(std::size_t index) {
    AuthoredTicket& source = desk_.tickets[index];
    const AuthoredTicket& target = desk_.tickets[*source.merged_into];
    const std::size_t root = root_of(index);
    if (desk_.tickets[root].status.category == Category::deleted) return;
    const auto assignee = std::exchange(source.assignee, source.assignee_before);
    add(source, TicketUnmerged{target.id, target.number, merged, source.status_before, source.assignee, {"not same"}});
    if (source.assignee) add(source, TicketAssigned{assignee, *source.assignee, AssignCause::unmerged});
    source.status = source.status_before;
    source.merged_into.reset();
    for (const std::size_t child : std::exchange(source.lent, {})) {
      if (desk_.tickets[child].parent == root && !is_below(index, child)) {
        reparent(child, index, ParentCause::unmerged);
      }
    }
    add(target, TicketReleased{source.id, source.number});
  }

  // What was added, as one commit.
  void commit(History::How how) { desk_.history.commit(std::exchange(steps_, {}), how); }

 private:
  void add(const AuthoredTicket& t, TicketEvent event) { steps_.push_back(step(t, std::move(event))); }

  void act_on_live(std::size_t index) {
    AuthoredTicket& t = desk_.tickets[index];
    const std::size_t other = desk_.draw(desk_.tickets.size());
    switch (desk_.draw(7)) {
      case 0:
      case 1: merge(index, other); break;
      case 2: attach(index, other); break;
      case 3: detach(index); break;
      case 4: link(t, desk_.tickets[other]); break;
      case 5: split(index); break;
      default: remove(index);
    }
  }

  void restore(AuthoredTicket& t) {
    add(t, TicketRestored{deleted, t.status_before, {"was needed"}});
    t.status = t.status_before;
  }

  void remove(std::size_t index) {
    AuthoredTicket& t = desk_.tickets[index];
    t.status_before = t.status;
    add(t, TicketDeleted{t.status, deleted, {"by mistake"}});
    t.status = deleted;
    for (const std::size_t child : std::vector(t.children)) reparent(child, {}, ParentCause::deleted);
  }

  // Whoever writes to a merged ticket's number writes to its root.
  void write_via(std::size_t index) {
    AuthoredTicket& root = desk_.tickets[root_of(index)];
    if (!root.is_live()) return;
    MessagePosted posted{static_cast<Visibility>(desk_.draw(2)), {"via"}, ++root.messages};
    posted.via = desk_.tickets[index].id;
    add(root, posted);
    if (desk_.draw(2) == 0) add(root, NotificationDecided{NotifyEvent::replied, 1, {{}}});
  }

  void attach(std::size_t child, std::size_t parent) {
    if (child == parent || desk_.tickets[child].parent || !desk_.tickets[parent].is_live()) return;
    if (is_below(parent, child)) return;
    reparent(child, parent, ParentCause::attached);
  }
  void detach(std::size_t index) {
    if (desk_.tickets[index].parent) reparent(index, {}, ParentCause::detached);
  }

  void link(AuthoredTicket& t, AuthoredTicket& other) {
    if (t.id == other.id || !other.is_live()) return;
    const auto type = static_cast<LinkType>(desk_.draw(5));
    TicketsLinked here{type, false, other.id, other.number}, there{type, type != LinkType::relates_to, t.id, t.number};
    const auto is_here = [&](const TicketsLinked& link) { return same_fields(link, here); };
    const auto known = std::find_if(t.links.begin(), t.links.end(), is_here);
    if (known == t.links.end()) {
      t.links.push_back(here);
      add(t, here);
      return add(other, there);
    }
    t.links.erase(known);
    add(t, TicketsUnlinked{type, false, other.id, other.number});
    add(other, TicketsUnlinked{type, there.inverse, t.id, t.number});
  }

  void split(std::size_t index) {
    if (desk_.tickets[index].messages == 0) return;
    AuthoredTicket made;
    made.id = {desk_.history.tail().value + 1};
    made.number = History::number_of(made.id);
    made.opened = how_.occurred.value_or(desk_.now());
    TicketOpened opened;
    opened.number = made.number;
    opened.status = fresh;
    opened.priority = normal;
    const AuthoredTicket& from = desk_.tickets[index];
    const auto message = 1 + static_cast<std::uint32_t>(desk_.draw(from.messages));
    add(made, opened);
    add(made, MessageReferenced{from.id, from.number, message});
    add(made, TicketsLinked{LinkType::split_from, false, from.id, from.number});
    add(from, MessageSplitOff{message, made.id, made.number});
    add(from, TicketsLinked{LinkType::split_from, true, made.id, made.number});
    desk_.tickets.push_back(made);
  }

  void reparent(std::size_t index, std::optional<std::size_t> to, ParentCause cause) {
    AuthoredTicket& child = desk_.tickets[index];
    ParentChanged changed;
    changed.cause = cause;
    if (child.parent) changed.old_parent = desk_.tickets[*child.parent].id;
    if (child.parent) changed.old_number = desk_.tickets[*child.parent].number;
    if (to) changed.new_parent = desk_.tickets[*to].id;
    if (to) changed.new_number = desk_.tickets[*to].number;
    add(child, changed);
    if (child.parent) {
      add(desk_.tickets[*child.parent], SubTicketRemoved{child.id, child.number, cause});
      std::erase(desk_.tickets[*child.parent].children, index);
    }
    child.parent = to;
    if (!to) return;
    add(desk_.tickets[*to], SubTicketAdded{child.id, child.number, cause});
    desk_.tickets[*to].children.push_back(index);
  }

  bool is_below(std::size_t index, std::size_t above) const {
    for (auto at = desk_.tickets[index].parent; at; at = desk_.tickets[*at].parent) {
      if (*at == above) return true;
    }
    return false;
  }
  std::size_t root_of(std::size_t index) const {
    while (desk_.tickets[index].merged_into) index = *desk_.tickets[index].merged_into;
    return index;
  }

  Desk& desk_;
  History::How how_;
  std::vector<History::Step> steps_;
};

}  // namespace greffe::projections_test
