// What is searched of a ticket: its row, for filters, and its texts with who may read them. Both
// are folds of the ticket's stream, but for messages that were sent by the number of a merged
// ticket: they are in the stream of its root, and that ticket's texts, as in the timeline. It is
// found by them wherever it goes, and its client is who may read them.
#pragma once

#include <string>
#include <vector>

#include "events/record.h"
#include "projections/search/search.h"
#include "projections/ticket_row.h"

namespace greffe {

// The newest text of its kind replaces the one before; messages and the like add up.
struct TicketText {
  SearchField field = SearchField::title;
  Visibility visibility = Visibility::internal;
  Position position;  // of the event that said it
  std::string text;
};

// The texts that an event brings to the ticket of its stream; none for most. The one place to add an
// event's texts to the search: a new field of SearchField, its line here, and a new version in
// document.h.
std::vector<TicketText> texts_of(const Envelope& envelope, const TicketEvent& event);

struct ReplacedText {
  TicketText text;
  Position by;  // the event that said another one in its place
};

struct SearchedTicket {
  TicketRow row;  // without title and description, which are among the texts
  std::vector<TicketText> texts;
  std::vector<ReplacedText> replaced;  // found no more

  void fold(const Envelope& envelope, const TicketEvent& event);
  // A message of another ticket's stream that was sent by this one's number. It takes its place
  // among the texts by when it was said, whatever was folded before.
  void add_sent_by_number(const Envelope& envelope, const MessagePosted& message);
};

}  // namespace greffe
