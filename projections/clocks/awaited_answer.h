// A ticket's next_response, brought into line with the questions that stand there. For delays.cpp.
#pragma once

#include "projections/clocks/sla_memory.h"
#include "projections/clocks/ticket_clocks.h"

namespace greffe::awaited_answer {

// Starts next_response at the oldest question, moves its start there, or cancels it where no
// question is left. Nothing happens while the ticket is not open or owes its first answer, and to
// an internal one. After a suspension that `resumed` says the event ended, a wait that began in
// between counts from its end.
void align(SlaRow& row, const std::vector<OpenQuestion>& questions, const ticket_clocks::Act& act, bool resumed);

// An answer that was given while the ticket's clocks were suspended: what it answered is not
// waited for when they go on.
void settle_suspended(SlaRow& row, std::vector<OpenQuestion>& questions, const ticket_clocks::Act& act);

}  // namespace greffe::awaited_answer
