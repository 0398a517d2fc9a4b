#include "rules/platforms.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "rules/embedded.h"
#include "rules/tables.h"
#include "schema/base/check.h"
#include "schema/source/source_file.h"
#include "schema/value/integer.h"
#include "schema/yaml/navigate.h"
#include "schema/yaml/tree.h"

namespace fedgate::rules {

namespace {

auto read_methods(const yaml::Tree& tree, const yaml::Node& node, std::string_view key)
    -> std::vector<Method> {
  std::vector<Method> methods;
  const yaml::NodeId list = yaml::find(tree, node, key);
  for (const yaml::NodeId id : yaml::children(tree, tree.resolve(list))) {
    methods.push_back(enumerator<Method>(tree[id].text, 3));
  }
  return methods;
}

auto read_bound(const std::string& text) -> std::optional<std::uint32_t> {
  if (text.empty()) {
    return std::nullopt;
  }
  const auto bound = value::parse_integer(text);
  FEDGATE_CHECK(bound && *bound > 0 && *bound <= std::numeric_limits<std::uint32_t>::max(),
                "a bound is a positive number of seconds");
  return static_cast<std::uint32_t>(*bound);
}

auto read_platform(const yaml::Tree& tree, const yaml::Node& node) -> PlatformSupport {
  const auto text = [&](const yaml::Node& of, std::string_view key) {
    return std::string(yaml::find_text(tree, of, key));
  };
  const auto items = [&](std::string_view key) {
    return yaml::children(tree, tree.resolve(yaml::find(tree, node, key)));
  };
  PlatformSupport platform;
  platform.platform =
      enumerator<spec::Platform>(text(node, "platform"), spec::kWords<spec::Platform>.size());
  platform.version = text(node, "version");
  platform.source = text(node, "source");
  const std::string scope = text(node, "scope");
  FEDGATE_CHECK(scope == "partner" || scope == "domain", "a built-in table holds an unknown word");
  platform.scope = scope == "partner" ? MethodScope::partner : MethodScope::domain;
  for (const yaml::NodeId id : items("methods")) {
    const yaml::Node& entry = tree[id];
    platform.methods.push_back(
        {read_methods(tree, entry, "set"), text(entry, "by"), text(entry, "reason")});
  }
  for (const yaml::NodeId id : items("lost")) {
    const yaml::Node& entry = tree[id];
    const std::string setting = text(entry, "setting");
    const std::size_t dot = setting.find('.');
    FEDGATE_CHECK(dot != std::string::npos, "a lost setting names entity and key");
    platform.lost.push_back({setting.substr(0, dot), setting.substr(dot + 1), text(entry, "value"),
                             read_bound(text(entry, "over")), text(entry, "reason")});
  }
  return platform;
}

auto load_platforms() -> PlatformTable {
  source::Sources sources;
  const yaml::Tree tree = load_embedded(find_embedded("tables/platforms.yaml"), sources);
  std::vector<PlatformSupport> platforms;
  const yaml::NodeId list = yaml::find(tree, tree.root(), "platforms");
  for (const yaml::NodeId id : yaml::children(tree, tree.resolve(list))) {
    platforms.push_back(read_platform(tree, tree[id]));
  }
  return {std::move(platforms), load_negotiation_matrix()};
}

}  // namespace

auto PlatformSupport::find(const std::vector<Method>& set) const -> const MethodSupport* {
  const auto found = std::find_if(methods.begin(), methods.end(),
                                  [&](const MethodSupport& one) { return one.methods == set; });
  return found == methods.end() ? nullptr : &*found;
}

PlatformTable::PlatformTable(std::vector<PlatformSupport> platforms,
                             const NegotiationMatrix& matrix)
    : platforms_(std::move(platforms)) {
  FEDGATE_CHECK(platforms_.size() == spec::kWords<spec::Platform>.size(),
                "the table of platforms has them all");
  for (std::size_t i = 0; i < platforms_.size(); ++i) {
    const PlatformSupport& one = platforms_[i];
    FEDGATE_CHECK(static_cast<std::size_t>(one.platform) == i,
                  "the table of platforms is in their order");
    for (const MatrixRow& row : matrix.rows()) {
      const MethodSupport* support = one.find(row.methods);
      FEDGATE_CHECK(row.methods.empty() ||
                        (support != nullptr && support->by.empty() != support->reason.empty()),
                    "the table of platforms tells by what, or why not, for every set of methods");
    }
  }
}

auto PlatformTable::of(spec::Platform platform) const -> const PlatformSupport& {
  return platforms_[static_cast<std::size_t>(platform)];
}

auto describe(const PlatformSupport& platform, const MatrixRow& row) -> std::string_view {
  if (row.methods.empty()) {
    return "invalid";
  }
  const MethodSupport* support = platform.find(row.methods);
  if (support == nullptr || support->by.empty()) {
    return "no";
  }
  return platform.scope == MethodScope::partner ? "per partner" : "one for all";
}

auto builtin_platforms() -> const PlatformTable& {
  static const PlatformTable kPlatforms = load_platforms();
  return kPlatforms;
}

}  // namespace fedgate::rules
