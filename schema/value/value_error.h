// ValueError: why the text of a scalar is not a value of its type, and which bytes of it are wrong.
// Every parser of this folder returns it; the binder turns it into a finding at the scalar's place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "schema/base/expected.h"

namespace fedgate::value {

// The class of a defect, for callers that treat one of them in a way of its own.
enum class Defect : std::uint8_t {
  empty,          // there is no text
  bad_character,  // a character that the type never allows
  bad_form,       // each character is allowed, but not so arranged
  too_long,       // above a length limit
  out_of_range,   // well formed, but no such value (a 31 April, a number above 64 bits)
  trailing_dot,   // a domain name written with the root's dot
  ip_literal,     // an IP address where a domain name is due
  wildcard,       // a wildcard where a plain domain name is due, or a misplaced one
  other_type,     // the notation of another type or of another YAML version (`yes`, `0x10`, `1e3`)
};

// `message` is one clause (lower case, no final period, user text in backticks) and `help` says
// what to write instead. `offset` and `length` count bytes of the parsed text, and always lie
// inside it; a length of 0 stands for the place where something is missing. `replacement` is the
// whole scalar as it should be written, present only where that is certain.
struct ValueError {
  Defect defect = Defect::bad_form;
  std::string message;
  std::string help;
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  std::optional<std::string> replacement = std::nullopt;
};

template <typename T>
using Parsed = Expected<T, ValueError>;

}  // namespace fedgate::value
