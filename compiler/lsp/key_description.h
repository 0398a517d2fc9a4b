// What a key of the spec means, for the place where it stands in a file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "schema/source/span.h"
#include "schema/yaml/tree.h"

namespace fedgate::lsp {

struct KeyDescription {
  // The key's place.
  source::Span where;
  // Its description, type, default and allowed words, as the JSON Schema of the spec has them.
  std::string markdown;
};

// The key at `offset`, or the one whose scalar value stands there; none where no known key does.
[[nodiscard]] auto describe_key_at(const yaml::Tree& tree, std::uint32_t offset)
    -> std::optional<KeyDescription>;

}  // namespace fedgate::lsp
