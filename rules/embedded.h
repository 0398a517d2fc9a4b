// The packs and tables that are part of the binary. The build turns each YAML file into its text
// and its finished document tree (embed.cpp), so that a run does not parse them again.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/source/source_file.h"
#include "schema/yaml/tree.h"

namespace fedgate::rules {

// A node as the build writes it; its text is a part of the file's blob.
struct EmbeddedNode {
  std::uint8_t kind;
  std::uint8_t style;
  bool flow;
  std::uint32_t begin;
  std::uint32_t end;
  std::uint32_t target;
  std::uint32_t first_child;
  std::uint32_t next_sibling;
  std::uint32_t size;
  std::uint32_t text_begin;
  std::uint32_t text_size;
};

struct EmbeddedFile {
  // `packs/negotiation.yaml`
  std::string_view name;
  // The file's own bytes, and behind them the texts that differ from them.
  std::string_view blob;
  std::uint32_t source_size;
  std::span<const EmbeddedNode> nodes;
};

// In the order in which the build lists them: packs, then tables. Defined by the generated file.
[[nodiscard]] auto embedded_files() -> std::span<const EmbeddedFile>;

// The file of that name, which must exist, added to `sources` as `<built-in>/NAME`.
[[nodiscard]] auto load_embedded(const EmbeddedFile& file, source::Sources& sources) -> yaml::Tree;
[[nodiscard]] auto find_embedded(std::string_view name) -> const EmbeddedFile&;

}  // namespace fedgate::rules
