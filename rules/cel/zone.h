// Time zones: fixed offsets and the names of the IANA database, as the operating system has it.
// Private to rules/cel.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fedgate::cel {

// The seconds that `zone` is ahead of UTC at `seconds` after 1970-01-01T00:00:00Z. `zone` is `UTC`,
// `+02:00`, `02:00` or an IANA name such as `Europe/Berlin`. Nothing for an unknown zone, or where
// the system has no time zone database.
[[nodiscard]] auto zone_offset(std::string_view zone, std::int64_t seconds)
    -> std::optional<std::int64_t>;

}  // namespace fedgate::cel
