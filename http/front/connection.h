// One client's connection: its socket, what it sent and what it is still to be sent. Owned
// by one thread at a time, handed over whole. All calls are non-blocking.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/front/answer.h"
#include "http/front/front.h"
#include "http/front/gather.h"
#include "http/front/pace.h"

namespace greffe::front {

class Connection;

// The counts behind FrontStats.
struct Counters {
  std::atomic<std::uint64_t> accepted, requests, parked, connections, refused;
  std::atomic<std::uint64_t> head_timeouts, body_timeouts, write_timeouts, idle_timeouts;
  std::atomic<std::uint64_t> spooled, planned_answers, upload_timeouts, download_timeouts, broken_streams;
  std::atomic<std::size_t> queued_bytes;  // held by connections that wait for a disk thread
};

// What a connection is about to do, that is, whom it waits for.
enum class Step : std::uint8_t {
  idle,      // the client, for the next request
  head,      // the client, for the rest of a head
  body,      // the client, for the rest of a body
  upload,    // the client, for more of a body that goes to a sink
  ready,     // a worker: a request is complete
  disk,      // a disk thread: use_disk() is to be called
  flush,     // the client, to take what was sent
  download,  // the client, to take a piece of an answer that comes from a source
  drain,     // the client, to close after our last answer
  gone,      // nobody: destroy it
};
inline constexpr std::size_t step_count = 10;

// Takes a connection over and brings it to whom its step waits for. Any thread.
using PassOn = std::function<void(std::unique_ptr<Connection>, Step)>;

class Connection {
 public:
  // Takes a non-blocking socket and counts itself in `counters`, which must outlive it.
  Connection(int socket, std::string remote_address, const FrontOptions& options, Counters& counters);
  ~Connection();  // closes; blocks if holds_sink()
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int socket() const { return socket_; }

  // Reads once what is there. False if the client is gone.
  bool receive();

  // Goes as far as it can without the client: sends what is to be sent, reads the next
  // request out of what came. Never waits.
  Step step();

  // Disk only: writes to the body's sink, or reads from the answer's source; may block.
  void use_disk();

  // Ready only: runs the handler. Then step() sends. `last` closes the connection afterwards.
  void answer(Answerer& answerer, bool last);

  // Answers with a problem document of the front's own and closes afterwards; step() sends.
  void refuse(Refusal refusal);

  // Makes the destructor drop unsent bytes rather than leave them to the kernel.
  void abort_on_close();

  // True while a body is on its way to its sink, and while there is a sink to be let go.
  bool is_spooling() const { return gatherer_.is_spooling() && !last_; }
  bool holds_sink() const { return gatherer_.holds_sink(); }

  // How long an upload or a download may still wait for the client; waited() says it did.
  Pace::Duration patience() const { return pace_.left(); }
  void waited(Pace::Duration duration) { pace_.waited(duration); }

  // Memory held for this client, and giving back what an idle one need not keep.
  std::size_t held_bytes() const { return gatherer_.held_bytes() + answer_.bytes.capacity(); }
  void shrink();

 private:
  enum class Sent : std::uint8_t { all, some, piece_due, failed };
  Sent send_rest();
  Step step_after_last();
  Step body_unfinished();
  Step transfer(Step step);
  bool fetch_piece();
  void send_planned_answer(Answerer& answerer);
  void limit_unsent_bytes();

  int socket_;
  Counters& counters_;
  Gatherer gatherer_;
  Answer answer_;
  Pace pace_;
  Step transfer_ = Step::idle;  // upload or download, if pace_ is for one
  std::size_t sent_bytes_ = 0;  // of answer_
  std::size_t drained_bytes_ = 0;
  bool unsent_limited_ = false;
  bool last_ = false;      // close after what is to be sent
  bool refused_ = false;   // and read on a while, lest the answer be lost
  bool finished_ = false;  // our side is shut down
};

}  // namespace greffe::front
