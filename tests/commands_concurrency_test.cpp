#include <set>
#include <thread>

#include "tests/commands_office.h"

using namespace greffe;

namespace {

void in_threads(int count, const std::function<void(int)>& work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back([&, i] { work(i); });
  for (auto& thread : threads) thread.join();
}

}  // namespace

TEST_CASE("of 16 agents who claim the same tickets at once exactly one gets each") {
  constexpr int agents = 16;
  constexpr int tickets = 40;
  WriterOptions options;
  options.cache_streams_max = GENERATE(1, 1000);
  Office office(options);
  std::vector<AgentId> people;
  std::vector<std::uint64_t> ids;
  for (int i = 0; i < agents; ++i) people.push_back(office.agent("Agent"));
  for (int i = 0; i < tickets; ++i) ids.push_back(office.ticket());
  std::array<std::atomic<int>, tickets> won{}, lost{};
  in_threads(agents, [&](int agent) {
    const Actor actor{ActorKind::agent, people[static_cast<std::size_t>(agent)].value};
    for (std::size_t i = 0; i < tickets; ++i) {
      const auto decision = office.writer->submit(request(TicketCommand(ClaimTicket{}), ids[i], actor));
      if (decision) ++won[i];
      else if (decision.error().code == RejectionCode::already_assigned) ++lost[i];
    }
  });
  for (std::size_t i = 0; i < tickets; ++i) {
    CHECK(won[i] == 1);
    CHECK(lost[i] == agents - 1);
  }
  office.check_sound();
}

TEST_CASE("numbers are unique and without gaps however many threads open tickets, refused ones among them") {
  Office office;
  std::mutex mutex;
  std::set<std::string> numbers;
  in_threads(16, [&](int) {
    for (int i = 0; i < 30; ++i) {
      const auto decision = office.writer->submit(request(open_ticket(i % 3 == 0 ? "" : "Printer")));
      const std::lock_guard lock(mutex);
      if (decision) CHECK(numbers.insert(decision->number).second);
    }
  });
  CHECK(numbers.size() == 16 * 20);
  CHECK(*numbers.begin() == "2502280001");
  CHECK(*numbers.rbegin() == "2502280320");
  office.check_sound();
}

TEST_CASE("one address is taken once however many threads want it") {
  Office office;
  std::atomic<int> accepted = 0;
  in_threads(16, [&](int i) {
    const std::string email = i % 2 == 0 ? "A@x.fr" : "a@X.fr";
    if (office.writer->submit(request(ContactCommand(CreateContact{{{"P"}, {email}, {}, {}, {}}})))) ++accepted;
  });
  CHECK(accepted == 1);
  office.check_sound();
}

TEST_CASE("one command id is carried out once however many threads send it") {
  Office office;
  std::atomic<int> first = 0, repeated = 0;
  in_threads(16, [&](int) {
    const auto decision = office.writer->submit(with_id(request(open_ticket()), "k-1"));
    if (decision) ++(decision->repeated ? repeated : first);
  });
  CHECK(first == 1);
  CHECK(repeated == 15);
  CHECK(office.log->tail() == Position{1});
}

TEST_CASE("answers come in the order of submission and each after its own event is durable") {
  WriterOptions options;
  options.group_max = 7;
  Office office(options);
  std::vector<std::uint64_t> positions;
  for (int i = 0; i < 500; ++i) {
    office.writer->submit(request(open_ticket()), [&](const Decision<Accepted>& d) {
      CHECK(d.value().position <= office.log->tail());
      positions.push_back(d.value().position.value);
    });
  }
  office.writer->stop();
  REQUIRE(positions.size() == 500);
  for (std::size_t i = 0; i < positions.size(); ++i) CHECK(positions[i] == i + 1);
}

TEST_CASE("a stop beside callers answers every one of them") {
  Office office;
  std::atomic<int> answered = 0, otherwise_refused = 0;
  std::thread stopper([&] {
    while (answered < 20) std::this_thread::yield();
    office.writer->stop();
  });
  in_threads(8, [&](int) {
    for (int i = 0; i < 50; ++i) {
      const auto decision = office.writer->submit(request(open_ticket()));
      if (!decision && decision.error().code != RejectionCode::stopping) ++otherwise_refused;
      ++answered;
    }
  });
  stopper.join();
  CHECK(answered == 400);
  CHECK(otherwise_refused == 0);
}
