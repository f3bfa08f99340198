// The commands of catalogue entries as requests name them; see command_bodies.h.
#pragma once

#include "http/command_bodies.h"

namespace greffe {

// Canned replies, templates, contexts, views, contracts. Made once; any thread.
std::span<const AggregateBodies> catalogue_bodies();

}  // namespace greffe
