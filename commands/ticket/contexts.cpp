#include "commands/ticket/contexts.h"

#include <fmt/format.h>

#include <algorithm>

#include "commands/limits.h"
#include "commands/url_pattern.h"

namespace greffe::subjects {
namespace {

const ContextType* find_type(const ContextTypesDefined& types, std::string_view key) {
  const auto at = std::find_if(types.types.begin(), types.types.end(), [&](const auto& t) { return t.key == key; });
  return at == types.types.end() ? nullptr : &*at;
}

void check_summary(const std::string& prefix, const std::vector<Detail>& summary, FieldFaults& faults) {
  if (summary.size() > limits::details_max) return faults.add(prefix + "summary", FieldCode::too_many);
  for (std::size_t i = 0; i < summary.size(); ++i) {
    const auto field = fmt::format("{}summary[{}]", prefix, i);
    check_text(field + ".name", summary[i].name, {limits::key_bytes_max, true}, faults);
    check_text(field + ".text", summary[i].text.text, {limits::title_bytes_max, false, true}, faults);
  }
}

// One chosen from the entries: what is kept is the entry as it stands now.
void take_entry(ContextAt& taken, const WantedContext& wanted, const std::string& prefix, const Lookup& lookup,
                FieldFaults& faults) {
  const ContextState* entry = lookup.context(*wanted.context);
  if (entry == nullptr) return faults.add(prefix + "context", FieldCode::not_found);
  if (!entry->active) return faults.add(prefix + "context", FieldCode::inactive);
  if (!wanted.type.empty() && wanted.type != entry->details.type) faults.add(prefix + "type", FieldCode::not_one_of);
  taken.type = entry->details.type;
  taken.label = entry->details.label;
  taken.url = entry->details.url;
  taken.summary = entry->details.summary;
}

void take_free(ContextAt& taken, const WantedContext& wanted, const std::string& prefix, FieldFaults& faults) {
  check_text(prefix + "type", wanted.type, {limits::key_bytes_max, true}, faults);
  check_text(prefix + "label", wanted.label, {limits::title_bytes_max, true}, faults);
  check_url(prefix + "url", wanted.url, faults);
  check_summary(prefix, wanted.summary, faults);
  taken.type = wanted.type;
  taken.label = {wanted.label};
  taken.url = wanted.url;
  taken.summary = wanted.summary;
}

// An entry is the same whatever it is called by now.
bool is_about_the_same(const ContextAt& a, const ContextAt& b) {
  return a.context == b.context && (a.context || (a.type == b.type && a.label == b.label));
}

// A number that was given once and is nothing's now.
bool is_free(const TicketState& state, std::uint32_t link) {
  return link != 0 && link <= state.counts.contexts &&
         std::none_of(state.contexts.begin(), state.contexts.end(), [&](const ContextAt& c) { return c.link == link; });
}

void keep_what_is_not_told(ContextAt& taken, const WantedContext& wanted, const ContextAt& known) {
  taken.link = known.link;
  if (wanted.url.empty() && !known.url.empty()) taken.url = known.url;
  if (wanted.summary.empty()) taken.summary = known.summary;
}

}  // namespace

ContextAt checked_context(const WantedContext& wanted, std::uint32_t link, const std::string& prefix,
                          const Context& context, FieldFaults& faults) {
  ContextAt taken;
  taken.link = link;
  taken.context = wanted.context;
  if (wanted.context) take_entry(taken, wanted, prefix, context.lookup, faults);
  else take_free(taken, wanted, prefix, faults);
  const ContextTypesDefined& types = context.settings.contexts;
  const ContextType* type = find_type(types, taken.type);
  if (type == nullptr && !types.open && !taken.type.empty()) faults.add(prefix + "type", FieldCode::unknown_value);
  if (type != nullptr && type->catalogue && !wanted.context) faults.add(prefix + "label", FieldCode::not_in_catalogue);
  if (type != nullptr && taken.url.empty()) taken.url = url_with_label(type->url_pattern, taken.label.text);
  return taken;
}

std::vector<ContextAt> checked_contexts(const std::vector<WantedContext>& wanted, std::uint32_t last_link,
                                        const Context& context, FieldFaults& faults) {
  std::vector<ContextAt> taken;
  if (wanted.size() > limits::contexts_max) {
    faults.add("contexts", FieldCode::too_many);
    return taken;
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    taken.push_back(checked_context(wanted[i], ++last_link, fmt::format("contexts[{}].", i), context, faults));
  }
  return taken;
}

// What is free and linked once more is what it is said to be now, under its own number, by which
// people and links know it. An entry stays as it was when it was linked.
Outcome decide(const TicketState& state, const LinkTicketContext& command, const Context& context) {
  FieldFaults faults;
  ContextAt taken = checked_context(command.context, state.counts.contexts + 1, {}, context, faults);
  const auto known = std::find_if(state.contexts.begin(), state.contexts.end(),
                                  [&](const ContextAt& c) { return is_about_the_same(c, taken); });
  const bool is_new = known == state.contexts.end();
  if (is_new && state.contexts.size() >= limits::contexts_max) faults.add("context", FieldCode::too_many);
  if (!faults.empty()) return faults.refuse();
  if (is_new) {
    if (is_free(state, command.link)) {
      taken.link = command.link;
      // As it was, whatever its type has got since.
      if (!taken.context) taken.url = command.context.url;
    }
    return events(ContextLinked{std::move(taken)});
  }
  if (taken.context) return events();
  keep_what_is_not_told(taken, command.context, *known);
  if (taken == *known) return events();
  return events(ContextUnlinked{*known}, ContextLinked{std::move(taken)});
}

Outcome decide(const TicketState& state, const UnlinkTicketContext& command, const Context&) {
  const auto at = std::find_if(state.contexts.begin(), state.contexts.end(),
                               [&](const ContextAt& c) { return c.link == command.link; });
  if (at != state.contexts.end()) return events(ContextUnlinked{*at});
  if (command.link > 0 && command.link <= state.counts.contexts) return events();
  FieldFaults faults;
  faults.add("link", FieldCode::not_found);
  return faults.refuse();
}

}  // namespace greffe::subjects
