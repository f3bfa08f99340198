// Documents of tickets: what is accepted, and what their commands need to know of stored bytes.
#pragma once

#include "commands/command.h"
#include "events/settings.h"
#include "http/input.h"
#include "http/route.h"
#include "http/upload/upload.h"

namespace greffe {

// What uploads may be, by the settings of now.
UploadRules upload_rules(const AttachmentsDefined& settings);

// The size of the blob that `attach-document` names; sha256 not_found if there is none of it. A
// client's stays as it is, as other commands do: it is refused whether there is one or not.
Handled complete_document(const Call& call, AnyCommand& command, Faults& faults);

// The blobs of this server, or why it has none to offer.
Result<BlobStore*, Problem> blobs_of(const Services& services);

}  // namespace greffe
