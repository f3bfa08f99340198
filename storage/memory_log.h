// The log without a disk: test double and reference model. Same promises but durability.
#pragma once

#include <memory>

#include "storage/log.h"

namespace greffe {

std::unique_ptr<Log> open_memory_log();

}  // namespace greffe
