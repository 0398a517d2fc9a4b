#include "rules/embedded.h"

#include <algorithm>

#include "schema/base/check.h"

namespace fedgate::rules {

auto find_embedded(std::string_view name) -> const EmbeddedFile& {
  const auto files = embedded_files();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const EmbeddedFile& file) { return file.name == name; });
  FEDGATE_CHECK(found != files.end(), "a built-in file is missing");
  return *found;
}

auto load_embedded(const EmbeddedFile& file, source::Sources& sources) -> yaml::Tree {
  yaml::Tree tree;
  tree.file = sources.add("<built-in>/" + std::string(file.name),
                          std::string(file.blob.substr(0, file.source_size)));
  tree.nodes.reserve(file.nodes.size());
  for (const EmbeddedNode& node : file.nodes) {
    tree.nodes.push_back({static_cast<yaml::Kind>(node.kind), static_cast<yaml::Style>(node.style),
                          node.flow, node.begin, node.end, node.target, node.first_child,
                          node.next_sibling, node.size,
                          file.blob.substr(node.text_begin, node.text_size)});
  }
  return tree;
}

}  // namespace fedgate::rules
