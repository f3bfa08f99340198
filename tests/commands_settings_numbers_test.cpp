#include <rapidcheck.h>

#include <regex>
#include <set>

#include "commands/settings/number_formats.h"
#include "tests/commands_settings_office.h"

using namespace greffe;
using namespace greffe::spec;

namespace {

const std::string paris = "Europe/Paris";

NumberFormat format(std::string pattern) { return {{}, std::move(pattern)}; }

NumberingDefined formats_of(std::vector<std::string> patterns) {
  NumberingDefined numbering;
  for (auto& pattern : patterns) numbering.formats.push_back(format(std::move(pattern)));
  return numbering;
}

Instant at(const char* text) { return *parse_rfc3339(text); }

// Short patterns of little but digits, so that equal numbers are frequent.
rc::Gen<std::string> some_pattern() {
  const auto piece =
      rc::gen::elementOf(std::vector<std::string>{"", "", "", "0", "1", "25", "{yy}", "{mm}", "{dd}", "{yyyy}", "A"});
  const auto sequence = rc::gen::elementOf(std::vector<std::string>{"{seq:1}", "{seq:2}", "{seq:4}"});
  return rc::gen::apply(
      [](const std::string& before, const std::string& s, const std::string& after) { return before + s + after; },
      piece, sequence, piece);
}

// Numbers of the pattern on many days and at many places of the sequence.
std::set<std::string> numbers_of(const std::string& pattern) {
  std::set<std::string> numbers;
  for (const auto* day : {"2000-01-01", "2001-02-10", "2010-10-12", "2012-12-02", "2025-02-25", "2101-12-31"}) {
    for (const std::uint64_t sequence : {1, 2, 5, 10, 12, 25, 99, 100, 101, 125, 1001, 1225, 2025, 10101, 250101}) {
      numbers.insert(number_of(format(pattern), at((day + std::string("T12:00:00Z")).c_str()), paris, sequence));
    }
  }
  return numbers;
}

// The numbers of a pattern described once more, in another language.
std::regex regex_of(std::string pattern) {
  const std::pair<std::string, std::string> parts[] = {{"{yyyy}", "[0-9]{4}"},
                                                       {"{yy}", "[0-9]{2}"},
                                                       {"{mm}", "(?:0[1-9]|1[0-2])"},
                                                       {"{dd}", "(?:0[1-9]|[12][0-9]|3[01])"},
                                                       {"{seq:1}", "(?:[1-9][0-9]*)"},
                                                       {"{seq:2}", "(?:(?!00)[0-9]{2}|[1-9][0-9]{2,})"},
                                                       {"{seq:4}", "(?:(?!0000)[0-9]{4}|[1-9][0-9]{4,})"}};
  for (const auto& [placeholder, expression] : parts) {
    for (auto at_place = pattern.find(placeholder); at_place != std::string::npos;
         at_place = pattern.find(placeholder)) {
      pattern.replace(at_place, placeholder.size(), expression);
    }
  }
  return std::regex(pattern);
}

}  // namespace

TEST_CASE("a number is its series with the sequence in its place") {
  const Instant evening = at("2025-02-28T22:59:59Z"), night = at("2025-02-28T23:00:00Z");
  struct {
    const char* pattern;
    Instant when;
    std::uint64_t sequence;
    const char* series;
    const char* number;
  } const rows[] = {
      {"{yy}{mm}{dd}{seq:4}", evening, 1, "250228", "2502280001"},
      {"{yy}{mm}{dd}{seq:4}", night, 1, "250301", "2503010001"},  // midnight in Paris
      {"{yy}{mm}{dd}{seq:4}", evening, 9'999, "250228", "2502289999"},
      {"{yy}{mm}{dd}{seq:4}", evening, 10'000, "250228", "25022810000"},
      {"{yy}{mm}{dd}{seq:4}", evening, 123'456'789, "250228", "250228123456789"},
      {"TS{yy}{mm}-{seq:4}", evening, 12, "TS2502-", "TS2502-0012"},
      {"{seq:6}", evening, 7, "#", "000007"},
      {"{seq:1}", evening, UINT64_MAX, "#", "18446744073709551615"},
      {"A{seq:3}.{yyyy}", evening, 7, "A#.2025", "A007.2025"},
      {"A.{yyyy}{seq:3}", evening, 7, "A.2025", "A.2025007"},
  };
  for (const auto& row : rows) {
    INFO(row.pattern);
    CHECK(series_of(format(row.pattern), row.when, paris) == row.series);
    CHECK(number_of(format(row.pattern), row.when, paris, row.sequence) == row.number);
  }
}

TEST_CASE("patterns are made of literals, parts of the day and one sequence") {
  for (const auto* pattern : {"{seq:1}", "{seq:9}", "a-Z_0.9{yyyy}{yy}{mm}{dd}{seq:4}x", "{yy}{yy}{seq:2}"}) {
    INFO(pattern);
    CHECK_FALSE(pattern_fault(pattern));
  }
  struct {
    std::string pattern;
    FieldCode code;
  } const rows[] = {
      {"", FieldCode::required},
      {"{yy}{mm}{dd}", FieldCode::no_sequence},
      {"{seq:4}{seq:4}", FieldCode::no_sequence},
      {"{seq}", FieldCode::malformed},
      {"{seq:0}", FieldCode::malformed},
      {"{seq:10}", FieldCode::malformed},
      {"{seq:4", FieldCode::malformed},
      {"{SEQ:4}", FieldCode::malformed},
      {"{hh}{seq:4}", FieldCode::malformed},
      {"a b{seq:4}", FieldCode::malformed},
      {"#{seq:4}", FieldCode::malformed},
      {"a/{seq:4}", FieldCode::malformed},
      {"é{seq:4}", FieldCode::malformed},
      {"}{seq:4}", FieldCode::malformed},
      {std::string(34, 'a') + "{seq:4}", FieldCode::too_long},
  };
  for (const auto& row : rows) {
    INFO(row.pattern);
    REQUIRE(pattern_fault(row.pattern));
    CHECK(name_of(*pattern_fault(row.pattern)) == name_of(row.code));
    replace(formats_of({row.pattern})).refused("formats[0].pattern", row.code);
  }
  CHECK_FALSE(pattern_fault(std::string(33, 'a') + "{seq:4}"));
}

TEST_CASE("every kind of ticket has a format") {
  NumberingDefined numbering{{{{TicketKind::external}, "T{seq:4}"}}};
  replace(NumberingDefined{}).refused("formats", FieldCode::required);
  replace(numbering).refused("formats", FieldCode::required);
  numbering.formats.push_back({{TicketKind::internal}, "M{seq:4}"});
  replace(numbering).then(numbering);
  CHECK(format_for(numbering, TicketKind::internal) == &numbering.formats[1]);
  CHECK(format_for(numbering, TicketKind::external) == &numbering.formats[0]);
  numbering.formats[1].kinds = {TicketKind::internal, TicketKind::internal};
  replace(numbering).refused("formats[1].kinds[1]", FieldCode::duplicate);
}

TEST_CASE("two formats never give the same number, unless they are the same pattern") {
  struct {
    const char* one;
    const char* other;
    bool collide;
  } const rows[] = {
      {"T{seq:4}", "M{seq:4}", false},
      {"T{seq:4}", "T{seq:6}", true},        // T100000
      {"T{seq:4}", "T{yyyy}{seq:4}", true},  // T20250001
      {"T{yy}{seq:4}", "T{yy}-{seq:4}", false},
      {"{yy}{mm}{dd}{seq:4}", "{seq:4}", true},
      {"{yy}{mm}{dd}{seq:4}", "{yy}{mm}{seq:6}", true},
      {"{yy}{seq:4}", "{seq:4}{yy}", true},
      {"{seq:1}", "0{seq:1}", false},  // no zeros in front but those that fill up
      {"{seq:2}", "0{seq:1}", true},   // 01
      {"{seq:1}0", "{seq:1}1", false},
      {"{mm}{seq:1}A", "13{seq:1}A", false},  // there is no month 13
      {"{mm}{seq:1}A", "12{seq:1}A", true},
      {"{dd}{seq:1}A", "32{seq:1}A", false},
      {"{dd}{seq:1}A", "31{seq:1}A", true},
      {"a{seq:4}", "A{seq:4}", false},
  };
  for (const auto& row : rows) {
    INFO(row.one << " and " << row.other);
    CHECK(patterns_collide(row.one, row.other) == row.collide);
    CHECK(patterns_collide(row.other, row.one) == row.collide);
    const auto both = formats_of({row.one, row.other});
    if (row.collide) replace(both).refused("formats[1].pattern", FieldCode::collides);
    else replace(both).then(both);
  }
  const auto same = formats_of({"T{seq:4}", "T{seq:4}"});
  replace(same).then(same);
}

TEST_CASE("whenever two formats could give one number, the rules had refused them") {
  CHECK(rc::check("a number of both means that the patterns collide", [] {
    const auto one = *some_pattern(), other = *some_pattern();
    const auto is_other = regex_of(other);
    const auto numbers = numbers_of(one);
    const bool both = std::any_of(numbers.begin(), numbers.end(),
                                  [&](const std::string& number) { return std::regex_match(number, is_other); });
    RC_CLASSIFY(both, "a number of both");
    if (both) RC_ASSERT(patterns_collide(one, other));
  }));
}

TEST_CASE("one format never gives a number twice") {
  CHECK(rc::check("numbers are equal only if series and sequence are", [] {
    const auto pattern = format(*some_pattern());
    const auto day = [] {
      return Instant(std::chrono::sys_days(std::chrono::days(*rc::gen::inRange(15'000, 25'000))));
    };
    const Instant a = day(), b = day();
    const auto m = *rc::gen::inRange<std::uint64_t>(1, 3'000), n = *rc::gen::inRange<std::uint64_t>(1, 3'000);
    const bool equal = number_of(pattern, a, paris, m) == number_of(pattern, b, paris, n);
    RC_ASSERT(equal == (m == n && series_of(pattern, a, paris) == series_of(pattern, b, paris)));
  }));
}
