// A random command of each kind about the directory and the catalogue.
#pragma once

#include "commands/catalogue/catalogue_limits.h"
#include "tests/tools_random_ticket_commands.h"

namespace greffe::random_desk {

inline std::string name(Aim& aim) { return aim.draw.text(limits::display_name_bytes_max); }
inline std::string language(Draw& draw) { return draw.of({"fr", "en", "", "Français"}); }

// Directory.
inline void fill(CreateContact& c, Aim& aim) {
  Draw& draw = aim.draw;
  c.details.display_name = {name(aim)};
  if (draw.one_in(2)) c.details.email = {draw.email()};
  if (draw.one_in(2)) c.details.organisation = aim.organisation();
  if (draw.one_in(3)) c.details.role = ContactRole::manager;
  if (draw.one_in(4)) c.details.phone = {draw.text(limits::phone_bytes_max)};
  if (draw.one_in(4)) c.details.external_id = draw.external_id();
  if (draw.one_in(6)) c.details.language = language(draw);
  c.details.contact_points = aim.contact_points();
}
inline void fill(ChangeContact& c, Aim& aim) {
  Draw& draw = aim.draw;
  c.display_name = draw.maybe(3, [&] { return name(aim); });
  c.email = draw.maybe(3, [&] { return draw.email(); });
  c.phone = draw.maybe(4, [&] { return draw.text(limits::phone_bytes_max); });
  if (draw.one_in(3)) c.organisation = draw.one_in(3) ? std::optional<OrganisationId>() : aim.organisation();
  if (draw.one_in(3)) c.role = draw.any<ContactRole>();
  c.language = draw.maybe(6, [&] { return language(draw); });
  if (draw.one_in(4)) c.contact_points = aim.contact_points();
}
inline void fill(CreateOrganisation& c, Aim& aim) {
  c.details.display_name = {name(aim)};
  c.details.kind = aim.draw.any<OrganisationKind>();
  if (aim.draw.one_in(4)) c.details.external_id = aim.draw.external_id();
  c.details.contact_points = aim.contact_points();
}
inline void fill(ChangeOrganisation& c, Aim& aim) {
  c.display_name = name(aim);
  if (aim.draw.one_in(3)) c.kind = aim.draw.any<OrganisationKind>();
  if (aim.draw.one_in(4)) c.contact_points = aim.contact_points();
}
inline void fill(CreateAgent& c, Aim& aim) {
  Draw& draw = aim.draw;
  c.details.display_name = {name(aim)};
  c.details.assignable = !draw.one_in(4);
  if (draw.one_in(3)) c.details.email = {draw.email()};
  if (draw.one_in(3)) c.details.role = draw.any<AgentRole>();
  if (draw.one_in(4)) c.details.external_id = draw.external_id();
  c.details.contact_points = aim.contact_points();
}
inline void fill(ChangeAgent& c, Aim& aim) {
  Draw& draw = aim.draw;
  c.display_name = draw.maybe(3, [&] { return name(aim); });
  c.email = draw.maybe(3, [&] { return draw.email(); });
  if (draw.one_in(3)) c.assignable = !draw.one_in(3);
  if (draw.one_in(4)) c.role = draw.any<AgentRole>();
  if (draw.one_in(4)) c.contact_points = aim.contact_points();
}
inline std::vector<AgentId> members(Aim& aim) {
  std::vector<AgentId> agents = {aim.agent()};
  if (aim.draw.one_in(3)) agents.push_back(aim.agent());
  return agents;
}
inline void fill(CreateTeam& c, Aim& aim) {
  c.details.display_name = name(aim);
  if (!aim.draw.one_in(3)) c.details.members = members(aim);
  if (aim.draw.one_in(4)) c.details.external_id = aim.draw.external_id();
}
inline void fill(ChangeTeam& c, Aim& aim) {
  c.display_name = aim.draw.maybe(2, [&] { return name(aim); });
  c.members = aim.draw.maybe(2, [&] { return members(aim); });
}
inline void fill(Deactivate& c, Aim& aim) { c.reason = rarely_reason(aim); }
inline void fill(Reactivate& c, Aim& aim) { c.reason = rarely_reason(aim); }

// Catalogue.
inline std::string text_with_variables(Draw& draw) {
  return draw.of({"Bonjour {{client.name}},", "Ticket {{ticket.number}}", "<p>{{ticket.title}}</p>", "",
                  "{{client.shoe_size}}", "{{#messages}}{{body}}", "Bonjour {{"});
}
inline void fill(CreateCannedReply& c, Aim& aim) {
  c.details.title = name(aim);
  c.details.language = "fr";
  c.details.body = text_with_variables(aim.draw);
  if (aim.draw.one_in(3)) c.details.visibility = Visibility::internal;
  if (aim.draw.one_in(4)) c.details.language = language(aim.draw);
}
inline void fill(ChangeCannedReply& c, Aim& aim) {
  c.title = aim.draw.maybe(2, [&] { return name(aim); });
  c.body = aim.draw.maybe(2, [&] { return text_with_variables(aim.draw); });
  c.language = aim.draw.maybe(4, [&] { return language(aim.draw); });
  if (aim.draw.one_in(4)) c.visibility = aim.draw.any<Visibility>();
}
inline void fill(CreateTextTemplate& c, Aim& aim) {
  Draw& draw = aim.draw;
  c.details.title = name(aim);
  c.details.language = "fr";
  c.details.body = text_with_variables(draw);
  if (draw.one_in(2)) c.details.purpose = TemplatePurpose::notification;
  if (draw.one_in(4)) c.details.event = draw.of({"closed", "opened", "never"});
  if (draw.one_in(4)) c.details.header = text_with_variables(draw);
  if (draw.one_in(4)) c.details.footer = text_with_variables(draw);
}
inline void fill(ChangeTextTemplate& c, Aim& aim) {
  Draw& draw = aim.draw;
  c.title = draw.maybe(2, [&] { return name(aim); });
  c.body = draw.maybe(2, [&] { return text_with_variables(draw); });
  c.event = draw.maybe(4, [&] { return std::string(draw.of({"", "closed", "never"})); });
  c.header = draw.maybe(4, [&] { return text_with_variables(draw); });
  c.footer = draw.maybe(4, [&] { return text_with_variables(draw); });
  c.language = draw.maybe(6, [&] { return language(draw); });
}
inline void fill(CreateContext& c, Aim& aim) {
  Draw& draw = aim.draw;
  c.details.type = draw.of({"vehicle", "booking", "invoice", "not a key"});
  c.details.label = {draw.of({"AB-123-CD", "AB-777-ZZ", "B-0001", ""})};
  if (draw.one_in(3)) c.details.url = draw.url();
  if (draw.one_in(3)) c.details.summary = {{"colour", {draw.of({"red", "blue"})}}};
  if (draw.one_in(3)) c.details.external_id = draw.external_id();
}
inline void fill(ChangeContext& c, Aim& aim) {
  Draw& draw = aim.draw;
  if (!draw.one_in(3)) c.label = draw.of({"AB-123-CD", "AB-888-ZZ", ""});
  c.url = draw.maybe(3, [&] { return draw.url(); });
  if (draw.one_in(3)) c.summary = std::vector<Detail>{{draw.of({"colour", ""}), {"green"}}};
}
inline std::vector<std::string> columns(Draw& draw) {
  const std::vector<std::vector<std::string>> some = {
      {}, {"number", "title"}, {"number", "status", "needs_look"}, {"number", "number"}, {"shoe_size"}};
  return draw.of(some);
}
inline std::string list_query(Draw& draw) {
  return draw.of({"view=open", "view=closed&sort=-priority", "", "nonsense"});
}
inline void fill(CreateSavedView& c, Aim& aim) {
  c.details.title = name(aim);
  c.details.query = list_query(aim.draw);
  c.details.columns = columns(aim.draw);
  if (aim.draw.one_in(2)) c.details.owner = aim.agent();
}
inline void fill(ChangeSavedView& c, Aim& aim) {
  c.title = aim.draw.maybe(2, [&] { return name(aim); });
  c.query = aim.draw.maybe(3, [&] { return list_query(aim.draw); });
  c.columns = aim.draw.maybe(3, [&] { return columns(aim.draw); });
}
inline void fill(CreateContract& c, Aim& aim) {
  c.details.title = name(aim);
  const Party party = aim.party();
  c.details.contact = party.contact;
  c.details.organisation = party.organisation;
  if (aim.draw.one_in(4)) c.details.external_id = aim.draw.external_id();
}
inline void fill(ChangeContract& c, Aim& aim) { c.title = name(aim); }
inline void fill(CreditPoints& c, Aim& aim) {
  c.points = aim.draw.of({5U, 1U, 50U, 0U, 2'000'000U});
  c.reason = rarely_reason(aim);
}

}  // namespace greffe::random_desk
