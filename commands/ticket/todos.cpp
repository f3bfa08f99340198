#include <algorithm>

#include "commands/references.h"
#include "commands/ticket/field_rules.h"

namespace greffe::subjects {
namespace {

const TodoState* find_todo(const TicketState& state, std::uint32_t number) {
  const auto at = std::find_if(state.todos.begin(), state.todos.end(), [&](const auto& t) { return t.todo == number; });
  return at == state.todos.end() ? nullptr : &*at;
}

Outcome no_todo() {
  FieldFaults faults;
  faults.add("todo", FieldCode::not_found);
  return faults.refuse();
}

}  // namespace

Outcome decide(const TicketState& state, const AddTodo& command, const Context& context) {
  FieldFaults faults;
  check_text("text", command.text, {limits::reason_bytes_max, true, true}, faults);
  if (command.assignee) check_agent("assignee", *command.assignee, context.lookup, faults);
  if (state.todos.size() >= limits::todos_max) faults.add("text", FieldCode::too_many);
  if (!faults.empty()) return faults.refuse();
  return events(TodoAdded{{state.counts.todos + 1, {command.text}, command.assignee, command.due_at}});
}

Outcome decide(const TicketState& state, const CompleteTodo& command, const Context&) {
  const TodoState* todo = find_todo(state, command.todo);
  if (todo == nullptr) return no_todo();
  if (todo->done) return events();
  return events(TodoCompleted{command.todo});
}

Outcome decide(const TicketState& state, const ReopenTodo& command, const Context&) {
  const TodoState* todo = find_todo(state, command.todo);
  if (todo == nullptr) return no_todo();
  if (!todo->done) return events();
  return events(TodoReopened{command.todo});
}

Outcome decide(const TicketState& state, const DropTodo& command, const Context&) {
  if (find_todo(state, command.todo) != nullptr) return events(TodoDropped{command.todo});
  if (command.todo > 0 && command.todo <= state.counts.todos) return events();
  return no_todo();
}

Outcome decide(const TicketState& state, const ReorderTodos& command, const Context&) {
  std::vector<std::uint32_t> present;
  for (const TodoState& todo : state.todos) present.push_back(todo.todo);
  if (command.todos == present) return events();
  if (!std::is_permutation(command.todos.begin(), command.todos.end(), present.begin(), present.end())) {
    FieldFaults faults;
    faults.add("todos", FieldCode::not_one_of);
    return faults.refuse();
  }
  return events(TodosReordered{command.todos});
}

}  // namespace greffe::subjects
