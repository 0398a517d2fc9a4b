// Reads one YAML or JSON file into a tree. Part of the first phase (source files -> trees).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "schema/diag/sink.h"
#include "schema/source/source_file.h"
#include "schema/yaml/tree.h"

namespace fedgate::yaml {

struct Limits {
  std::uint32_t bytes = 64U << 20U;
  std::uint32_t depth = 64;
  // Nodes that a walk through all aliases would meet.
  std::uint64_t nodes = 10'000'000;
};

// Reads `sources[file]` as YAML 1.2, one document. All that is wrong goes to `sink`; the tree is
// empty where no document could be read, and otherwise free of duplicate keys, merge keys, alias
// cycles, and keys that are anything but a scalar, so that later phases need not look for them (of
// duplicates the first is kept, and a pair without a proper key is left out). The tags `!` and
// `!!str` make text of a plain scalar; others are refused and passed over. An alias that was
// refused is a null. Never throws on bad input.
[[nodiscard]] auto read_yaml(const source::Sources& sources, source::FileId file, diag::Sink& sink,
                             const Limits& limits = {}) -> Tree;

// The same for JSON (RFC 8259); a byte order mark is accepted and skipped.
[[nodiscard]] auto read_json(const source::Sources& sources, source::FileId file, diag::Sink& sink,
                             const Limits& limits = {}) -> Tree;

// read_json for a name that ends in `.json`, else read_yaml.
[[nodiscard]] auto read(const source::Sources& sources, source::FileId file, diag::Sink& sink,
                        const Limits& limits = {}) -> Tree;

// read() for each of `files`, several at once where there is enough to read. The trees and the
// findings come in the order of `files`.
[[nodiscard]] auto read_all(const source::Sources& sources, std::span<const source::FileId> files,
                            diag::Sink& sink, const Limits& limits = {}) -> std::vector<Tree>;

// The byte offset in the file of byte `offset` of a scalar's text: exact where the scalar was
// written without escapes and folding, and else the place in the written form from which that byte
// of the text came. For findings inside scalars (CEL expressions in rule packs).
[[nodiscard]] auto source_offset(const source::Sources& sources, const Tree& tree,
                                 const Node& scalar, std::uint32_t offset) -> std::uint32_t;

}  // namespace fedgate::yaml
