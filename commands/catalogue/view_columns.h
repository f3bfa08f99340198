// The columns that a saved view can show, as the rows of ticket lists name them.
#pragma once

#include <array>
#include <string_view>

namespace greffe {

inline constexpr std::array<std::string_view, 31> view_columns = {"number",
                                                                  "kind",
                                                                  "channel",
                                                                  "origin",
                                                                  "title",
                                                                  "status",
                                                                  "priority",
                                                                  "category",
                                                                  "request_type",
                                                                  "group",
                                                                  "contact",
                                                                  "organisation",
                                                                  "team",
                                                                  "assignee",
                                                                  "copies",
                                                                  "external_id",
                                                                  "opened_at",
                                                                  "updated_at",
                                                                  "first_closed_at",
                                                                  "last_closed_at",
                                                                  "due_at",
                                                                  "estimated_resolution_at",
                                                                  "reopen_count",
                                                                  "reassignment_count",
                                                                  "message_count",
                                                                  "document_count",
                                                                  "todo_count",
                                                                  "open_todo_count",
                                                                  "child_count",
                                                                  "context_types",
                                                                  "needs_look"};

}  // namespace greffe
