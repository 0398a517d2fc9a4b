// The data of a record, from tokens to fields. The only part that uses ldns. Private to the reader.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "schema/base/expected.h"
#include "schema/zonefile/lexer.h"
#include "schema/zonefile/record.h"

namespace fedgate::zonefile {

// The number in the generic form of a class or type, `CLASS1` or `TYPE33` (RFC 3597, section 5);
// `prefix` is its word in lower case. None for any other text.
[[nodiscard]] auto read_generic(std::string_view prefix, std::string_view token)
    -> std::optional<std::uint16_t>;

// The mnemonic of a record type in upper case (`TYPE33` gives `SRV`), or an empty text for what is
// no type that ldns knows.
[[nodiscard]] auto read_type(std::string_view token) -> std::string;

// The number of fields that a type has whose data has a form in Data; 0 for any other type.
[[nodiscard]] auto count_fields(std::string_view type) -> std::size_t;

// `type` is from read_type(), and count_fields() knows it. The error says what is wrong, as a
// sentence without its end.
[[nodiscard]] auto read_data(std::string_view type, std::span<const Token> tokens,
                             std::string_view origin) -> Expected<Data, std::string>;

}  // namespace fedgate::zonefile
