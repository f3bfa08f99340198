#include "projections/lists/criteria.h"

#include <algorithm>

namespace greffe {
namespace {

Identity identity_of(TicketKind kind) { return static_cast<Identity>(kind); }
Identity identity_of(Channel channel) { return static_cast<Identity>(channel); }
// An id that reads like the identity of no value must not find the tickets without one.
template <class Tag>
std::optional<Identity> identity_of(Id<Tag> id) {
  return id.value == absent_identity ? std::nullopt : std::optional(id.value);
}
template <class Tag>
std::optional<Identity> identity_of(std::optional<Id<Tag>> id) {
  return id ? identity_of(*id) : std::optional(absent_identity);
}

class Maker {
 public:
  Maker(const TabIndex& tab, const Vocabulary& vocabulary) : tab_(tab), vocabulary_(vocabulary) {}
  Criteria make(const ListQuery& query);

 private:
  using Code = Side::Code;

  void add_view(const ListQuery& query);
  void add_absent(KeyedBy column);
  void add_mine(AgentId me, MineIncludes includes);
  void add_reader(const PortalReader& reader);
  void add_filters(const ListFilters& filters);
  void add_texts(KeyedBy column, const std::vector<std::string>& values, FacetColumn filter_of);
  void add_categories(const std::vector<CategoryPath>& paths);
  void add_keys(KeyedBy column, const std::vector<std::string>& values, bool (*has_key)(Identity, Identity),
                FacetColumn filter_of);
  template <class Value>
  void add_values(KeyedBy column, const std::vector<Value>& values, std::optional<FacetColumn> filter_of);
  void add_flag(KeyedBy column, std::optional<bool> value, FacetColumn filter_of);
  void add_copies(const std::vector<AgentId>& agents);
  void add_context_types(const std::vector<std::string>& types);
  void add_range(OrderedBy column, std::optional<Instant> from, std::optional<Instant> before);
  void add_term(std::vector<Side> sides, std::optional<FacetColumn> filter_of);
  std::optional<Identity> text_identity(std::string_view text) const {
    return text.empty() ? std::optional(absent_identity) : vocabulary_.find_text(text);
  }
  static void add_code(Side& keyed_side, std::optional<Identity> identity) {
    const auto code = identity ? keyed_side.keyed->find(*identity) : std::nullopt;
    if (code) keyed_side.codes.push_back(*code);
  }
  // Without codes if no ticket of the tab has the value.
  Side side(KeyedBy column, Identity identity) const;
  Side side(SetBy column, Identity identity) const;

  const TabIndex& tab_;
  const Vocabulary& vocabulary_;
  Criteria made_;
};

Criteria Maker::make(const ListQuery& query) {
  add_view(query);
  if (query.reader) add_reader(*query.reader);
  add_filters(query.filters);
  std::sort(made_.terms.begin(), made_.terms.end(), [](const Term& a, const Term& b) { return a.size < b.size; });
  return std::move(made_);
}

void Maker::add_filters(const ListFilters& f) {
  add_keys(KeyedBy::status, f.status, Vocabulary::is_status_of, FacetColumn::status);
  add_keys(KeyedBy::priority, f.priority, Vocabulary::is_priority_of, FacetColumn::priority);
  add_values(KeyedBy::assignee, f.assignee, FacetColumn::assignee);
  add_values(KeyedBy::creator, f.creator, FacetColumn::creator);
  add_values(KeyedBy::team, f.team, FacetColumn::team);
  add_values(KeyedBy::contact, f.contact, FacetColumn::contact);
  add_values(KeyedBy::organisation, f.organisation, FacetColumn::organisation);
  add_values(KeyedBy::kind, f.kind, FacetColumn::kind);
  add_values(KeyedBy::channel, f.channel, FacetColumn::channel);
  add_values(KeyedBy::parent, f.parent, std::nullopt);
  add_values(KeyedBy::merged_into, f.merged_into, std::nullopt);
  add_categories(f.category);
  add_texts(KeyedBy::request_type, f.request_type, FacetColumn::request_type);
  add_texts(KeyedBy::group, f.group, FacetColumn::group);
  add_texts(KeyedBy::origin, f.origin, FacetColumn::origin);
  add_flag(KeyedBy::has_parent, f.has_parent, FacetColumn::has_parent);
  add_flag(KeyedBy::needs_look, f.needs_look, FacetColumn::needs_look);
  add_copies(f.copy);
  add_context_types(f.context_type);
  add_range(OrderedBy::opened_at, f.opened_from, f.opened_before);
  add_range(OrderedBy::updated_at, f.updated_from, f.updated_before);
  add_range(OrderedBy::closed_at, f.closed_from, f.closed_before);
  add_range(OrderedBy::due_at, f.due_from, f.due_before);
}

void Maker::add_view(const ListQuery& query) {
  switch (query.view) {
    case ListView::unassigned: return add_absent(KeyedBy::assignee);
    case ListView::mine_open:
    case ListView::mine_closed: return add_mine(*query.me, query.mine);
    case ListView::team_open:
      if (query.my_teams.empty()) made_.impossible = true;
      return add_values(KeyedBy::team, query.my_teams, std::nullopt);
    // A tab each, or two whole ones.
    case ListView::open:
    case ListView::closed:
    case ListView::all:
    case ListView::merged:
    case ListView::deleted: break;
  }
}

void Maker::add_absent(KeyedBy column) {
  const auto code = tab_.keyed(column).find(absent_identity);
  add_term({{&tab_.keyed(column), nullptr, code ? std::vector{*code} : std::vector<Code>{}}}, std::nullopt);
}

void Maker::add_mine(AgentId me, MineIncludes includes) {
  std::vector<Side> sides;
  if (includes.assignee) sides.push_back(side(KeyedBy::assignee, me.value));
  if (includes.copy) sides.push_back(side(SetBy::copy, me.value));
  if (includes.creator) sides.push_back(side(KeyedBy::creator, me.value));
  add_term(std::move(sides), std::nullopt);
}

void Maker::add_reader(const PortalReader& reader) {
  std::vector<Side> sides;
  if (reader.contact) sides.push_back(side(KeyedBy::contact, reader.contact->value));
  if (reader.organisation) sides.push_back(side(KeyedBy::organisation, reader.organisation->value));
  add_term(std::move(sides), std::nullopt);
  add_term({side(KeyedBy::kind, identity_of(TicketKind::external))}, std::nullopt);
}

Side Maker::side(KeyedBy column, Identity identity) const {
  const auto& keyed = tab_.keyed(column);
  const auto code = identity == absent_identity ? std::nullopt : keyed.find(identity);
  return {&keyed, nullptr, code ? std::vector{*code} : std::vector<Code>{}};
}

Side Maker::side(SetBy column, Identity identity) const {
  const auto& set = tab_.set(column);
  const auto code = set.find(identity);
  return {nullptr, &set, code ? std::vector{*code} : std::vector<Code>{}};
}

void Maker::add_texts(KeyedBy column, const std::vector<std::string>& values, FacetColumn filter_of) {
  if (values.empty()) return;
  Side all{&tab_.keyed(column), nullptr, {}};
  for (const auto& value : values) add_code(all, text_identity(value));
  add_term({std::move(all)}, filter_of);
}

// First nodes have a posting each; what lies deeper is the paths that the tickets have there.
void Maker::add_categories(const std::vector<CategoryPath>& paths) {
  if (paths.empty()) return;
  Side roots{&tab_.keyed(KeyedBy::category_root), nullptr, {}};
  Side deeper{&tab_.keyed(KeyedBy::category), nullptr, {}};
  for (const auto& path : paths) {
    if (path.size() < 2) {
      add_code(roots, text_identity(path.empty() ? std::string_view() : path.front()));
    } else {
      for (const Identity below : vocabulary_.paths_below(path)) add_code(deeper, below);
    }
  }
  add_term({std::move(roots), std::move(deeper)}, FacetColumn::category);
}

// A key may stand in several values: with each category or rank that it ever had.
void Maker::add_keys(KeyedBy column, const std::vector<std::string>& values, bool (*has_key)(Identity, Identity),
                     FacetColumn filter_of) {
  if (values.empty()) return;
  Side all{&tab_.keyed(column), nullptr, {}};
  for (const auto& value : values) {
    const auto key = vocabulary_.find_text(value);
    if (!key) continue;
    for (const Code code : *all.keyed) {
      if (has_key(all.keyed->identity(code), *key)) all.codes.push_back(code);
    }
  }
  add_term({std::move(all)}, filter_of);
}

template <class Value>
void Maker::add_values(KeyedBy column, const std::vector<Value>& values, std::optional<FacetColumn> filter_of) {
  if (values.empty()) return;
  Side all{&tab_.keyed(column), nullptr, {}};
  for (const auto& value : values) add_code(all, identity_of(value));
  add_term({std::move(all)}, filter_of);
}

void Maker::add_flag(KeyedBy column, std::optional<bool> value, FacetColumn filter_of) {
  if (value) add_term({side(column, *value ? 1 : 0)}, filter_of);
}

void Maker::add_copies(const std::vector<AgentId>& agents) {
  if (agents.empty()) return;
  Side all{nullptr, &tab_.set(SetBy::copy), {}};
  for (const auto agent : agents) {
    if (const auto code = all.set->find(agent.value)) all.codes.push_back(*code);
  }
  add_term({std::move(all)}, FacetColumn::copy);
}

void Maker::add_context_types(const std::vector<std::string>& types) {
  if (types.empty()) return;
  Side all{nullptr, &tab_.set(SetBy::context_type), {}};
  for (const auto& type : types) {
    const auto identity = vocabulary_.find_text(type);
    const auto code = identity ? all.set->find(*identity) : std::nullopt;
    if (code) all.codes.push_back(*code);
  }
  add_term({std::move(all)}, FacetColumn::context_type);
}

void Maker::add_range(OrderedBy column, std::optional<Instant> from, std::optional<Instant> before) {
  if (!from && !before) return;
  const TimeRange range{&tab_.ordered(column), from ? time_key(from) : 0, time_key(before)};
  if (range.from >= range.before) made_.impossible = true;
  made_.ranges.push_back(range);
}

void Maker::add_term(std::vector<Side> sides, std::optional<FacetColumn> filter_of) {
  Term term;
  term.filter_of = filter_of;
  for (auto& side : sides) {
    std::sort(side.codes.begin(), side.codes.end());
    side.codes.erase(std::unique(side.codes.begin(), side.codes.end()), side.codes.end());
    for (const Code code : side.codes) term.size += side.posting(code).size();
    if (!side.codes.empty()) term.sides.push_back(std::move(side));
  }
  made_.terms.push_back(std::move(term));
}

}  // namespace

Criteria criteria_of(const ListQuery& query, const TabIndex& tab, const Vocabulary& vocabulary) {
  return Maker(tab, vocabulary).make(query);
}

bool Side::has(Slot slot) const {
  if (set) return set->has_any(slot, codes);
  const Code code = keyed->code(slot);
  if (codes.size() == 1) return codes.front() == code;
  return std::binary_search(codes.begin(), codes.end(), code);
}

bool Term::has(Slot slot) const {
  return std::any_of(sides.begin(), sides.end(), [&](const Side& side) { return side.has(slot); });
}

const Posting* Term::alone() const {
  return sides.size() == 1 && sides.front().codes.size() == 1 ? &sides.front().posting(sides.front().codes.front())
                                                              : nullptr;
}

void Term::add_to(Roaring& bits) const {
  for (const auto& side : sides) {
    for (const auto code : side.codes) side.posting(code).add_to(bits);
  }
}

}  // namespace greffe
