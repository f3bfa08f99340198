#include "tests/commands_relations_office.h"

using namespace greffe;
using namespace greffe::relations_desk;

namespace {

TicketId with_messages(Desk& desk, int count) {
  OpenTicket wanted;
  wanted.party.contact = paul;
  wanted.priority = "critical";
  wanted.team = network;
  const auto ticket = desk.open(wanted);
  for (int i = 0; i < count; ++i) {
    PostMessage message;
    message.body = "And another thing";
    desk.accept(ticket, message);
  }
  return ticket;
}

}  // namespace

TEST_CASE("a message split off starts a ticket of its own and is shown in both") {
  Desk desk;
  const auto from = with_messages(desk, 2);
  const auto steps = desk.accept(from, SplitMessage{2, "The scanner"});
  const TicketId made{steps.front().stream.id};
  const auto texts = told(steps);
  REQUIRE(texts.size() >= 5);
  CHECK(Told(texts.begin(), texts.begin() + 5) == Told{on(made, "TicketOpened"), on(made, "MessageReferenced"),
                                                       on(made, "TicketsLinked"), on(from, "MessageSplitOff"),
                                                       on(from, "TicketsLinked")});
  const auto opened = the<TicketOpened>(steps);
  CHECK(opened.title.text == "The scanner");
  CHECK(opened.kind == TicketKind::external);
  CHECK(opened.party == desk[from].party);
  CHECK(opened.team == network);
  CHECK(opened.priority.key == "critical");
  CHECK(opened.status.key == desk.settings.statuses.on_open);
  CHECK(opened.number != desk.number(from));
  const auto referenced = the<MessageReferenced>(steps);
  CHECK(referenced.from == from);
  CHECK(referenced.from_number == desk.number(from));
  CHECK(referenced.message == 2);
  const auto split = the<MessageSplitOff>(steps);
  CHECK(split.into == made);
  CHECK(split.into_number == opened.number);
  CHECK(split.message == 2);
  CHECK(desk[made].links == std::vector<TicketLink>{{LinkType::split_from, false, from}});
  CHECK(desk[from].links == std::vector<TicketLink>{{LinkType::split_from, true, made}});
  CHECK(desk[made].counts.messages == 0);
}

TEST_CASE("only a message that the ticket has can be split off") {
  Desk desk;
  const auto from = with_messages(desk, 1);
  desk.refused(from, SplitMessage{0, "Part"}, "message", FieldCode::not_found);
  desk.refused(from, SplitMessage{2, "Part"}, "message", FieldCode::not_found);
  desk.accept(from, SplitMessage{1, "Part"});
}

TEST_CASE("what is split off needs a title") {
  Desk desk;
  const auto from = with_messages(desk, 1);
  desk.refused(from, SplitMessage{1, " "}, "title", FieldCode::required);
}
