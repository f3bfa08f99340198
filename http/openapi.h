// The OpenAPI 3.1 document, made from the same tables that answer the requests.
#pragma once

#include "events/json.h"
#include "http/route.h"

namespace greffe {

Json openapi_document(const Routes& routes);

// Schemas of the answers by name: "TicketRow", "Problem", … (openapi_schemas.cpp).
Json answer_schemas();

}  // namespace greffe
