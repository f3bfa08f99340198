#include <catch2/catch.hpp>

#include <sstream>

#include "events/codec.h"
#include "http/import/importer.h"
#include "storage/memory_log.h"
#include "tools/serve/import_route.h"

using namespace greffe;

namespace {

struct Desk {
  SystemClock clock;
  std::unique_ptr<Log> log = open_memory_log();
  std::unique_ptr<Writer> writer =
      std::move(*Writer::start(*log, clock, {}, [](const LogFailure& failure) { FAIL(failure.detail); }));
  std::vector<std::pair<std::uint64_t, LineAnswer>> answers;

  ImportReport import(const std::string& text, bool strict = false) {
    std::istringstream lines(text);
    Importer importer(*writer);
    answers.clear();
    return import_lines(importer, lines, {strict},
                        [&](std::uint64_t number, const LineAnswer& answer) { answers.emplace_back(number, answer); });
  }

  // The first record of the ticket with that external id.
  Record opening_of(const std::string& external_id) const {
    const auto id = writer->find_external(StreamKind::ticket, external_id);
    REQUIRE(id);
    REQUIRE(*id);
    const auto reader = log->read_stream({StreamKind::ticket, **id}, Version{1});
    REQUIRE(reader->next());
    const auto opened = decode(reader->bytes());
    REQUIRE(opened);
    return *opened;
  }
};

const std::string history =
    R"({"command":"create-agent","agent":"A-1","display_name":"Anne","assignable":true}
{"command":"create-contact","contact":"C-7","display_name":"Jeanne Martin"}
{"at":"2016-02-29T01:16:00Z","actor":"contact/C-7","command":"open","ticket":"EXT-1","title":"Deaf","contact":"C-7"}

{"at":"2016-02-29T01:20:00Z","actor":"agent/A-1","command":"claim","ticket":"EXT-1"}
{"at":"2016-02-29T01:30:00Z","actor":"agent/A-1","command":"post-message","ticket":"EXT-1","body":"Line reset."}
{"at":"2016-02-29T01:30:00Z","actor":"agent/A-1","command":"post-message","ticket":"EXT-1","body":"Line reset."}
{"at":"2016-02-29T08:53:00Z","actor":"agent/A-1","command":"close","ticket":"EXT-1"}
)";

}  // namespace

TEST_CASE("an import keeps original times and foreign ids, and marks its events as imported") {
  Desk desk;
  const auto report = desk.import(history);
  CHECK(report.lines == 7);
  CHECK(report.appended == 7);
  CHECK(report.failed == 0);
  const auto opened = desk.opening_of("EXT-1");
  CHECK(opened.envelope.occurred_at == parse_rfc3339("2016-02-29T01:16:00Z"));
  CHECK(opened.envelope.imported);
  CHECK(opened.envelope.actor.kind == ActorKind::importer);
  CHECK(doer(opened.envelope).kind == ActorKind::contact);
  const auto& event = std::get<TicketOpened>(std::get<TicketEvent>(opened.event));
  CHECK(event.number == "1602290001");
  CHECK(event.channel == Channel::imported);
  CHECK(event.external_id == "EXT-1");
}

TEST_CASE("the events of an import name the agent who imported beside whom the lines name") {
  Desk desk;
  HttpRequest request;
  request.body = history;
  HttpResponse response;
  import_route (*desk.writer)(request, {{ActorKind::administrator, 0}, Actor{ActorKind::agent, 7}}, response);
  REQUIRE(response.status == 200);
  const auto opened = desk.opening_of("EXT-1");
  CHECK(opened.envelope.actor == Actor{ActorKind::importer, 7});
  CHECK(doer(opened.envelope).kind == ActorKind::contact);
}

TEST_CASE("importing the same lines again changes nothing, but equal lines in one import all count") {
  Desk desk;
  desk.import(history);
  const Position tail = desk.log->tail();
  const auto again = desk.import(history);
  CHECK(again.unchanged == 7);
  CHECK(again.events == 0);
  CHECK(desk.log->tail() == tail);
  const auto more = desk.import(history + R"({"command":"reopen","ticket":"EXT-1","at":"2016-03-01T00:00:00Z"})");
  CHECK(more.events == 1);
}

TEST_CASE("a bad line is reported by its number and skipped; the rest goes on") {
  const struct {
    std::string line;
    std::string why;
    std::vector<FieldFault> fields;
  } rows[] = {
      {"not json", "malformed_json", {}},
      {"[1]", "malformed_json", {}},
      {R"({"command":"explode","ticket":"EXT-1"})", "invalid_fields", {{"command", FieldCode::not_one_of}}},
      {R"({"ticket":"EXT-1"})", "invalid_fields", {{"command", FieldCode::required}}},
      {R"({"command":"close"})", "invalid_fields", {{"ticket", FieldCode::required}}},
      {R"({"command":"close","ticket":7})", "invalid_fields", {{"ticket", FieldCode::wrong_type}}},
      {R"({"command":"close","ticket":"EXT-9"})", "invalid_fields", {{"ticket", FieldCode::not_found}}},
      {R"({"command":"close","ticket":"EXT-1","at":"2016-02-30T00:00:00Z"})",
       "invalid_fields",
       {{"at", FieldCode::malformed}}},
      {R"({"command":"close","ticket":"EXT-1","actor":"agent/A-9"})",
       "invalid_fields",
       {{"actor", FieldCode::not_found}}},
      {R"({"command":"close","ticket":"EXT-1","actor":"team/A-1"})",
       "invalid_fields",
       {{"actor", FieldCode::malformed}}},
      {R"({"command":"assign","ticket":"EXT-1","assignee":"A-9"})",
       "invalid_fields",
       {{"assignee", FieldCode::not_found}}},
      {R"({"command":"close","ticket":"EXT-1","colour":"red"})",
       "invalid_fields",
       {{"colour", FieldCode::unknown_field}}},
  };
  Desk desk;
  desk.import(history);
  for (const auto& row : rows) {
    CAPTURE(row.line);
    const auto report =
        desk.import("\n" + row.line + "\n" + R"({"command":"create-team","team":"T-1","display_name":"T"})");
    CHECK(report.failed == 1);
    CHECK(report.lines == 2);
    REQUIRE(desk.answers.size() == 2);
    CHECK(desk.answers[0].first == 2);
    CHECK(desk.answers[0].second.why.starts_with(row.why));
    if (!row.fields.empty()) {
      REQUIRE_FALSE(desk.answers[0].second.fields.empty());
      CHECK(desk.answers[0].second.fields.front() == row.fields.front());
    }
    CHECK(desk.answers[1].second.outcome != LineOutcome::failed);
  }
}

TEST_CASE("no line writes into a ticket that was opened here and happens to have the id") {
  Desk desk;
  OpenTicket here;
  here.title = "Ours";
  here.external_id = "EXT-1";
  CommandRequest request;
  request.actor = {ActorKind::administrator, 0};
  request.command_id = "here";
  request.command = TicketCommand{here};
  REQUIRE(desk.writer->submit(request));
  const auto report = desk.import(history);
  CHECK(report.appended == 2);
  CHECK(report.failed == 5);
  CHECK(desk.answers.back().second.why.starts_with("external_id_taken"));
  CHECK_FALSE(desk.opening_of("EXT-1").envelope.imported);
  CHECK(desk.log->tail() == Position{3});
}

TEST_CASE("a line that tells of a time before the opening of its ticket is bad; between others it may be late") {
  Desk desk;
  desk.import(history + R"({"at":"2016-03-01T00:00:00Z","command":"open","ticket":"EXT-2","title":"Deaf again"})");
  const std::string opening = "2016-02-29T01:16:00Z", earlier = "2016-02-29T01:15:59.999Z";
  const auto at = [](const std::string& time, const std::string& rest) {
    return R"({"at":")" + time + R"(",)" + rest + "}";
  };
  const std::string message = R"("command":"post-message","ticket":"EXT-1","body":"Late.")";
  SECTION("before its opening") {
    const Position tail = desk.log->tail();
    const auto report = desk.import(at(earlier, message) + "\n" + at(opening, message));
    CHECK(report.failed == 1);
    CHECK(report.appended == 1);
    REQUIRE(desk.answers.size() == 2);
    CHECK(desk.answers[0].second.why == "invalid_fields: Nothing happens to a ticket before its opening.");
    CHECK(desk.answers[0].second.fields == std::vector<FieldFault>{{"at", FieldCode::out_of_range}});
    CHECK(desk.log->tail() == next(tail));
  }
  SECTION("between what it did already") { CHECK(desk.import(at("2016-02-29T01:17:00Z", message)).appended == 1); }
  SECTION("before the opening of another ticket that the line is about") {
    const std::string link = R"("command":"link-ticket","ticket":"EXT-1","type":"relates_to","other":"EXT-2")";
    CHECK(desk.import(at("2016-02-29T23:59:59Z", link)).failed == 1);
    CHECK(desk.answers[0].second.fields == std::vector<FieldFault>{{"at", FieldCode::out_of_range}});
    CHECK(desk.import(at("2016-03-01T00:00:00Z", link)).appended == 1);
  }
}

TEST_CASE("a strict import stops at the first bad line") {
  Desk desk;
  const auto report = desk.import("not json\n" + history, true);
  CHECK(report.stopped);
  CHECK(report.lines == 1);
  CHECK(desk.log->tail() == Position{0});
}

TEST_CASE("a line longer than the bound is refused without being read") {
  Desk desk;
  Importer importer(*desk.writer);
  const auto answer = importer.apply(std::string(import_line_bytes_max + 1, ' '), "long");
  CHECK(answer.outcome == LineOutcome::failed);
  CHECK(answer.why.starts_with("line_too_long"));
}
