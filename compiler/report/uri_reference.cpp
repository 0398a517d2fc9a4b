#include "compiler/report/uri_reference.h"

#include <iterator>

#include <fmt/format.h>

#include "schema/value/describe.h"

namespace fedgate::report {

auto uri_reference(std::string_view path) -> std::string {
  constexpr std::string_view kMarks = "-._~/";
  std::string uri;
  for (const char c : path) {
    if (value::is_letter(c) || value::is_digit(c) || kMarks.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      fmt::format_to(std::back_inserter(uri), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

}  // namespace fedgate::report
