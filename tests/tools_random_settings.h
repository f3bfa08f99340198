// Settings that a desk could have, area by area, and some that no desk can have.
#pragma once

#include "tests/tools_random_ticket_commands.h"

namespace greffe::random_desk {

inline std::vector<Label> labels(const std::string& text) { return {{"fr", text}, {"en", text}}; }
inline Status status_of(std::string key, Category category, std::vector<std::string> next = {}) {
  return {key, labels(key), "#336699", category, std::move(next), is_open(category)};
}
inline ListedValue listed(const std::string& key) { return {key, labels(key)}; }

inline void fill(TenantConfigured& area, Aim& aim) {
  area.time_zone = aim.draw.of({"Europe/Paris", "Asia/Tokyo", "America/Montreal", "Nowhere/Town", ""});
  const std::vector<std::vector<std::string>> languages = {{"fr", "en"}, {"en", "fr"}, {"fr"}, {"fr", "fr"}, {}};
  area.languages = aim.draw.of(languages);
}
inline void fill(StatusesDefined& area, Aim& aim) {
  area = default_settings().statuses;
  const auto choice = aim.draw.below(7);
  if (choice == 1) {
    area = {{status_of("unread", Category::fresh), status_of("read", Category::open),
             status_of("assigned", Category::open), status_of("open", Category::open),
             status_of("pending", Category::pending), status_of("closed", Category::closed)},
            "unread",
            "closed",
            "open",
            "read",
            "assigned"};
  } else if (choice == 2) {
    area = {
        {status_of("new", Category::fresh, {"open", "closed"}), status_of("open", Category::open, {"pending"}),
         status_of("pending", Category::pending, {"open", "closed"}), status_of("closed", Category::closed, {"open"})},
        "new",
        "closed",
        "open",
        "",
        "open"};
  } else if (choice == 3) {
    area.statuses.push_back(status_of("merged", Category::merged));
    area.on_assign = "open";
  } else if (choice == 4) {
    area.on_close = aim.draw.of({"nowhere", "open"});
  } else if (choice == 5) {
    area.statuses = {};
  } else if (choice == 6) {
    area.statuses.push_back(aim.draw.of({Status{"open", labels("again"), "#000000", Category::open, {}, true},
                                         Status{"odd", {}, "red", Category::open, {"nowhere"}, true}}));
  }
}
inline void fill(PrioritiesDefined& area, Aim& aim) {
  area = default_settings().priorities;
  const auto choice = aim.draw.below(5);
  if (choice == 1) std::reverse(area.priorities.begin(), area.priorities.end());
  if (choice == 2) area.priorities.pop_back();
  if (choice == 3) area.priorities.clear();
  if (choice == 4) area.on_open = "nowhere";
}
inline void fill(SlaTargetsDefined& area, Aim& aim) {
  area = default_settings().sla;
  const auto choice = aim.draw.below(4);
  if (choice == 1) area.targets.clear();
  if (choice == 2) area.targets.front().resolution_ms = Milliseconds(-1);
  if (choice == 3) area.targets.front().priority = "urgent";
}
inline void fill(NumberingDefined& area, Aim& aim) {
  const std::vector<std::vector<NumberFormat>> formats = {
      {{{}, "{yy}{mm}{dd}{seq:4}"}},
      {{{}, "T-{seq:5}"}},
      {{{TicketKind::internal}, "I{yyyy}-{seq:3}"}, {{}, "{yy}{mm}{dd}{seq:4}"}},
      {{{TicketKind::internal}, "{yy}{seq:2}"}, {{}, "{yy}{seq:3}"}},
      {{{}, "{yy}{mm}{dd}"}},
      {{{TicketKind::internal}, "I{seq:3}"}},
      {}};
  area.formats = aim.draw.of(formats);
}
inline void fill(TaxonomyDefined& area, Aim& aim) {
  const auto choice = aim.draw.below(4);
  if (choice == 0) return;
  area.category.open = area.request_type.open = false;
  area.category.nodes = {{"incident", "", labels("Incident"), {}},
                         {"network", "incident", labels("Network"), {}},
                         {"request", "", labels("Request"), {CategoryAudience::manager}},
                         {"access", "request", labels("Access"), {}}};
  area.request_type.values = {listed("question"), listed("fault")};
  area.group.enabled = aim.draw.one_in(2);
  if (choice == 2) area.category.nodes[0].parent = "network";
  if (choice == 3) area.request_type.values.clear();
}
inline void fill(OpeningDefined& area, Aim& aim) {
  Draw& draw = aim.draw;
  area = default_settings().opening;
  if (draw.one_in(3)) area.origins = {{}, true, draw.one_in(3), {listed("call"), listed("letter"), listed("mail")}};
  if (draw.one_in(4)) area.mandatory = {{{TicketKind::external}, {Channel::manual}, {"contact"}}};
  if (draw.one_in(6)) area.mandatory = {{{}, {}, {draw.of({"description", "shoe_size", "due_at"})}}};
  if (draw.one_in(3)) area.due_channels = {Channel::manual, Channel::api, Channel::email};
  area.auto_read_internal = draw.one_in(2);
  area.auto_assign_creator = draw.one_in(3);
  area.portal_enabled = !draw.one_in(5);
  area.notify_client = !draw.one_in(3);
  if (draw.one_in(2)) area.notify_assignee = {draw.any<TicketKind>()};
}
inline void fill(HandlingDefined& area, Aim& aim) {
  Draw& draw = aim.draw;
  area.deletion = draw.one_in(6) ? Deletion::never : Deletion::tombstone;
  area.closed_edit = draw.any<ClosedEdit>();
  area.due_edit = draw.of({DueEdit::agent, DueEdit::supervisor, DueEdit::never});
  area.claim_before_reply = draw.any<Strictness>();
  area.close_scope = draw.of({CloseScope::any, CloseScope::any, CloseScope::team, CloseScope::assignee});
  area.mine_assignee = !draw.one_in(2);
  area.mine_copy = !draw.one_in(2);
  area.mine_creator = !draw.one_in(2);
}
inline void fill(ReopeningDefined& area, Aim& aim) {
  Draw& draw = aim.draw;
  area.followup = draw.any<Followup>();
  area.within_days = draw.of({30U, 1U, 0U});
  area.keep_assignee = !draw.one_in(3);
  area.by = draw.any<ReopenBy>();
  area.finalize_after_days = draw.of({0U, 0U, 2U, 60U, 1'000'000U});
}
inline void fill(RelationsDefined& area, Aim& aim) {
  Draw& draw = aim.draw;
  area.closed_target = draw.any<ClosedTarget>();
  area.close_parent = draw.any<CloseParent>();
  area.children_closed = draw.any<ChildrenClosed>();
  area.child_reopened = draw.any<ChildReopened>();
  area.depth_max = draw.of({2U, 1U, 3U, 10U, 0U});
  area.children_max = draw.of({200U, 1U, 2U, 0U});
}
inline void fill(NotificationsDefined& area, Aim& aim) {
  Draw& draw = aim.draw;
  for (auto left = draw.below(5); left > 0; --left) {
    NotificationRule rule{draw.any<NotifyEvent>(),
                          draw.of({Audience::client, Audience::assignee, Audience::watchers}),
                          draw.of({NotifyMode::always, NotifyMode::per_ticket, NotifyMode::never}),
                          {}};
    if (draw.one_in(6)) rule.text_template = aim.text_template();
    area.rules.push_back(rule);
  }
  if (draw.one_in(4)) area.rules.push_back({NotifyEvent::opened, Audience::managers, NotifyMode::per_ticket, {}});
  if (draw.one_in(4)) {
    const auto mode = draw.any<NotifyMode>();
    area.rules.push_back({NotifyEvent::private_message, Audience::recipients, mode, {}});
  }
  if (draw.one_in(8)) area.rules.push_back({NotifyEvent::opened, Audience::desk, NotifyMode::always, {}});
  if (draw.one_in(3)) area.on_open_to = draw.email();
  if (draw.one_in(3)) area.managers = {"boss@greffe.example"};
}
inline void fill(IntakeDefined& area, Aim& aim) {
  Draw& draw = aim.draw;
  if (draw.one_in(3)) return;
  const bool required = draw.one_in(4);
  IntakeForm form;
  form.category = draw.of({"", "incident"});
  form.questions = {{"since", labels("Depuis quand ?"), AnswerKind::text, {}, required},
                    {"urgent", labels("Urgent ?"), AnswerKind::yes_no, {}, false},
                    {"colour", labels("Couleur ?"), AnswerKind::choice, {"red", "blue"}, false}};
  if (draw.one_in(5)) form.questions.push_back(form.questions.front());
  area.forms = {form};
}
inline void fill(PointsDefined& area, Aim& aim) {
  Draw& draw = aim.draw;
  area.enabled = !draw.one_in(4);
  area.overdraft = draw.one_in(3);
  area.points_per_ticket = draw.of({1U, 2U, 0U, 2'000'000U});
  if (draw.one_in(3)) area.rates = {{draw.of({"incident", "network"}), 3}};
}
inline void fill(ContextTypesDefined& area, Aim& aim) {
  const auto choice = aim.draw.below(4);
  if (choice == 0) return;
  area.open = aim.draw.one_in(2);
  area.types = {{"vehicle", labels("Véhicule"), "", choice == 1},
                {"invoice", labels("Facture"), "https://erp.example/{label}", false},
                {"booking", labels("Réservation"), "", false}};
  if (choice == 3) area.types.back().url_pattern = "https://erp.example/";
}
inline void fill(AttachmentsDefined& area, Aim& aim) {
  const auto choice = aim.draw.below(4);
  if (choice == 1) area.media_types_allowed = {"image/*", "text/plain"};
  if (choice == 2) area.size_bytes_max = aim.draw.of({std::uint64_t{1'000}, std::uint64_t{0}});
  if (choice == 3) area.media_types_refused = {aim.draw.of({"application/pdf", "pdf"})};
}

}  // namespace greffe::random_desk
