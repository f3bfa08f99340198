#include "http/front/parking.h"

#include "http/front/lot.h"

namespace greffe::front {

Parking::Parking(const FrontOptions& options, PassOn pass_on, Counters& counters)
    : lot_(std::make_unique<Lot>(options, std::move(pass_on), counters)) {}
Parking::~Parking() = default;

Result<std::uint16_t, FrontFailure> Parking::start() {
  auto port = lot_->open();
  if (port) lot_->start();
  return port;
}

void Parking::park(std::unique_ptr<Connection> connection) { lot_->park(std::move(connection)); }
void Parking::close_entrance() { lot_->close_entrance(); }
void Parking::finish(std::chrono::steady_clock::time_point deadline) { lot_->finish(deadline); }

}  // namespace greffe::front
