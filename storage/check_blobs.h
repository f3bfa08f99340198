// The part of `greffe verify` about documents: whether every blob that an event names is there, with
// the size that the event says and the bytes that its digest says. A removed document counts like
// any other: history goes on naming its bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "storage/blobs.h"
#include "storage/check_log.h"

namespace greffe {

struct BlobsCheck {
  std::uint64_t documents = 0;       // events that name a blob
  std::uint64_t blobs = 0;           // different blobs that they name
  std::uint64_t bytes = 0;           // of the blobs that are sound
  std::vector<LogFinding> findings;  // each at the first event that names the blob so
  bool complete = true;              // false if it gave up after log_findings_max

  bool sound() const { return findings.empty(); }
};

// Called now and then with how many of `total` blobs were looked at.
using BlobsCheckProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Reads every blob that the events up to the tail of this moment name, once. Records that cannot
// be read are passed over: check_log reports them. Memory grows with the number of blobs.
BlobsCheck check_blobs(const Log& log, const BlobStore& blobs, const BlobsCheckProgress& progress = {});

}  // namespace greffe
