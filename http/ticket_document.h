// The ticket as a page of HTML for people: by a template of the catalogue, or a built-in one.
#pragma once

#include "http/route.h"

namespace greffe {

struct TicketDocumentAsked {
  std::optional<TemplateId> model;  // absent = the built-in one
  std::optional<Position> min_position;
};
const Parameters<TicketDocumentAsked>& ticket_document_parameters();

// Safe to give to the client: of the exchange it has the public messages alone, whoever asks.
// template_not_found if there is no such template for documents.
Handled get_ticket_document(const Call& call, HttpResponse& response);

}  // namespace greffe
