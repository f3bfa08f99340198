// What random commands aim at: the few entries that a desk has, and neighbours that it has not.
#pragma once

#include <algorithm>

#include "tests/tools_random_draw.h"
#include "tests/tools_random_history.h"

namespace greffe::random_desk {

struct Aim {
  Draw& draw;
  const Folded& folded;
  std::uint64_t target = 0;  // what the command is asked of

  // Of the first few and the newest two, so that commands meet; now and then of none, or of
  // another kind.
  std::uint64_t id(StreamKind kind) {
    const auto& ids = folded.ids(kind);
    const auto place = draw.below(16);
    if (place == 15 || ids.empty()) return draw.of({std::uint64_t{999'999}, std::uint64_t{0}, std::uint64_t{1}});
    if (place >= 12) return ids[ids.size() - 1 - std::min<std::size_t>(place - 12, 1) % ids.size()];
    return ids[place % std::min<std::size_t>(ids.size(), 6)];
  }
  AgentId agent() { return {id(StreamKind::agent)}; }
  TeamId team() { return {id(StreamKind::team)}; }
  ContactId contact() { return {id(StreamKind::contact)}; }
  OrganisationId organisation() { return {id(StreamKind::organisation)}; }
  ContextId context() { return {id(StreamKind::context)}; }
  ContractId contract() { return {id(StreamKind::contract)}; }
  CannedReplyId canned_reply() { return {id(StreamKind::canned_reply)}; }
  TemplateId text_template() { return {id(StreamKind::text_template)}; }

  // A ticket's number, of one that is not there, or nothing.
  std::string number() {
    const auto& state = folded.ticket({id(StreamKind::ticket)});
    if (!state.number.empty()) return state.number;
    return draw.of({"404", ""});
  }
  std::string number_of(TicketId ticket) const { return folded.ticket(ticket).number; }
  const TicketState& ticket() const { return folded.ticket({target}); }

  Party party() {
    Party party;
    if (!draw.one_in(3)) party.contact = contact();
    if (draw.one_in(3)) party.organisation = organisation();
    return party;
  }
  Addressee addressee() {
    switch (draw.below(8)) {
      case 0:
      case 1: return {agent(), {}, {}};
      case 2:
      case 3: return {{}, contact(), {}};
      case 7: return {agent(), contact(), {}};
      default: return {{}, {}, {draw.email()}};
    }
  }
  std::vector<Addressee> addressees() {
    std::vector<Addressee> all;
    for (auto left = draw.of({0, 0, 1, 2}); left > 0; --left) all.push_back(addressee());
    return all;
  }
  std::vector<ContactPoint> contact_points() {
    if (!draw.one_in(4)) return {};
    return {{draw.any<ContactPointKind>(), "office", {draw.of({"+33 1 02 03 04 05", "anne@greffe.example", ""})}}};
  }
};

}  // namespace greffe::random_desk
