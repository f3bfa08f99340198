// Undoing a batch: the commands that take every step of it back.
#pragma once

#include "http/batch/batch.h"

namespace greffe {

// The steps for the batch of the path's first {…}, newest event first. Refused as a whole with
// not_undoable, which lists every step that has no way back, or whose ticket changed the same
// thing since, or whose inverse would be refused now. Waits until the views have seen the log.
Result<std::vector<BatchStep>, Problem> undo_steps(const Call& call, const CommandRequest& headers);

}  // namespace greffe
