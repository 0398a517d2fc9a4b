// Domain names of master files: text with escapes to the one spelling of record.h. Private to this
// folder and to the facts that compare names.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "schema/base/expected.h"

namespace fedgate::zonefile {

// `text` as written; without a final dot it is relative to `origin` (in the spelling of record.h),
// and `@` is the origin itself. The error says what is wrong with it, as the end of a sentence
// about the name.
[[nodiscard]] auto read_name(std::string_view text, std::string_view origin)
    -> Expected<std::string, std::string>;

// The name of uncompressed wire format, which must be sound.
[[nodiscard]] auto name_of_wire(std::span<const std::uint8_t> wire) -> std::string;

// `child` itself or below it.
[[nodiscard]] auto is_within(std::string_view name, std::string_view apex) -> bool;

}  // namespace fedgate::zonefile
