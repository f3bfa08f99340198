// A random command of each kind that can be asked of a ticket: what it is about.
#pragma once

#include <algorithm>

#include "commands/command.h"
#include "commands/limits.h"
#include "tests/tools_random_aim.h"

namespace greffe::random_desk {

// Of what is there as a rule; the numbers from 1 otherwise.
template <class Things, class Number>
std::uint32_t one_of(Aim& aim, const Things& things, Number number_of) {
  if (things.empty() || aim.draw.one_in(5)) return aim.draw.ordinal();
  return number_of(things[aim.draw.below(things.size())]);
}
inline std::uint32_t one_of(Aim& aim, const std::vector<std::uint32_t>& numbers) {
  return one_of(aim, numbers, [](std::uint32_t n) { return n; });
}

inline std::string status(Aim& aim) {
  const std::string known = aim.draw.of(aim.folded.settings().statuses.statuses).key;
  return aim.draw.one_in(8) ? aim.draw.of({"nowhere", "merged", "deleted", ""}) : known;
}
inline std::string priority(Aim& aim) {
  return aim.draw.one_in(8) ? "urgent" : aim.draw.of(aim.folded.settings().priorities.priorities).key;
}
inline std::string reason(Aim& aim) { return aim.draw.text(limits::reason_bytes_max); }
inline std::string rarely_reason(Aim& aim) { return aim.draw.one_in(3) ? reason(aim) : ""; }

inline std::vector<std::string> category(Draw& draw) {
  const std::vector<std::vector<std::string>> paths = {{"incident", "network"},
                                                       {"incident"},
                                                       {"request", "access"},
                                                       {},
                                                       {"incident", "access"},
                                                       {"network"},
                                                       {"other"},
                                                       {"a", "b", "c", "d", "e", "f"},
                                                       {"incident", ""}};
  return draw.of(paths);
}
inline std::string request_type(Draw& draw) { return draw.of({"question", "", "fault", "nothing known"}); }
inline std::string group(Draw& draw) { return draw.of({"", "north", "south"}); }
inline std::string origin(Draw& draw) { return draw.of({"call", "", "letter", "mail", "pigeon"}); }

inline WantedContext context(Aim& aim) {
  Draw& draw = aim.draw;
  WantedContext wanted;
  if (draw.one_in(2)) wanted.context = aim.context();
  else {
    wanted.type = draw.of({"vehicle", "invoice", "booking", "project", ""});
    wanted.label = draw.of({"AB-123-CD", "2025-17", "Chantier", ""});
    if (draw.one_in(3)) wanted.url = draw.url();
    if (draw.one_in(4)) wanted.summary = {{draw.of({"amount", ""}), {draw.text(limits::title_bytes_max)}}};
  }
  return wanted;
}

// Every particular that there is, now and then.
inline std::vector<std::string> fill(Particulars& particulars, Draw& draw) {
  std::vector<std::string> named;
  for_each_field<Particulars>([&](const auto& f, std::size_t) {
    if (draw.one_in(5)) return;
    named.push_back(f.name);
    (particulars.*(f.member)).text = draw.text(limits::title_bytes_max);
  });
  return named;
}

inline void fill(OpenTicket& c, Aim& aim) {
  Draw& draw = aim.draw;
  c.title = draw.text(limits::title_bytes_max);
  if (!draw.one_in(3)) c.party = aim.party();
  if (draw.one_in(4)) c.kind = TicketKind::internal;
  if (draw.one_in(4)) c.assignee = aim.agent();
  if (draw.one_in(4)) c.team = aim.team();
  if (draw.one_in(4)) c.classification = {category(draw), request_type(draw), group(draw)};
  if (draw.one_in(4)) c.copies = aim.addressees();
  if (draw.one_in(5)) c.contexts = {context(aim)};
  if (draw.one_in(5)) c.comment = draw.text(limits::text_bytes_max);
  if (draw.one_in(5)) c.channel = draw.any<Channel>();
  if (draw.one_in(5)) c.due_at = draw.instant();
  if (draw.one_in(5)) c.description = draw.text(limits::text_bytes_max);
  if (draw.one_in(5)) c.external_id = draw.external_id();
  if (draw.one_in(6)) c.priority = priority(aim);
  if (draw.one_in(6)) c.origin = origin(draw);
  if (draw.one_in(6)) c.estimated_resolution_at = draw.instant();
  if (draw.one_in(6)) c.watcher_emails = {draw.email()};
  if (draw.one_in(6)) c.notify_client = draw.one_in(2);
  if (draw.one_in(6)) c.notify_managers = true;
  if (draw.one_in(6)) fill(c.particulars, draw);
  if (draw.one_in(6)) c.answers = {{draw.of({"since", "urgent", "colour"}), {}, {draw.of({"yes", "12", "red", ""})}}};
}

// Fields.
inline void fill(RenameTicket& c, Aim& aim) { c.title = aim.draw.text(limits::title_bytes_max); }
inline void fill(EditDescription& c, Aim& aim) { c.description = aim.draw.text(limits::text_bytes_max); }
inline void fill(ChangePriority& c, Aim& aim) { c.priority = priority(aim); }
inline void fill(ClassifyTicket& c, Aim& aim) {
  if (!aim.draw.one_in(3)) c.category = category(aim.draw);
  if (aim.draw.one_in(3)) c.request_type = request_type(aim.draw);
  if (aim.draw.one_in(3)) c.group = group(aim.draw);
}
inline void fill(ChangeOrigin& c, Aim& aim) { c.origin = origin(aim.draw); }
inline void fill(LinkContact& c, Aim& aim) { c.party = aim.party(); }
inline void fill(ChangeParticulars& c, Aim& aim) { c.named = fill(c.wanted, aim.draw); }
inline void fill(SetDueDate& c, Aim& aim) {
  c.due_at = aim.draw.maybe(3, [&] { return aim.draw.instant(); });
}
inline void fill(SetEstimatedResolution& c, Aim& aim) {
  if (!aim.draw.one_in(3)) c.estimated_resolution_at = aim.draw.instant();
}
inline void fill(SetNotifications& c, Aim& aim) {
  if (!aim.draw.one_in(3)) c.notify_client = aim.draw.one_in(2);
  if (aim.draw.one_in(3)) c.notify_assignee = aim.draw.one_in(2);
}

// Assignment.
inline void fill(ClaimTicket&, Aim&) {}
inline void fill(TakeOverTicket&, Aim&) {}
inline void fill(AssignTicket& c, Aim& aim) { c.assignee = aim.agent(); }
inline void fill(UnassignTicket&, Aim&) {}
inline void fill(MoveTicketToTeam& c, Aim& aim) {
  if (!aim.draw.one_in(4)) c.team = aim.team();
}

// Status.
inline void fill(MarkRead&, Aim&) {}
inline void fill(ChangeStatus& c, Aim& aim) { c.status = status(aim); }
inline void fill(CloseTicket& c, Aim& aim) {
  if (aim.draw.one_in(4)) c.status = status(aim);
  c.force = aim.draw.one_in(2);
  c.reason = aim.draw.one_in(8) ? "" : reason(aim);
  if (aim.draw.one_in(3)) c.resolution = reason(aim);
  c.notify = aim.draw.any<NotifyChoice>();
}
inline void fill(ReopenTicket& c, Aim& aim) {
  if (aim.draw.one_in(4)) c.status = status(aim);
  c.reason = rarely_reason(aim);
}
inline void fill(DeleteTicket& c, Aim& aim) { c.reason = reason(aim); }
inline void fill(RestoreTicket& c, Aim& aim) { c.reason = rarely_reason(aim); }

// Exchange.
inline void fill(PostMessage& c, Aim& aim) {
  c.body = aim.draw.text(limits::text_bytes_max);
  if (aim.draw.one_in(3)) c.visibility = Visibility::internal;
  if (aim.draw.one_in(4)) c.to = aim.addressees();
  if (aim.draw.one_in(6)) c.canned_reply = aim.canned_reply();
  c.automatic = aim.draw.one_in(6);
}
inline void fill(AddWatcher& c, Aim& aim) {
  if (aim.draw.one_in(3)) c.kind = WatcherKind::email;
  c.watcher = aim.addressee();
}
inline void fill(RemoveWatcher& c, Aim& aim) {
  const auto& watchers = aim.ticket().watchers;
  if (watchers.empty() || aim.draw.one_in(5)) c.watcher = aim.addressee();
  else {
    const Watcher& watcher = aim.draw.of(watchers);
    c = {watcher.kind, watcher.who};
  }
}
inline void fill(DismissLook&, Aim&) {}

// Whose thing it is: often the ticket's own, else of one that it absorbed, or of none of these.
inline std::string part(Aim& aim) {
  const auto& absorbed = aim.ticket().absorbed;
  if (absorbed.empty() || aim.draw.one_in(3)) return aim.draw.one_in(8) ? aim.number() : "";
  return aim.number_of(aim.draw.of(absorbed));
}

// What the ticket is about and what is to be done.
inline void fill(LinkTicketContext& c, Aim& aim) { c.context = context(aim); }
inline void fill(UnlinkTicketContext& c, Aim& aim) {
  c.link = one_of(aim, aim.ticket().contexts, [](const ContextAt& at) { return at.link; });
  c.part = part(aim);
}
inline std::uint32_t todo(Aim& aim) {
  return one_of(aim, aim.ticket().todos, [](const TodoState& t) { return t.todo; });
}
inline void fill(AddTodo& c, Aim& aim) {
  c.text = reason(aim);
  if (aim.draw.one_in(3)) c.assignee = aim.agent();
  if (aim.draw.one_in(3)) c.due_at = aim.draw.instant();
}
inline void fill(CompleteTodo& c, Aim& aim) { c = {todo(aim), part(aim)}; }
inline void fill(ReopenTodo& c, Aim& aim) { c = {todo(aim), part(aim)}; }
inline void fill(DropTodo& c, Aim& aim) { c = {todo(aim), part(aim)}; }
inline void fill(ReorderTodos& c, Aim& aim) {
  for (const TodoState& t : aim.ticket().todos) c.todos.push_back(t.todo);
  if (!aim.draw.one_in(4)) std::reverse(c.todos.begin(), c.todos.end());
  if (aim.draw.one_in(4)) c.todos.push_back(aim.draw.ordinal());
}
inline void fill(AttachDocument& c, Aim& aim) {
  Draw& draw = aim.draw;
  c.sha256 = draw.one_in(8) ? "not a digest" : std::string(64, draw.of({'a', '0', 'f'}));
  c.size_bytes = draw.of({std::uint64_t{12}, std::uint64_t{0}, std::uint64_t{5'000}, std::uint64_t{1} << 40U});
  c.media_type = draw.of({"image/png", "text/plain", "application/pdf", ""});
  c.file_name = draw.text(limits::file_name_bytes_max);
  if (draw.one_in(3)) c.visibility = Visibility::internal;
  if (draw.one_in(3)) c.message = draw.ordinal();
  if (c.message != 0) c.held_by = part(aim);
  c.uploaded = !draw.one_in(4);
}
inline void fill(RemoveDocument& c, Aim& aim) {
  c.document = one_of(aim, aim.ticket().documents);
  c.part = part(aim);
  c.reason = rarely_reason(aim);
}
inline void fill(LinkArticle& c, Aim& aim) { c = {aim.draw.text(limits::title_bytes_max), aim.draw.url()}; }
inline void fill(UnlinkArticle& c, Aim& aim) {
  c = {one_of(aim, aim.ticket().articles, [](const ArticleState& a) { return a.article; }), part(aim)};
}
inline void fill(RequestIntervention& c, Aim& aim) {
  c.details = reason(aim);
  if (aim.draw.one_in(3)) c.wanted_at = aim.draw.instant();
}
inline void fill(AnswerIntervention& c, Aim& aim) {
  c.intervention = one_of(aim, aim.ticket().interventions, [](const InterventionState& i) { return i.intervention; });
  c.reference = aim.draw.text(limits::external_id_bytes_max);
  c.part = part(aim);
  if (aim.draw.one_in(3)) c.url = aim.draw.url();
  if (aim.draw.one_in(3)) c.note = reason(aim);
}
inline void fill(SpendPoints& c, Aim& aim) {
  c.contract = aim.contract();
  if (aim.draw.one_in(3)) c.points = aim.draw.of({1U, 3U, 0U, 2'000'000U});
  c.reason = rarely_reason(aim);
}

// Other tickets.
inline void fill(MergeTickets& c, Aim& aim) {
  c.into = aim.number();
  c.follow = aim.draw.one_in(2);
  c.confirm_contact_mismatch = !aim.draw.one_in(3);
  c.allow_disclosure = !aim.draw.one_in(3);
  c.keep_contact_as_watcher = aim.draw.one_in(3);
  c.reason = rarely_reason(aim);
  if (aim.draw.one_in(8)) c.into_version = Version{static_cast<std::uint32_t>(aim.draw.below(6))};
}
inline void fill(UnmergeTicket& c, Aim& aim) { c.reason = rarely_reason(aim); }
inline void fill(SplitMessage& c, Aim& aim) {
  c.message = aim.draw.ordinal();
  c.held_by = part(aim);
  c.title = aim.draw.text(limits::title_bytes_max);
}
inline void fill(OpenSubTicket& c, Aim& aim) { fill(c.ticket, aim); }
inline void fill(AttachSubTicket& c, Aim& aim) { c.child = aim.number(); }
inline void fill(DetachSubTicket& c, Aim& aim) {
  const auto& children = aim.ticket().children;
  c.child = children.empty() || aim.draw.one_in(5) ? aim.number() : aim.number_of(aim.draw.of(children));
}
inline void fill(MoveSubTicket& c, Aim& aim) { c.parent = aim.number(); }
inline void fill(LinkTickets& c, Aim& aim) {
  c.type = aim.draw.any<LinkType>();
  c.other = aim.number();
}
inline void fill(UnlinkTickets& c, Aim& aim) {
  const auto& links = aim.ticket().links;
  if (links.empty() || aim.draw.one_in(5)) {
    c = {aim.draw.any<LinkType>(), aim.draw.one_in(2), aim.number()};
  } else {
    const TicketLink& link = aim.draw.of(links);
    c = {link.type, link.inverse, aim.number_of(link.other)};
  }
}

}  // namespace greffe::random_desk
