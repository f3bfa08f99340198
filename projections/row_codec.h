// Rows to stored bytes and back, by the schemas in rows.fbs and clocks/clocks.fbs.
// Deterministic: equal rows give equal bytes. Instantiated in row_codec.cpp for every row
// type of the views, so that FlatBuffers stays there.
#pragma once

#include <string>
#include <string_view>

namespace greffe {

// The row's bytes, written over `out`.
template <class Row>
void encode_row(const Row& row, std::string& out);

// Verifies, then reads. Throws ViewsUnreadable if the bytes are not such a row.
template <class Row>
Row decode_row(std::string_view bytes);

}  // namespace greffe
