// Finds the zone of the spec that a name belongs to.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "schema/model.h"

namespace fedgate::rules {

// The longest zone that holds a name, in as many look-ups as the name has labels. The model must
// outlive it.
class ZoneIndex {
 public:
  explicit ZoneIndex(const spec::Model& model) {
    for (std::size_t i = 0; i < model.zones().size(); ++i) {
      zones_.try_emplace(model.zones()[i].name->ascii(), i);
    }
  }

  // The index of the zone in the model. `name` is in lower case, with A-labels.
  [[nodiscard]] auto find(std::string_view name) const -> std::optional<std::size_t> {
    while (!name.empty()) {
      if (const auto zone = zones_.find(name); zone != zones_.end()) {
        return zone->second;
      }
      const std::size_t dot = name.find('.');
      if (dot == std::string_view::npos) {
        break;
      }
      name.remove_prefix(dot + 1);
    }
    return std::nullopt;
  }

 private:
  // Views into the model's zone names.
  std::unordered_map<std::string_view, std::size_t> zones_;
};

}  // namespace fedgate::rules
