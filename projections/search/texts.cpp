#include "projections/search/texts.h"

#include <algorithm>

#include "events/result.h"

namespace greffe {
namespace {

// Of these a ticket has one; a new one takes its place.
bool is_single(SearchField field) { return field == SearchField::title || field == SearchField::description; }

void put(SearchedTicket& ticket, TicketText text) {
  auto& texts = ticket.texts;
  const auto same = std::find_if(texts.begin(), texts.end(), [&](const auto& t) { return t.field == text.field; });
  if (!is_single(text.field) || same == texts.end()) return texts.push_back(std::move(text));
  ticket.replaced.push_back({std::move(*same), text.position});
  *same = std::move(text);
}

}  // namespace

std::vector<TicketText> texts_of(const Envelope& envelope, const TicketEvent& event) {
  using enum SearchField;
  const auto text = [&](SearchField field, Visibility visibility, const Personal& said) {
    return TicketText{field, visibility, envelope.position, said.text};
  };
  const auto everyone = Visibility::everyone, internal = Visibility::internal;
  using Texts = std::vector<TicketText>;
  return std::visit(
      overloaded{
          [&](const TicketOpened& e) {
            return Texts{text(title, everyone, e.title), text(description, everyone, e.description)};
          },
          [&](const TitleChanged& e) { return Texts{text(title, everyone, e.new_title)}; },
          [&](const DescriptionChanged& e) { return Texts{text(description, everyone, e.new_description)}; },
          [&](const MessagePosted& e) { return e.via ? Texts{} : Texts{text(message, e.visibility, e.body)}; },
          // What agents write on closing and reopening is for agents.
          [&](const TicketClosed& e) { return Texts{text(resolution, internal, e.resolution)}; },
          [&](const TicketReopened& e) { return Texts{text(reason, internal, e.reason)}; },
          [](const auto&) { return Texts{}; },
      },
      event);
}

void SearchedTicket::fold(const Envelope& envelope, const TicketEvent& event) {
  fold_ticket(row, envelope, event);
  row.title.text.clear();
  row.description.text.clear();
  for (auto& text : texts_of(envelope, event)) {
    if (!text.text.empty() || is_single(text.field)) put(*this, std::move(text));
  }
}

void SearchedTicket::add_sent_by_number(const Envelope& envelope, const MessagePosted& message) {
  if (message.body.text.empty()) return;
  const auto added_up =
      std::find_if_not(texts.begin(), texts.end(), [](const TicketText& text) { return is_single(text.field); });
  const auto later = std::upper_bound(added_up, texts.end(), envelope.position,
                                      [](Position at, const TicketText& text) { return at < text.position; });
  texts.insert(later, TicketText{SearchField::message, message.visibility, envelope.position, message.body.text});
}

}  // namespace greffe
