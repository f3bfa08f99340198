// The sla report over histories written by hand.
#include "tests/projections_reports.h"

namespace greffe {
namespace {

using namespace projections_test;
using namespace std::chrono_literals;

SlaTarget hour_for_all() { return {"normal", 60min, 60min, 60min, 60min}; }

}  // namespace

TEST_CASE("sla counts the delays that ended, met or breached, under the target that applied") {
  Scene scene;
  History& h = scene.history;
  h.targets({hour_for_all()});
  const auto anne = h.agent("Anne");
  const auto quick = h.open({}, {{}, 0min}), slow = h.open({}, {{}, 0min});
  h.message(quick, {}, {agent(anne), 10min});
  h.message(slow, {}, {agent(anne), 90min});
  h.on(quick, TicketClosed{fresh, done, {}}, {agent(anne), 60min});
  h.open({}, {{}, 0min});  // its clocks still run
  const auto now = scene.now();
  const auto rows = rows_of<SlaMeasures>(*now, report_query(ReportKind::sla, {GroupBy::priority}));
  REQUIRE(rows.items.size() == 1);
  CHECK(rows.items[0].key == key("normal"));
  CHECK(rows.totals.first_response == MetricMeasures{1, 1, 0, 10min, 90min});
  CHECK(rows.totals.resolution == MetricMeasures{1, 0, 0, 60min, 60min});
  CHECK(rows.totals.inactivity == MetricMeasures{2, 1, 0, 50min, 90min});
  CHECK(rows.totals.next_response == MetricMeasures{});
  CHECK(rows_of<SlaMeasures>(*now, between(report_query(ReportKind::sla), 61min, 24h)).totals.resolution ==
        MetricMeasures{});
}

TEST_CASE("a resolution that a reopening took up again ends once more, and its first end stays") {
  Scene scene;
  History& h = scene.history;
  h.targets({hour_for_all()});
  const auto id = h.open({}, {{}, 0min});
  h.on(id, TicketClosed{fresh, done, {}}, {{}, 50min});
  const auto first = between(report_query(ReportKind::sla), 0min, 60min);
  const auto before = rows_of<SlaMeasures>(*scene.now(), first).totals;
  CHECK(before.resolution == MetricMeasures{1, 0, 0, 50min, 50min});
  h.on(id, TicketReopened{done, fresh, ReopenCause::reopened, {}, 1}, {{}, 100min});
  h.on(id, TicketClosed{fresh, done, {}}, {{}, 111min});
  const auto now = scene.now();
  CHECK(rows_of<SlaMeasures>(*now, first).totals == before);
  const auto later = between(report_query(ReportKind::sla), 60min, 24h);
  const auto again = rows_of<SlaMeasures>(*now, later).totals;
  CHECK(again.resolution == MetricMeasures{});
  CHECK(again.total_resolution == MetricMeasures{0, 1, 0, 61min, 61min});
  const auto all = rows_of<SlaMeasures>(*now, report_query(ReportKind::sla)).totals;
  CHECK(all.resolution == before.resolution);
  CHECK(all.total_resolution == again.total_resolution);
}

TEST_CASE("a breach before a merge is counted apart, and a cancelled clock that was in time not at all") {
  Scene scene;
  History& h = scene.history;
  h.targets({{"normal", 30min, 0min, 0min, 600min}});
  const auto id = h.open({}, {{}, 0min}), root = h.open({}, {{}, 0min});
  h.merge(id, root, fresh, {{}, 40min});
  const auto totals = rows_of<SlaMeasures>(*scene.now(), report_query(ReportKind::sla)).totals;
  CHECK(totals.first_response == MetricMeasures{0, 0, 1, {}, {}});
  CHECK(totals.resolution == MetricMeasures{});
}

TEST_CASE("a breached clock that goes on after an unmerge or a restoring counts once, however often it stopped") {
  Scene scene;
  History& h = scene.history;
  h.targets({{"normal", 30min, 0min, 0min, 0min}});
  const auto id = h.open({}, {{}, 0min}), root = h.open({}, {{}, 0min});
  h.message(root, {}, {agent(h.agent("Anne")), 10min});
  const auto counted = [&] {
    return rows_of<SlaMeasures>(*scene.now(), report_query(ReportKind::sla)).totals.first_response;
  };
  const bool between_batches = GENERATE(true, false);
  Milliseconds at = 40min;
  const auto stop_and_go_on = [&](auto stop, auto go_on) {
    stop(at);
    if (between_batches) CHECK(counted() == MetricMeasures{1, 0, 1, 10min, 10min});
    go_on(at + 5min);
    if (between_batches) CHECK(counted() == MetricMeasures{1, 0, 0, 10min, 10min});
    at += 10min;
  };
  for (int i = 0; i < 3; ++i) {
    stop_and_go_on(
        [&](Milliseconds when) {
          h.merge(id, root, fresh, {{}, when});
        },
        [&](Milliseconds when) {
          h.unmerge(id, root, fresh, {{}, when});
        });
    stop_and_go_on(
        [&](Milliseconds when) {
          h.on(id, TicketDeleted{fresh, deleted, {}}, {{}, when});
        },
        [&](Milliseconds when) {
          h.on(id, TicketRestored{deleted, fresh, {}}, {{}, when});
        });
  }
  CHECK(counted() == MetricMeasures{1, 0, 0, 10min, 10min});
  SECTION("cancelled in the end") {
    h.merge(id, root, fresh, {{}, at});
    CHECK(counted() == MetricMeasures{1, 0, 1, 10min, 10min});
  }
  SECTION("answered in the end") {
    h.message(id, {}, {agent(h.agent("Bob")), at});
    CHECK(counted() == MetricMeasures{1, 1, 0, 10min, 70min});
  }
}

TEST_CASE("a ticket that was closed before a target applied is not resolved for the first time once more") {
  Scene scene;
  History& h = scene.history;
  h.targets({hour_for_all()});
  TicketOpened opened;
  opened.priority = low;  // without targets
  const auto id = h.open(opened, {{}, 0min});
  h.on(id, TicketClosed{fresh, done, {}}, {{}, 10min});
  h.on(id, TicketReopened{done, fresh, ReopenCause::reopened, {}, 1}, {{}, 20min});
  h.on(id, PriorityChanged{low, normal}, {{}, 25min});
  h.on(id, TicketClosed{fresh, done, {}}, {{}, 30min});
  const auto totals = rows_of<SlaMeasures>(*scene.now(), report_query(ReportKind::sla)).totals;
  CHECK(totals.resolution == MetricMeasures{});
  CHECK(totals.total_resolution == MetricMeasures{1, 0, 0, 20min, 20min});
}

TEST_CASE("a wait that a merge brought and an unmerge took away is counted only if it was breached") {
  Scene scene;
  History& h = scene.history;
  h.targets({{"normal", 0min, 30min, 0min, 0min}});
  const auto anne = h.agent("Anne");
  const auto jeanne = h.contact("Jeanne");
  for (const auto taken_at : {35min, 60min}) {
    const auto source = h.open({}, {{}, 0min}), target = h.open({}, {{}, 0min});
    for (const auto id : {source, target}) h.message(id, {}, {agent(anne), 5min});
    h.message(source, {}, {contact(jeanne), 10min});
    h.merge(source, target, fresh, {{}, 20min});
    h.unmerge(source, target, fresh, {{}, taken_at});
  }
  // Of the sources, neither had waited too long yet.
  const auto totals = rows_of<SlaMeasures>(*scene.now(), report_query(ReportKind::sla)).totals;
  CHECK(totals.next_response == MetricMeasures{0, 0, 1, {}, {}});
}

TEST_CASE("a resolution after a reopening counts on, counts anew or is not counted, as was chosen") {
  struct Case {
    ResolutionOnReopen on_reopen;
    MetricMeasures total;
  };
  for (const auto& [on_reopen, total] : {
           Case{ResolutionOnReopen::resume, MetricMeasures{0, 1, 0, 61min, 61min}},
           Case{ResolutionOnReopen::restart, MetricMeasures{1, 0, 0, 11min, 11min}},
           Case{ResolutionOnReopen::ignore, MetricMeasures{}},
       }) {
    CAPTURE(name_of(on_reopen));
    Scene scene;
    History& h = scene.history;
    h.targets({hour_for_all()});
    const auto id = h.open({}, {{}, 0min});
    h.on(id, TicketClosed{fresh, done, {}}, {{}, 50min});
    SlaTargetsDefined chosen{{hour_for_all()}};
    chosen.resolution_on_reopen = on_reopen;
    h.add(stream_of(SettingsArea::sla), SettingsEvent(chosen));
    h.on(id, TicketReopened{done, fresh, ReopenCause::reopened, {}, 1}, {{}, 100min});
    h.on(id, TicketClosed{fresh, done, {}}, {{}, 111min});
    const auto totals = rows_of<SlaMeasures>(*scene.now(), report_query(ReportKind::sla)).totals;
    CHECK(totals.resolution == MetricMeasures{1, 0, 0, 50min, 50min});
    CHECK(totals.total_resolution == total);
  }
}

TEST_CASE("closing that counts as no response is no fact in time and a breach too late") {
  Scene scene;
  History& h = scene.history;
  const auto close_at = [&](Milliseconds when) {
    const auto id = h.open({}, {{}, 0min});
    h.on(id, TicketClosed{fresh, done, {}}, {{}, when});
  };
  h.targets({hour_for_all()});
  close_at(10min);
  SlaTargetsDefined chosen{{hour_for_all()}};
  chosen.close_counts_as_response = false;
  h.add(stream_of(SettingsArea::sla), SettingsEvent(chosen));
  close_at(20min);
  close_at(90min);
  const auto totals = rows_of<SlaMeasures>(*scene.now(), report_query(ReportKind::sla)).totals;
  CHECK(totals.first_response == MetricMeasures{1, 1, 0, 10min, 90min});
  CHECK(totals.resolution == MetricMeasures{2, 1, 0, 20min, 90min});
}

TEST_CASE("a change of what delays count gives the same rows live and rebuilt") {
  Scene scene;
  History& h = scene.history;
  h.targets({hour_for_all()});
  const auto id = h.open({}, {{}, 0min});
  SlaTargetsDefined chosen{{hour_for_all()}};
  chosen.resolution_pause_on_hold = true;
  chosen.close_counts_as_response = false;
  chosen.resolution_on_reopen = ResolutionOnReopen::restart;
  h.on(id, StatusChanged{fresh, held}, {{}, 10min});
  scene.now();
  h.add(stream_of(SettingsArea::sla), SettingsEvent(chosen));
  scene.now();
  h.on(id, TicketClosed{held, done, {}}, {{}, 20min});
  h.on(id, TicketReopened{done, held, ReopenCause::reopened, {}, 1}, {{}, 30min});
  scene.now();
  const auto before = scene.views->digest();
  CHECK(same(rebuild(*scene.views).after, before));
}

TEST_CASE("imported tickets have no delays, though their volume counts") {
  Scene scene;
  History& h = scene.history;
  h.targets({hour_for_all()});
  History::How imported{{ActorKind::importer, 0}, 0min};
  imported.imported = true;
  const auto id = h.open({}, imported);
  imported.occurred = 500min;
  h.on(id, TicketClosed{fresh, done, {}}, imported);
  const auto now = scene.now();
  CHECK(rows_of<SlaMeasures>(*now, report_query(ReportKind::sla)).items.empty());
  CHECK(rows_of<VolumeMeasures>(*now, report_query(ReportKind::volume)).totals.closed == 1);
}

}  // namespace greffe
