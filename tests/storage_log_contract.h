// What every log promises (storage/log.h), as tests. A file that defines a type with
//   Log& log();      the log under test, empty at first
//   void reopen();   closes it and opens it again; nothing to do for a log without a disk
// names it in GREFFE_LOG_UNDER_TEST and includes this file.
#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

#include "tests/storage_groups.h"

namespace greffe {

using namespace std::chrono_literals;
using Strings = std::vector<std::string>;

TEMPLATE_TEST_CASE("entries get the positions 1, 2, 3 in the order of append", "[log]", GREFFE_LOG_UNDER_TEST) {
  TestType t;
  CHECK(t.log().tail() == Position{0});
  CHECK(all_of(t.log()).empty());
  append(t.log(), {{entry(TicketId{1}, 1, "a"), entry(TicketId{2}, 1, "b")}, {}});
  CHECK(t.log().tail() == Position{2});
  append(t.log(), {{entry(TicketId{1}, 2, "c")}, {}});
  CHECK(t.log().tail() == Position{3});
  CHECK(all_of(t.log()) == Strings{"1:a", "2:b", "3:c"});
}

TEMPLATE_TEST_CASE("stored bytes come back as they were, whatever they are", "[log]", GREFFE_LOG_UNDER_TEST) {
  TestType t;
  const Strings texts = {"", std::string("\0\0a\0", 4), std::string(32 * 1024, '\xff'), "é\n"};
  LogGroup group;
  for (std::uint32_t i = 0; i < texts.size(); ++i) group.entries.push_back(entry(TicketId{1}, i + 1, texts[i]));
  append(t.log(), group);
  t.reopen();
  const auto reader = t.log().read(Position{1});
  for (const std::string& text : texts) {
    REQUIRE(reader->next());
    CHECK(reader->bytes() == text);
  }
  CHECK_FALSE(reader->next());
  CHECK_FALSE(reader->next());
}

TEMPLATE_TEST_CASE("reading begins anywhere and ends at the tail", "[log]", GREFFE_LOG_UNDER_TEST) {
  TestType t;
  append(t.log(), {{entry(TicketId{1}, 1, "a"), entry(TicketId{1}, 2, "b"), entry(TicketId{1}, 3, "c")}, {}});
  CHECK(all_of(*t.log().read(Position{0})) == Strings{"1:a", "2:b", "3:c"});
  CHECK(all_of(*t.log().read(Position{2})) == Strings{"2:b", "3:c"});
  CHECK(all_of(*t.log().read(Position{3})) == Strings{"3:c"});
  CHECK(all_of(*t.log().read(Position{4})).empty());
  CHECK(all_of(*t.log().read(Position{1'000'000})).empty());
}

TEMPLATE_TEST_CASE("one entry is read by its position, and none where there is none", "[log]", GREFFE_LOG_UNDER_TEST) {
  TestType t;
  append(t.log(), {{entry(TicketId{1}, 1, "a"), entry(TicketId{1}, 2, "b")}, {}});
  CHECK(t.log().read_one(Position{1}) == std::string("a"));
  CHECK(t.log().read_one(Position{2}) == std::string("b"));
  for (const std::uint64_t nowhere : {0, 3}) {
    const auto none = t.log().read_one(Position{nowhere});
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == LogFailure::Kind::io);
    CHECK(none.error().position == Position{nowhere});
  }
}

TEMPLATE_TEST_CASE("append at another tail than the log's is refused and changes nothing", "[log]",
                   GREFFE_LOG_UNDER_TEST) {
  TestType t;
  append(t.log(), {{entry(TicketId{1}, 1, "a")}, {}});
  const LogGroup late{{entry(TicketId{1}, 2, "b")}, {{IndexSpace::email, "agent/a@b.c", "9"}}};
  for (const std::uint64_t expected : {0, 2, 1000}) {
    const auto refused = t.log().append(Position{expected}, late);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == LogFailure::Kind::wrong_tail);
  }
  CHECK(all_of(t.log()) == Strings{"1:a"});
  CHECK(value_of(t.log(), IndexSpace::email, "agent/a@b.c") == std::nullopt);
  CHECK(all_of(*t.log().read_stream(stream_of(TicketId{1}), Version{1})) == Strings{"1:a"});

  CHECK(t.log().append(Position{1}, late));  // a refusal is not a failure: the log goes on
  CHECK(t.log().tail() == Position{2});
}

TEMPLATE_TEST_CASE("the newest index write wins, in a group and between groups", "[log]", GREFFE_LOG_UNDER_TEST) {
  TestType t;
  append(t.log(), {{}, {{IndexSpace::email, "k", "1"}, {IndexSpace::email, "k", "2"}}});
  CHECK(value_of(t.log(), IndexSpace::email, "k") == std::string("2"));
  append(t.log(), {{}, {{IndexSpace::email, "k", "3"}}});
  CHECK(value_of(t.log(), IndexSpace::email, "k") == std::string("3"));
  append(t.log(), {{}, {{IndexSpace::email, "k", ""}}});
  CHECK(value_of(t.log(), IndexSpace::email, "k") == std::string());
}

TEMPLATE_TEST_CASE("index keys are exact and every space is its own", "[log]", GREFFE_LOG_UNDER_TEST) {
  TestType t;
  const std::string binary("\0\xff", 2);
  append(t.log(), {{}, {{IndexSpace::email, "k", "mail"}, {IndexSpace::number_series, "k", "day"}}});
  append(t.log(), {{}, {{IndexSpace::email, "", "empty"}, {IndexSpace::email, binary, "binary"}}});
  CHECK(value_of(t.log(), IndexSpace::email, "k") == std::string("mail"));
  CHECK(value_of(t.log(), IndexSpace::number_series, "k") == std::string("day"));
  CHECK(value_of(t.log(), IndexSpace::email, "") == std::string("empty"));
  CHECK(value_of(t.log(), IndexSpace::email, binary) == std::string("binary"));
  CHECK(value_of(t.log(), IndexSpace::ticket_number, "k") == std::nullopt);
  CHECK(value_of(t.log(), IndexSpace::email, "k2") == std::nullopt);
  CHECK(value_of(t.log(), IndexSpace::email, "K") == std::nullopt);
}

TEMPLATE_TEST_CASE("a group of index writes alone leaves the tail where it is", "[log]", GREFFE_LOG_UNDER_TEST) {
  TestType t;
  append(t.log(), {{entry(TicketId{1}, 1, "a")}, {}});
  append(t.log(), {{}, {{IndexSpace::command_receipt, "c", "r"}}});
  CHECK(t.log().tail() == Position{1});
  t.reopen();
  CHECK(value_of(t.log(), IndexSpace::command_receipt, "c") == std::string("r"));
  CHECK(all_of(t.log()) == Strings{"1:a"});
}

TEMPLATE_TEST_CASE("a stream shows its own versions in order and no neighbour's", "[log]", GREFFE_LOG_UNDER_TEST) {
  TestType t;
  const StreamId low{StreamKind::ticket, 255}, high{StreamKind::ticket, 256}, other{StreamKind::contact, 255};
  LogGroup group;
  Strings of_low;
  for (std::uint32_t v = 1; v <= 300; ++v) {  // past one byte, where a wrong byte order would show
    for (const StreamId stream : {other, low, high}) group.entries.push_back({stream, Version{v}, std::to_string(v)});
    of_low.push_back(std::to_string(3 * v - 1) + ":" + std::to_string(v));
  }
  append(t.log(), group);
  CHECK(all_of(*t.log().read_stream(low, Version{1})) == of_low);
  CHECK(all_of(*t.log().read_stream(low, Version{0})) == of_low);
  CHECK(all_of(*t.log().read_stream(low, Version{300})) == Strings{"899:300"});
  CHECK(all_of(*t.log().read_stream(low, Version{301})).empty());
  CHECK(all_of(*t.log().read_stream(high, Version{299})) == Strings{"897:299", "900:300"});
  CHECK(all_of(*t.log().read_stream({StreamKind::ticket, 254}, Version{1})).empty());
  CHECK(all_of(*t.log().read_stream({StreamKind::settings, 255}, Version{1})).empty());
}

TEMPLATE_TEST_CASE("a reader does not see what was appended after it was made", "[log]", GREFFE_LOG_UNDER_TEST) {
  TestType t;
  append(t.log(), {{entry(TicketId{1}, 1, "a"), entry(TicketId{1}, 2, "b")}, {}});
  const auto reader = t.log().read(Position{1});
  const auto stream = t.log().read_stream(stream_of(TicketId{1}), Version{1});
  const auto empty = t.log().read(Position{3});
  REQUIRE(reader->next());
  REQUIRE(stream->next());
  const std::string_view first = reader->bytes();
  append(t.log(), numbered_group(TicketId{1}, 3, 500));
  CHECK(first == "a");
  CHECK(all_of(*reader) == Strings{"2:b"});
  CHECK(all_of(*stream) == Strings{"2:b"});
  CHECK(all_of(*empty).empty());
}

TEMPLATE_TEST_CASE("reopening keeps entries, streams, index and tail", "[log]", GREFFE_LOG_UNDER_TEST) {
  TestType t;
  append(t.log(), numbered_group(TicketId{1}, 1, 3));
  append(t.log(), numbered_group(TicketId{2}, 1, 2));
  const Strings before = all_of(t.log());
  for (int i = 0; i < 3; ++i) {
    t.reopen();
    CHECK(t.log().tail() == Position{5});
    CHECK(all_of(t.log()) == before);
    CHECK(all_of(*t.log().read_stream(stream_of(TicketId{2}), Version{1})) ==
          Strings(before.begin() + 3, before.end()));
    CHECK(value_of(t.log(), IndexSpace::external_id, "last") == std::string("2"));
  }
  append(t.log(), {{entry(TicketId{3}, 1, "c")}, {}});
  t.reopen();
  CHECK(t.log().tail() == Position{6});
}

TEMPLATE_TEST_CASE("waiting ends when the position is there, or in time, or when told to stop", "[log][threads]",
                   GREFFE_LOG_UNDER_TEST) {
  TestType t;
  Log& log = t.log();
  CHECK(log.wait_for(Position{0}, 0ms));
  CHECK_FALSE(log.wait_for(Position{1}, 0ms));
  CHECK_FALSE(log.wait_for(Position{1}, 5ms));

  std::atomic<bool> arrived = false;
  std::thread waiter([&] { arrived = log.wait_for(Position{2}, std::chrono::milliseconds::max()); });
  append(log, {{entry(TicketId{1}, 1, "a")}, {}});
  append(log, {{entry(TicketId{1}, 2, "b")}, {}});
  waiter.join();
  CHECK(arrived);
  CHECK(log.wait_for(Position{1}, 0ms));

  std::vector<std::thread> sleepers;
  std::atomic<int> told = 0;
  for (int i = 0; i < 4; ++i) {
    sleepers.emplace_back([&] { told += log.wait_for(Position{3}, 1h) ? 0 : 1; });
  }
  std::this_thread::sleep_for(10ms);
  log.stop_waiting();
  for (auto& sleeper : sleepers) sleeper.join();
  CHECK(told == 4);
  CHECK_FALSE(log.wait_for(Position{3}, 1h));
  CHECK(log.wait_for(Position{2}, 1h));
}

TEMPLATE_TEST_CASE("readers on other threads always see whole groups in order while one appends", "[log][threads]",
                   GREFFE_LOG_UNDER_TEST) {
  constexpr std::uint32_t group_size = 5;
  constexpr std::uint32_t groups = 60;
  TestType t;
  Log& log = t.log();
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  const auto read_all = [&] {
    while (!done) {
      std::uint64_t seen = 0;
      const auto reader = log.read(Position{1});
      for (; reader->next(); ++seen) wrong += reader->position().value == seen + 1 ? 0 : 1;
      wrong += seen % group_size == 0 && !reader->failure() ? 0 : 1;
      const auto stream = log.read_stream(stream_of(TicketId{1}), Version{1});
      std::uint64_t of_stream = 0;
      while (stream->next()) ++of_stream;
      wrong += of_stream >= seen && of_stream % group_size == 0 && !stream->failure() ? 0 : 1;
    }
  };
  std::thread first(read_all), second(read_all);
  for (std::uint32_t g = 0; g < groups; ++g) append(log, numbered_group(TicketId{1}, g * group_size + 1, group_size));
  done = true;
  first.join();
  second.join();
  CHECK(wrong == 0);
  CHECK(log.tail() == Position{groups * group_size});
}

TEMPLATE_TEST_CASE("a group of many entries is kept whole", "[log]", GREFFE_LOG_UNDER_TEST) {
  TestType t;
  append(t.log(), numbered_group(TicketId{1}, 1, 10'000));
  t.reopen();
  CHECK(t.log().tail() == Position{10'000});
  CHECK(all_of(t.log()).size() == 10'000);
}

}  // namespace greffe
