#include <thread>

#include "tests/commands_office.h"

using namespace greffe;

namespace {

// Answers gathered by number of submission.
struct Answers {
  explicit Answers(std::size_t count) : codes(count) {}
  Writer::Answer at(std::size_t i) {
    return [this, i](const Decision<Accepted>& d) {
      codes[i] = d ? std::string("accepted") : std::string(name_of(d.error().code));
      ++given;
    };
  }
  std::vector<std::string> codes;
  std::atomic<std::size_t> given = 0;
};

}  // namespace

TEST_CASE("after a failed append nothing is acknowledged any more and the program is told once") {
  Office office;
  office.ticket();
  office.troubled.fail_after(0);
  CHECK(office.refusal(request(open_ticket())) == RejectionCode::log_failed);
  office.troubled.fail_after(1000);
  CHECK(office.refusal(request(open_ticket())) == RejectionCode::log_failed);
  office.writer->stop();
  CHECK(office.refusal(request(open_ticket())) == RejectionCode::log_failed);
  REQUIRE(office.failures.size() == 1);
  CHECK(office.failures[0].kind == LogFailure::Kind::io);
  CHECK(office.log->tail() == Position{1});
}

TEST_CASE("commands decided while an append fails are refused with it") {
  Office office;
  office.troubled.shut();
  office.troubled.fail_after(0);
  Answers answers(10);
  office.writer->submit(request(open_ticket()), answers.at(0));
  office.troubled.await_append();
  for (std::size_t i = 1; i < 10; ++i)
    office.writer->submit(request(open_ticket(i % 2 == 0 ? "" : "x")), answers.at(i));
  office.troubled.open();
  office.writer->stop();
  CHECK(answers.codes == std::vector<std::string>(10, "log_failed"));
  CHECK(office.failures.size() == 1);
  CHECK(office.log->tail() == Position{});
}

TEST_CASE("a group before the failed one was acknowledged and stays") {
  const int good = GENERATE(1, 2, 5);
  Office office;
  office.troubled.fail_after(good);
  for (int i = 0; i < good; ++i) office.ticket();
  CHECK(office.refusal(request(open_ticket())) == RejectionCode::log_failed);
  CHECK(office.log->tail().value == static_cast<std::uint64_t>(good));
  office.troubled.fail_after(1000);
  office.restart();
  CHECK(office.accept(request(open_ticket())).number == "250228000" + std::to_string(good + 1));
}

TEST_CASE("a damaged record that a command needs stops the writer and says where it is") {
  Office office;
  const auto id = office.ticket();
  office.writer.reset();
  const std::string what = GENERATE("junk", "another stream's", "another position's");
  std::string bytes = "junk";
  if (what != "junk") {
    Record record = office.record({1});
    record.envelope.version = {2};
    record.envelope.position = {what == "another stream's" ? 2u : 7u};
    if (what == "another stream's") record.envelope.stream_id = 9;
    REQUIRE(encode(record, bytes));
  }
  Record last = office.record({1});
  last.envelope.position = {3};
  last.envelope.stream_id = 3;
  std::string last_bytes;
  REQUIRE(encode(last, last_bytes));
  const LogGroup damage{{{stream_of(TicketId{id}), {2}, bytes}, {stream_of(TicketId{3}), {1}, last_bytes}}, {}};
  REQUIRE(office.log->append({1}, damage));
  office.restart();
  CHECK(office.refusal(request(TicketCommand(RenameTicket{"x"}), id)) == RejectionCode::log_failed);
  office.writer->stop();
  REQUIRE(office.failures.size() == 1);
  CHECK(office.failures[0].kind == LogFailure::Kind::corrupt);
  CHECK(office.failures[0].position == Position{2});
}

TEST_CASE("a failed look-up stops the writer before anything is decided on it") {
  Office office;
  office.ticket();
  office.troubled.fail_reads();
  OpenTicket open;
  open.title = "Printer";
  open.external_id = "EXT-1";
  CHECK(office.refusal(request(TicketCommand(open))) == RejectionCode::log_failed);
  office.writer->stop();
  CHECK(office.failures.size() == 1);
  CHECK(office.log->tail() == Position{1});
}

TEST_CASE("a full queue refuses at once and takes commands again when it has room") {
  WriterOptions options;
  options.queue_max = 4;
  options.group_max = 1;
  Office office(options);
  office.troubled.shut();
  Answers answers(20);
  office.writer->submit(request(open_ticket()), answers.at(0));
  office.troubled.await_append();
  for (std::size_t i = 1; i < 20; ++i) office.writer->submit(request(open_ticket()), answers.at(i));
  // One is at the gate, one may be decided already, four wait.
  CHECK(answers.given >= 14);
  CHECK(office.writer->stats().queued <= 4);
  office.troubled.open();
  while (!office.writer->submit(request(open_ticket()))) std::this_thread::yield();
  office.writer->stop();
  std::size_t accepted = 0;
  for (const auto& code : answers.codes) {
    CHECK((code == "accepted" || code == "queue_full"));
    if (code == "accepted") ++accepted;
  }
  CHECK(accepted >= 5);
  CHECK(accepted <= 6);
  CHECK(office.log->tail().value == accepted + 1);
}

TEST_CASE("stop answers all who wait and refuses who comes after") {
  Office office;
  office.troubled.shut();
  Answers answers(50);
  for (std::size_t i = 0; i < 50; ++i) office.writer->submit(request(open_ticket()), answers.at(i));
  std::thread stopper([&] { office.writer->stop(); });
  office.troubled.await_append();
  office.troubled.open();
  stopper.join();
  CHECK(answers.given == 50);
  CHECK(office.refusal(request(open_ticket())) == RejectionCode::stopping);
  office.writer->stop();
  CHECK(office.log->tail().value ==
        static_cast<std::uint64_t>(std::count(answers.codes.begin(), answers.codes.end(), "accepted")));
  office.check_sound();
}

TEST_CASE("a store whose last record is damaged, or whose zone is unknown here, does not start") {
  Office office;
  office.ticket();
  office.writer.reset();
  SECTION("damaged") {
    REQUIRE(office.log->append({1}, LogGroup{{{stream_of(TicketId{2}), {1}, "junk"}}, {}}));
    const auto started = Writer::start(*office.log, office.clock, {}, {});
    REQUIRE_FALSE(started);
    CHECK(started.error().kind == LogFailure::Kind::corrupt);
    CHECK(started.error().position == Position{2});
  }
  SECTION("zone") {
    Record record;
    record.envelope.position = record.envelope.commit_first = {2};
    record.envelope.stream_kind = StreamKind::settings;
    record.envelope.stream_id = stream_of(SettingsArea::tenant).id;
    record.envelope.version = {1};
    record.event = SettingsEvent(TenantConfigured{"Mars/Olympus", {"fr"}});
    std::string bytes;
    REQUIRE(encode(record, bytes));
    REQUIRE(office.log->append({1}, LogGroup{{{stream_of(SettingsArea::tenant), {1}, bytes}}, {}}));
    const auto started = Writer::start(*office.log, office.clock, {}, {});
    REQUIRE_FALSE(started);
    CHECK(started.error().kind == LogFailure::Kind::not_opened);
  }
}
