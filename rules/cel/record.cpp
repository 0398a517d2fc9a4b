#include "rules/cel/record.h"

namespace fedgate::cel {

auto RecordType::find(std::string_view field) const -> std::optional<std::size_t> {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == field) {
      return i;
    }
  }
  return std::nullopt;
}

}  // namespace fedgate::cel
