// The fold of a ticket, and its past.
#include <catch2/catch.hpp>

#include "projections/as_of.h"
#include "projections/view_failure.h"
#include "tests/projections_history.h"

namespace greffe {
namespace {

using namespace projections_test;

// The fold of all of a history's ticket events, which must be of one ticket.
TicketRow fold(const History& history) {
  TicketRow row;
  for (const Record& record : history.records()) {
    fold_ticket(row, record.envelope, std::get<TicketEvent>(record.event));
  }
  return row;
}

const AgentId anne{101}, bob{102};
const TeamId support{401}, network{402};

}  // namespace

TEST_CASE("a ticket's row begins with what it was opened with") {
  History history;
  TicketOpened opened;
  opened.number = "2503030001";
  opened.kind = TicketKind::internal;
  opened.channel = Channel::portal;
  opened.origin = "call";
  opened.title = {"No network"};
  opened.description = {"Since this morning"};
  opened.status = fresh;
  opened.priority = urgent;
  opened.classification = {{"Incident", "Network"}, "incident", "hardware"};
  opened.party = {ContactId{201}, OrganisationId{301}};
  opened.team = support;
  opened.external_id = "EXT-1";
  const auto id = history.open(opened, {agent(anne), minute * 5, contact(ContactId{201}), true});
  const TicketRow row = fold(history);
  CHECK(row.id == id);
  CHECK(row.number == "2503030001");
  CHECK(row.kind == TicketKind::internal);
  CHECK(row.channel == Channel::portal);
  CHECK(row.origin == "call");
  CHECK(row.title == opened.title);
  CHECK(row.description == opened.description);
  CHECK(row.status == fresh);
  CHECK(row.priority == urgent);
  CHECK(row.classification == opened.classification);
  CHECK(row.party == opened.party);
  CHECK(row.team == support);
  CHECK_FALSE(row.assignee);
  CHECK(row.external_id == "EXT-1");
  CHECK(row.creator == contact(ContactId{201}));
  CHECK(row.opened_at == nine + minute * 5);
  CHECK(row.updated_at == row.opened_at);
  CHECK(row.version == Version{1});
  CHECK(row.position == Position{1});
  CHECK(row.imported);
}

TEST_CASE("changes of fields and of who has it change the row as they say") {
  History history;
  const auto id = history.open();
  SECTION("texts") {
    history.on(id, TitleChanged{{}, {"New title"}});
    history.on(id, DescriptionChanged{{"New text"}});
    CHECK(fold(history).title.text == "New title");
    CHECK(fold(history).description.text == "New text");
  }
  SECTION("assignment") {
    history.on(id, TicketAssigned{{}, anne, AssignCause::claimed});
    CHECK(fold(history).assignee == anne);
    history.on(id, TicketAssigned{anne, bob, AssignCause::taken_over});
    CHECK(fold(history).assignee == bob);
    history.on(id, TicketUnassigned{bob});
    CHECK_FALSE(fold(history).assignee);
  }
  SECTION("every change of team after the opening is a reassignment, out of a team too") {
    history.on(id, TicketMovedToTeam{{}, support});
    CHECK(fold(history).team == support);
    CHECK(fold(history).reassignment_count == 1);
    history.on(id, TicketMovedToTeam{support, network});
    history.on(id, TicketMovedToTeam{network, {}});
    CHECK_FALSE(fold(history).team);
    CHECK(fold(history).reassignment_count == 3);
  }
  SECTION("status, priority, class, contact") {
    history.on(id, StatusChanged{fresh, working});
    history.on(id, PriorityChanged{normal, low});
    history.on(id, TicketClassified{{}, {{"Request"}, "access", ""}});
    history.on(id, ContactLinked{{}, {ContactId{7}, {}}});
    const auto row = fold(history);
    CHECK(row.status == working);
    CHECK(row.priority == low);
    CHECK(row.classification == Classification{{"Request"}, "access", ""});
    CHECK(row.party == Party{ContactId{7}, {}});
  }
  SECTION("what a ticket is opened with may change") {
    history.on(id, OriginChanged{"", "letter"});
    history.on(id, ParticularsChanged{{}, {{"order 4711"}}});
    history.on(id, DueDateChanged{{}, nine});
    history.on(id, EstimatedResolutionChanged{{}, nine + minute});
    history.on(id, NotifyChoiceChanged{true, true});
    auto row = fold(history);
    CHECK(row.origin == "letter");
    CHECK(row.particulars.client_reference.text == "order 4711");
    CHECK(row.due_at == nine);
    CHECK(row.estimated_resolution_at == nine + minute);
    CHECK((row.notify_client && row.notify_assignee));
    history.on(id, DueDateChanged{nine, {}});
    CHECK_FALSE(fold(history).due_at);
  }
}

TEST_CASE("messages and closings are counted and kept") {
  History history;
  const auto id = history.open();
  SECTION("messages are counted, whoever may read them") {
    history.on(id, MessagePosted{Visibility::everyone, {"a"}});
    history.on(id, MessagePosted{Visibility::internal, {"b"}});
    CHECK(fold(history).message_count == 2);
  }
  SECTION("closing twice keeps the first instant and the last") {
    history.on(id, TicketClosed{fresh, done, {}}, {{}, minute * 10});
    history.on(id, TicketReopened{done, working, ReopenCause::reopened, {}, 1}, {{}, minute * 20});
    CHECK(fold(history).status == working);
    CHECK(fold(history).reopen_count == 1);
    history.on(id, TicketClosed{working, done, {}}, {{}, minute * 30});
    CHECK(fold(history).first_closed_at == nine + minute * 10);
    CHECK(fold(history).last_closed_at == nine + minute * 30);
  }
  SECTION("reading and looking") {
    history.on(id, LookRequested{LookReason::open_todos});
    CHECK((fold(history).needs_look && !fold(history).read));
    history.on(id, TicketRead{});
    history.on(id, LookDone{});
    CHECK((!fold(history).needs_look && fold(history).read));
  }
}

TEST_CASE("people, to-dos, documents and contexts are counted in the row") {
  History history;
  const auto id = history.open();
  SECTION("agents in copy, each once; contacts and addresses are not agents") {
    history.on(id, WatcherAdded{WatcherKind::copy, {anne, {}, {}}});
    history.on(id, WatcherAdded{WatcherKind::copy, {anne, {}, {}}});
    history.on(id, WatcherAdded{WatcherKind::copy, {{}, ContactId{9}, {}}});
    history.on(id, WatcherAdded{WatcherKind::email, {bob, {}, {}}});
    CHECK(fold(history).copies == std::vector{anne});
    history.on(id, WatcherRemoved{WatcherKind::email, {anne, {}, {}}});
    CHECK(fold(history).copies == std::vector{anne});
    history.on(id, WatcherRemoved{WatcherKind::copy, {anne, {}, {}}});
    CHECK(fold(history).copies.empty());
  }
  SECTION("to-dos are counted, done ones apart, dropped ones no more") {
    for (const std::uint32_t todo : {1u, 2u, 3u}) history.on(id, TodoAdded{{todo, {"x"}, {}, {}}});
    history.on(id, TodoCompleted{1});
    history.on(id, TodoCompleted{1});
    history.on(id, TodoCompleted{2});
    CHECK(fold(history).todo_count == 3);
    CHECK(fold(history).open_todo_count == 1);
    history.on(id, TodoDropped{1});
    history.on(id, TodoReopened{2});
    CHECK(fold(history).todo_count == 2);
    CHECK(fold(history).open_todo_count == 2);
    history.on(id, TodoDropped{3});
    CHECK(fold(history).todo_count == 1);
    CHECK(fold(history).open_todo_count == 1);
  }
  SECTION("documents and sub-tickets are counted") {
    history.on(id, DocumentAttached{{1}});
    history.on(id, DocumentAttached{{2}});
    history.on(id, DocumentRemoved{1, {}});
    history.on(id, SubTicketAdded{TicketId{8}, "8", ParentCause::opened});
    history.on(id, SubTicketAdded{TicketId{9}, "9", ParentCause::attached});
    history.on(id, SubTicketRemoved{TicketId{9}, "9", ParentCause::detached});
    history.on(id, ParentChanged{{}, "", TicketId{7}, "7", ParentCause::attached});
    CHECK(fold(history).document_count == 1);
    CHECK(fold(history).child_count == 1);
    CHECK(fold(history).parent == TicketId{7});
  }
  SECTION("a context type is there as long as one context of it is") {
    const ContextAt car{1, "vehicle", {}, {"AB-123-CD"}, {}, {}}, van{2, "vehicle", {}, {"EF"}, {}, {}};
    history.on(id, ContextLinked{car});
    history.on(id, ContextLinked{van});
    history.on(id, ContextLinked{{3, "invoice", {}, {"F1"}, {}, {}}});
    CHECK(fold(history).context_types == std::vector<std::string>{"invoice", "vehicle"});
    history.on(id, ContextUnlinked{car});
    CHECK(fold(history).context_types == std::vector<std::string>{"invoice", "vehicle"});
    history.on(id, ContextUnlinked{van});
    CHECK(fold(history).context_types == std::vector<std::string>{"invoice"});
  }
}

TEST_CASE("merging and deleting change the row, and what gives the ticket back does too") {
  History history;
  const auto id = history.open();
  SECTION("a merged ticket is nobody's until it is unmerged") {
    history.on(id, TicketAssigned{{}, anne, AssignCause::claimed});
    history.on(id, TicketMergedInto{TicketId{5}, "5", fresh, merged, anne, {}});
    CHECK(fold(history).status == merged);
    CHECK(fold(history).merged_into == TicketId{5});
    CHECK_FALSE(fold(history).assignee);
    history.on(id, TicketUnmerged{TicketId{5}, "5", merged, fresh, anne, {}});
    CHECK(fold(history).status == fresh);
    CHECK_FALSE(fold(history).merged_into);
    CHECK(fold(history).assignee == anne);
  }
  SECTION("a deleted ticket comes back as it was") {
    history.on(id, TicketDeleted{fresh, deleted, {}});
    CHECK(fold(history).status == deleted);
    history.on(id, TicketRestored{deleted, fresh, {}});
    CHECK(fold(history).status == fresh);
  }
}

TEST_CASE("a late entry does not make a ticket look older than it is") {
  History history;
  const auto id = history.open({}, {{}, minute * 1});
  history.on(id, MessagePosted{}, {{}, minute * 30});
  history.on(id, MessagePosted{}, {{}, minute * 20});
  CHECK(fold(history).updated_at == nine + minute * 30);
  CHECK(fold(history).version == Version{3});
}

TEST_CASE("a ticket's past is the fold of what had happened by then") {
  History history;
  const auto id = history.open({}, {{}, minute * 10});
  history.on(id, TitleChanged{{}, {"one"}}, {{}, minute * 20});
  history.on(id, TitleChanged{{}, {"two"}}, {{}, minute * 40});
  history.on(id, MessagePosted{}, {{}, minute * 30});  // recorded after the second title
  struct Row {
    int minutes;
    const char* title;
    std::uint32_t messages;
  };
  CHECK_FALSE(ticket_as_of(history.log(), id, nine + minute * 10 - std::chrono::microseconds(1)));
  for (const Row& expected :
       {Row{10, "", 0}, Row{20, "one", 0}, Row{29, "one", 0}, Row{30, "one", 1}, Row{40, "two", 1}}) {
    const auto row = ticket_as_of(history.log(), id, nine + minute * expected.minutes);
    REQUIRE(row);
    CAPTURE(expected.minutes);
    CHECK(row->title.text == expected.title);
    CHECK(row->message_count == expected.messages);
  }
  CHECK_FALSE(ticket_as_of(history.log(), TicketId{99}, nine + minute * 100));
}

TEST_CASE("people are as they were then, and as first entered where they were entered later") {
  History history;
  const StreamId stream{StreamKind::contact, 0};
  ContactDetails details;
  details.display_name = {"Roy"};
  const ContactId id{history.add(stream, ContactEvent(ContactCreated{details}), {{}, minute * 10}).value};
  details.display_name = {"Martin"};
  history.add(stream_of(id), ContactEvent(ContactChanged{details}), {{}, minute * 20});
  history.add(stream_of(id), ContactEvent(ContactDeactivated{}), {{}, minute * 30});
  const auto at = [&](int minutes) { return entry_as_of(history.log(), id, nine + minute * minutes).value(); };
  CHECK(at(5).details.display_name.text == "Roy");
  CHECK(at(19).details.display_name.text == "Roy");
  CHECK(at(20).details.display_name.text == "Martin");
  CHECK(at(29).active);
  CHECK_FALSE(at(30).active);
  CHECK(at(30).version == Version{3});
  CHECK_FALSE(entry_as_of(history.log(), ContactId{99}, nine));
  CHECK_FALSE(entry_as_of(history.log(), AgentId{id.value}, nine));
}

TEST_CASE("the past of a damaged ticket is refused, not guessed") {
  History history;
  const auto id = history.open();
  history.append_bytes({stream_of(id), Version{2}, "no record"});
  CHECK_THROWS_AS(ticket_as_of(history.log(), id, nine + minute * 100), ViewsUnreadable);
}

}  // namespace greffe
