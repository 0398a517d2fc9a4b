#include "compiler/lsp/key_description.h"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "schema/describe.h"

namespace fedgate::lsp {

namespace {

using nlohmann::json;
using yaml::Kind;
using yaml::kNoNode;
using yaml::Node;
using yaml::NodeId;

auto spec_schema() -> const json& {
  static const json kSchema = json::parse(spec::spec_json_schema());
  return kSchema;
}

// The schema itself, or what its `$ref` names.
auto resolved(const json& schema) -> const json& {
  const auto reference = schema.find("$ref");
  if (reference == schema.end()) {
    return schema;
  }
  return spec_schema().at(json::json_pointer(reference->get<std::string>().substr(1)));
}

auto holds(const Node& node, std::uint32_t offset) -> bool {
  return node.begin <= offset && offset <= node.end;
}

auto as_text(const json& value) -> std::string {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

auto describe(const std::string& key, const json& schema) -> std::string {
  const json& target = resolved(schema);
  std::string markdown = fmt::format("**{}**", key);
  if (const auto text = schema.find("description"); text != schema.end()) {
    markdown += ": " + text->get<std::string>();
  }
  if (const auto words = target.find("enum"); words != target.end()) {
    const auto meanings = target.find("markdownEnumDescriptions");
    for (std::size_t i = 0; i < words->size(); ++i) {
      markdown += "\n- `" + as_text((*words)[i]) + "`";
      if (meanings != target.end() && i < meanings->size()) {
        markdown += ": " + (*meanings)[i].get<std::string>();
      }
    }
  }
  if (const auto fallback = target.find("default"); fallback != target.end()) {
    markdown += "\n\nDefault: `" + as_text(*fallback) + "`";
  }
  return markdown;
}

// Walks down to the innermost pair that holds the offset, and in the schema with it.
class Walk {
 public:
  Walk(const yaml::Tree& tree, std::uint32_t offset) : tree_(&tree), offset_(offset) {}

  auto run() -> std::optional<KeyDescription> {
    enter(0, &spec_schema());
    return std::move(found_);
  }

 private:
  void enter(NodeId id, const json* schema) {
    // Aliases are not followed: what they stand for is not at this place.
    while (id != kNoNode && schema != nullptr) {
      const Node& node = (*tree_)[id];
      if (node.kind == Kind::sequence) {
        const auto items = resolved(*schema).find("items");
        schema = items == resolved(*schema).end() ? nullptr : &*items;
        id = child_at(node);
      } else if (node.kind == Kind::mapping) {
        id = enter_mapping(node, schema);
      } else {
        return;
      }
    }
  }

  [[nodiscard]] auto child_at(const Node& sequence) const -> NodeId {
    for (NodeId id = sequence.first_child; id != kNoNode; id = (*tree_)[id].next_sibling) {
      if (holds((*tree_)[id], offset_)) {
        return id;
      }
    }
    return kNoNode;
  }

  // The value to go on with, and its schema in `schema`.
  auto enter_mapping(const Node& mapping, const json*& schema) -> NodeId {
    for (NodeId id = mapping.first_child; id != kNoNode;) {
      const NodeId value = (*tree_)[id].next_sibling;
      const Node& key = (*tree_)[id];
      const bool is_key = holds(key, offset_);
      if (is_key || holds((*tree_)[value], offset_)) {
        const json& here = resolved(*schema);
        const auto properties = here.find("properties");
        schema = nullptr;
        if (properties == here.end() || key.kind != Kind::scalar) {
          return kNoNode;
        }
        const auto property = properties->find(std::string(key.text));
        if (property == properties->end()) {
          return kNoNode;
        }
        schema = &*property;
        const Kind kind = (*tree_)[value].kind;
        if (is_key || (kind != Kind::mapping && kind != Kind::sequence)) {
          found_ = KeyDescription{tree_->span(key), describe(std::string(key.text), *property)};
          return kNoNode;
        }
        return value;
      }
      id = (*tree_)[value].next_sibling;
    }
    return kNoNode;
  }

  const yaml::Tree* tree_;
  std::uint32_t offset_;
  std::optional<KeyDescription> found_;
};

}  // namespace

auto describe_key_at(const yaml::Tree& tree, std::uint32_t offset)
    -> std::optional<KeyDescription> {
  return tree.empty() ? std::nullopt : Walk(tree, offset).run();
}

}  // namespace fedgate::lsp
