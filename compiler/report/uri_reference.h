// Paths as URI references, for reports and editors.
#pragma once

#include <string>
#include <string_view>

namespace fedgate::report {

// Everything but unreserved characters (RFC 3986, section 2.3) and `/` is percent-encoded.
[[nodiscard]] auto uri_reference(std::string_view path) -> std::string;

}  // namespace fedgate::report
