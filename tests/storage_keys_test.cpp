#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "storage/keys.h"

namespace greffe::keys {

TEST_CASE("keys have the documented bytes") {
  CHECK(entry_key(Position{0x0102030405060708}).view() == "\x01\x02\x03\x04\x05\x06\x07\x08");
  CHECK(stream_key({StreamKind::agent, 0x0102030405060708}, Version{0x0a0b0c0d}).view() ==
        "\x04\x01\x02\x03\x04\x05\x06\x07\x08\x0a\x0b\x0c\x0d");
  CHECK(index_key(IndexSpace::email, "a@b.c") ==
        "\x04"
        "a@b.c");
}

TEST_CASE("keys are ordered as what they stand for") {
  CHECK(rc::check("entries by position", [](std::uint64_t a, std::uint64_t b) {
    RC_ASSERT((entry_key(Position{a}).view() < entry_key(Position{b}).view()) == (a < b));
  }));
  CHECK(rc::check("streams by kind, id and version", [] {
    const auto any = [] {
      const StreamId stream{
          *rc::gen::element(StreamKind::ticket, StreamKind::agent, StreamKind::settings),
          *rc::gen::oneOf(rc::gen::arbitrary<std::uint64_t>(), rc::gen::inRange<std::uint64_t>(0, 3))};
      return std::pair(stream, Version{*rc::gen::arbitrary<std::uint32_t>()});
    };
    const auto a = any(), b = any();
    RC_ASSERT((stream_key(a.first, a.second).view() < stream_key(b.first, b.second).view()) == (a < b));
  }));
}

TEST_CASE("what a key stands for is read back from it") {
  CHECK(rc::check("positions",
                  [](std::uint64_t p) { RC_ASSERT(read_position(entry_key(Position{p}).view()) == Position{p}); }));
  CHECK(rc::check("versions", [](std::uint64_t id, std::uint32_t version) {
    const StreamId stream{StreamKind::team, id};
    RC_ASSERT(read_version(stream_key(stream, Version{version}).view(), stream) == Version{version});
    RC_ASSERT(!read_version(stream_key(stream, Version{version}).view(), {StreamKind::agent, id}));
    RC_ASSERT(!read_version(stream_key(stream, Version{version}).view(), {StreamKind::team, id + 1}));
  }));
}

TEST_CASE("bytes of another length are no key") {
  const StreamId stream{StreamKind::team, 1};
  const std::string whole(stream_key(stream, Version{1}).view());
  CHECK_FALSE(read_position(""));
  CHECK_FALSE(read_position("1234567"));
  CHECK_FALSE(read_position("123456789"));
  CHECK_FALSE(read_version("", stream));
  CHECK_FALSE(read_version(whole.substr(0, 12), stream));
  CHECK_FALSE(read_version(whole + "x", stream));
}

}  // namespace greffe::keys
