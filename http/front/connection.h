// One client's connection: its socket, what it sent and what it is still to be sent. Owned
// by one thread at a time, handed over whole. All calls are non-blocking.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

#include "http/front/answer.h"
#include "http/front/front.h"
#include "http/front/gather.h"

namespace greffe::front {

// The counts behind FrontStats.
struct Counters {
  std::atomic<std::uint64_t> accepted, requests, parked, connections, refused;
  std::atomic<std::uint64_t> head_timeouts, body_timeouts, write_timeouts, idle_timeouts;
};

// What a connection is about to do, that is, whom it waits for.
enum class Step : std::uint8_t {
  idle,   // the client, for the next request
  head,   // the client, for the rest of a head
  body,   // the client, for the rest of a body
  ready,  // a worker: a request is complete
  flush,  // the client, to take what was sent
  drain,  // the client, to close after our last answer
  gone,   // nobody: destroy it
};

class Connection {
 public:
  // Takes a non-blocking socket and counts itself in `counters`, which must outlive it.
  Connection(int socket, std::string remote_address, const FrontOptions& options, Counters& counters);
  ~Connection();  // closes
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int socket() const { return socket_; }

  // Reads once what is there. False if the client is gone.
  bool receive();

  // Goes as far as it can without the client: sends what is to be sent, reads the next
  // request out of what came. Never waits.
  Step step();

  // Ready only: runs the handler. Then step() sends. `last` closes the connection afterwards.
  void answer(Answerer& answerer, bool last);

  // Answers with a problem document of the front's own and closes afterwards; step() sends.
  void refuse(Refusal refusal);

  // Makes the destructor drop unsent bytes rather than leave them to the kernel.
  void abort_on_close();

  // Memory held for this client, and giving back what an idle one need not keep.
  std::size_t held_bytes() const { return gatherer_.held_bytes() + answer_.bytes.capacity(); }
  void shrink();

 private:
  enum class Sent : std::uint8_t { all, some, failed };
  Sent send_rest();
  Step step_after_last();

  int socket_;
  std::string remote_address_;
  Counters& counters_;
  Gatherer gatherer_;
  Answer answer_;
  std::size_t sent_bytes_ = 0;  // of answer_
  std::size_t drained_bytes_ = 0;
  bool last_ = false;      // close after what is to be sent
  bool refused_ = false;   // and read on a while, lest the answer be lost
  bool finished_ = false;  // our side is shut down
};

}  // namespace greffe::front
