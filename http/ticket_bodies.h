// The parts of ticket_bodies(), by subject; for ticket_bodies.cpp only.
#pragma once

#include "http/command_bodies.h"
#include "http/ticket_inputs.h"

namespace greffe {

std::vector<CommandBody> ticket_field_bodies();
std::vector<CommandBody> ticket_assignment_bodies();
std::vector<CommandBody> ticket_status_bodies();
std::vector<CommandBody> ticket_exchange_bodies();
std::vector<CommandBody> ticket_work_bodies();
std::vector<CommandBody> ticket_relation_bodies();

template <class Command>
CommandBody ticket_body(std::string name, std::string summary, Inputs<Command> fields = {}) {
  return command_body<TicketCommand, Command>(std::move(name), std::move(summary), std::move(fields));
}

// Null is a value of its own: leaving the field out is not taken for it.
template <class T>
Input<T> must_be_given(Input<T> row) {
  row.required = true;
  return row;
}

}  // namespace greffe
