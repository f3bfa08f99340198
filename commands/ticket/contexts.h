// What a ticket is about, outside of Greffe: links as they will be kept in events.
#pragma once

#include <vector>

#include "commands/field_rules.h"
#include "commands/ticket/subjects.h"

namespace greffe::subjects {

// The contexts as they are at this moment, numbered after `last_link`. Faults on
// "contexts[i].…".
std::vector<ContextAt> checked_contexts(const std::vector<WantedContext>& wanted, std::uint32_t last_link,
                                        const Context& context, FieldFaults& faults);

// The same for one whose fields stand at the top of the request.
ContextAt checked_context(const WantedContext& wanted, std::uint32_t link, const std::string& field_prefix,
                          const Context& context, FieldFaults& faults);

}  // namespace greffe::subjects
