#include <rapidcheck.h>

#include "commands/receipt.h"
#include "tests/commands_office.h"

using namespace greffe;

TEST_CASE("a repeated command gets the first answer and appends nothing, also after a restart") {
  Office office;
  const auto anne = office.agent("Anne");
  OpenTicket open;
  open.title = "Printer";
  open.assignee = anne;
  const auto r = with_id(request(TicketCommand(open)), "k-1");
  const auto first = office.accept(r);
  CHECK_FALSE(first.repeated);
  office.accept(request(TicketCommand(RenameTicket{"Fax"}), first.stream.id));
  const Position tail = office.log->tail();
  for (const bool restart : {false, true}) {
    if (restart) office.restart();
    const auto again = office.accept(r);
    CHECK(again.repeated);
    CHECK(again.stream == first.stream);
    CHECK(again.number == first.number);
    CHECK(again.version == first.version);
    CHECK(again.position == first.position);
    REQUIRE(again.events.size() == 2);
    CHECK(again.events[1].type == "TicketAssigned");
    CHECK(again.events[1].position == first.events[1].position);
    CHECK(office.log->tail() == tail);
  }
}

TEST_CASE("a command id with another request is refused") {
  Office office;
  office.accept(with_id(request(open_ticket()), "k-1", 1));
  CHECK(office.refusal(with_id(request(open_ticket("Fax")), "k-1", 2)) == RejectionCode::command_id_reused);
  CHECK(office.log->tail() == Position{1});
}

TEST_CASE("a command that changed nothing has a receipt too, a refused one has none") {
  Office office;
  const auto id = office.ticket();
  const auto same = with_id(request(TicketCommand(RenameTicket{"Printer"}), id), "k-1");
  CHECK_FALSE(office.accept(same).repeated);
  CHECK(office.accept(same).repeated);
  CHECK(office.accept(same).version == Version{1});
  CHECK(office.refusal(with_id(request(TicketCommand(RenameTicket{""}), id), "k-2", 1)) ==
        RejectionCode::invalid_fields);
  CHECK_FALSE(office.accept(with_id(request(TicketCommand(RenameTicket{"Fax"}), id), "k-2", 2)).repeated);
}

TEST_CASE("command ids have at most 255 bytes") {
  Office office;
  office.accept(with_id(request(open_ticket()), std::string(255, 'k')));
  CHECK(office.refusal(with_id(request(open_ticket()), std::string(256, 'k'))) == RejectionCode::invalid_fields);
}

TEST_CASE("a repeat inside the same group is answered as one, after the first is durable") {
  Office office;
  office.troubled.shut();
  std::atomic<int> first_time = 0, repeated = 0;
  const auto count = [&](const Decision<Accepted>& d) { (d && d->repeated ? repeated : first_time) += 1; };
  office.writer->submit(request(open_ticket()), count);
  office.troubled.await_append();
  for (int i = 0; i < 5; ++i) office.writer->submit(with_id(request(open_ticket()), "k-1"), count);
  CHECK(first_time + repeated == 0);
  office.troubled.open();
  office.writer->stop();
  CHECK(first_time == 2);
  CHECK(repeated == 4);
  CHECK(office.log->tail() == Position{2});
}

TEST_CASE("a receipt reads back as it was written, and cut or foreign bytes are no receipt") {
  CHECK(
      rc::check("receipts", [](RequestDigest digest, std::uint64_t id, std::uint32_t version, std::uint64_t position) {
        Accepted answer;
        answer.stream = {StreamKind::team, id};
        answer.number = "25022810000";
        answer.version = {version};
        answer.position = {position};
        answer.events = {{"TicketOpened", {position}}, {"SlaTargetsDefined", {id}}};
        const auto bytes = encode_receipt(digest, answer);
        const auto receipt = decode_receipt(bytes);
        RC_ASSERT(receipt.has_value());
        RC_ASSERT(receipt->digest == digest);
        RC_ASSERT(receipt->answer.stream == answer.stream);
        RC_ASSERT(receipt->answer.number == answer.number);
        RC_ASSERT(receipt->answer.version == answer.version);
        RC_ASSERT(receipt->answer.position == answer.position);
        RC_ASSERT(receipt->answer.events.size() == 2u);
        RC_ASSERT(receipt->answer.events[1].type == "SlaTargetsDefined");
        RC_ASSERT(receipt->answer.events[1].position == Position{id});
        for (std::size_t size = 0; size < bytes.size(); ++size) RC_ASSERT(!decode_receipt(bytes.substr(0, size)));
        RC_ASSERT(!decode_receipt(bytes + "x"));
        RC_ASSERT(!decode_receipt("\x02" + bytes.substr(1)));
        RC_ASSERT(!decode_receipt("\x03" + bytes.substr(1)));
      }));
}

TEST_CASE("a receipt of every kind of stream reads back, of others none does") {
  int kinds = 0;
  for (int kind = 0; kind <= 255; ++kind) {
    CAPTURE(kind);
    Accepted answer;
    answer.stream = {static_cast<StreamKind>(kind), 7};
    answer.version = {1};
    answer.position = {7};
    const auto receipt = decode_receipt(encode_receipt({}, answer));
    const bool known = kind >= static_cast<int>(StreamKind::ticket) && kind <= static_cast<int>(last_stream_kind);
    REQUIRE(receipt.has_value() == known);
    if (!known) continue;
    ++kinds;
    CHECK(receipt->answer.stream == answer.stream);
  }
  // One kind for each aggregate that has commands, and the settings.
  CHECK(kinds == static_cast<int>(std::variant_size_v<AnyCommand>));
}

TEST_CASE("a receipt keeps which sub-tickets were left open, and one without any is as it always was") {
  Accepted answer;
  answer.stream = {StreamKind::ticket, 3};
  answer.number = "2502280001";
  answer.events = {{"TicketClosed", {9}}};
  const auto plain = encode_receipt({}, answer);
  CHECK(plain.front() == '\x01');
  answer.left_open = {"2502280002", "INT-7"};
  const auto bytes = encode_receipt({}, answer);
  CHECK(bytes.front() == '\x02');
  CHECK(bytes.substr(1, plain.size() - 1) == plain.substr(1));
  const auto receipt = decode_receipt(bytes);
  REQUIRE(receipt);
  CHECK(receipt->answer.left_open == answer.left_open);
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(decode_receipt(bytes.substr(0, size)));
  CHECK_FALSE(decode_receipt(bytes + "x"));
}

TEST_CASE("a repeated command of every catalogue entry, and of the settings, gets its first answer") {
  Office office;
  const auto again = [&](const AnyCommand& command) {
    const auto r = with_id(request(command), "k-" + std::to_string(office.log->tail().value));
    const auto first = office.accept(r);
    for (const bool restart : {false, true}) {
      if (restart) office.restart();
      const auto repeat = office.accept(r);
      CHECK(repeat.repeated);
      CHECK(repeat.stream == first.stream);
      CHECK(repeat.position == first.position);
    }
  };
  again(ContactCommand(CreateContact{{{"Paul"}}}));
  again(OrganisationCommand(CreateOrganisation{{{"Acme"}}}));
  again(AgentCommand(CreateAgent{{{"Anne"}, {}, true, {}}}));
  again(TeamCommand(CreateTeam{{"Network", {}, {}}}));
  again(CannedReplyCommand(CreateCannedReply{{"Thanks", "fr", "Merci", Visibility::everyone}}));
  TextTemplateDetails letter;
  letter.title = "Letter";
  letter.language = "fr";
  letter.body = "x";
  again(TextTemplateCommand(CreateTextTemplate{letter}));
  again(ContextCommand(CreateContext{{"vehicle", {"AB-123-CD"}, {}, {}, {}}}));
  again(SavedViewCommand(CreateSavedView{{"Urgent", {}, "view=open", {}}}));
  again(ContractCommand(CreateContract{{"Gold", ContactId{1}, {}, {}}}));
  Settings settings = default_settings();
  settings.handling.deletion = Deletion::tombstone;
  again(ReplaceSettings{area_event(settings, SettingsArea::handling)});
  CHECK(office.failures.empty());
}
