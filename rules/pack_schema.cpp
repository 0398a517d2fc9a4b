#include "rules/pack_schema.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "rules/entities.h"
#include "rules/pack_keys.h"
#include "schema/base/json_writer.h"

namespace fedgate::rules {

namespace {

constexpr std::string_view kCodePattern = "^[A-Z]{2,8}[0-9]{3,4}$";
constexpr std::string_view kNamePattern = "^[a-z0-9]+(-[a-z0-9]+)*$";
constexpr std::string_view kDatePattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

class Writer {
 public:
  explicit Writer(std::string& out) : json_(out) {}

  void write();

 private:
  // An object of exactly these keys; `describe(key)` writes the members of a key's schema.
  template <typename Describe>
  void object(std::span<const PackKey> keys, Describe describe);
  // All keys of exactly one alternative have to be there.
  void one_of(std::initializer_list<std::vector<std::string_view>> alternatives);
  void words(std::span<const std::string_view> words);
  void text(std::string_view pattern = {});
  void one_of_types(std::initializer_list<std::string_view> types);
  // YAML has booleans, and `true` is an expression as well.
  void expression() { one_of_types({"string", "boolean"}); }
  void scalar() { one_of_types({"string", "boolean", "number"}); }
  void items(std::string_view reference);
  void reference(std::string_view name) { json_.member("$ref", "#/$defs/" + std::string(name)); }
  void describe_rule_key(std::string_view key);
  void describe_example_key(std::string_view key);
  void write_definitions();
  void write_fix();

  JsonWriter json_;
};

template <typename Describe>
void Writer::object(std::span<const PackKey> keys, Describe describe) {
  json_.member("type", "object");
  json_.member("additionalProperties", false);
  json_.key("properties");
  json_.begin_object();
  for (const PackKey& key : keys) {
    json_.key(key.name);
    json_.begin_object();
    json_.member("description", key.description);
    describe(key.name);
    json_.end_object();
  }
  json_.end_object();
  json_.key("required");
  json_.begin_array();
  for (const PackKey& key : keys) {
    if (key.required) {
      json_.string(key.name);
    }
  }
  json_.end_array();
}

// Strict validators want to see each key that is required among the properties beside it.
void Writer::one_of(std::initializer_list<std::vector<std::string_view>> alternatives) {
  json_.key("oneOf");
  json_.begin_array();
  for (const std::vector<std::string_view>& keys : alternatives) {
    json_.begin_object();
    json_.key("properties");
    json_.begin_object();
    for (const std::string_view key : keys) {
      json_.key(key);
      json_.begin_object();
      json_.end_object();
    }
    json_.end_object();
    json_.key("required");
    json_.begin_array();
    for (const std::string_view key : keys) {
      json_.string(key);
    }
    json_.end_array();
    json_.end_object();
  }
  json_.end_array();
}

void Writer::words(std::span<const std::string_view> words) {
  json_.member("type", "string");
  json_.key("enum");
  json_.begin_array();
  for (const std::string_view word : words) {
    json_.string(word);
  }
  json_.end_array();
}

void Writer::text(std::string_view pattern) {
  json_.member("type", "string");
  json_.member("minLength", std::int64_t{1});
  if (!pattern.empty()) {
    json_.member("pattern", pattern);
  }
}

void Writer::one_of_types(std::initializer_list<std::string_view> types) {
  json_.key("type");
  json_.begin_array();
  for (const std::string_view type : types) {
    json_.string(type);
  }
  json_.end_array();
}

void Writer::items(std::string_view reference_name) {
  json_.member("type", "array");
  json_.key("items");
  json_.begin_object();
  reference(reference_name);
  json_.end_object();
}

void Writer::describe_rule_key(std::string_view key) {
  if (key == "code") {
    text(kCodePattern);
  } else if (key == "name") {
    text(kNamePattern);
  } else if (key == "severity") {
    words(kSeverityWords);
  } else if (key == "relaxed") {
    reference("relaxed");
  } else if (key == "opt_in") {
    json_.member("type", "boolean");
  } else if (key == "for") {
    words(kScopeWords);
  } else if (key == "when") {
    expression();
  } else if (key == "fix") {
    reference("fix");
  } else if (key == "cases") {
    items("case");
  } else if (key == "examples") {
    items("example");
  } else {
    text();
  }
}

void Writer::describe_example_key(std::string_view key) {
  if (key == "also") {
    json_.member("type", "array");
    json_.key("items");
    json_.begin_object();
    text(kCodePattern);
    json_.end_object();
  } else if (key == "as_of") {
    text(kDatePattern);
  } else {
    json_.member("type", "object");
  }
}

void Writer::write_definitions() {
  json_.key("rule");
  json_.begin_object();
  object(kRuleKeys, [this](std::string_view key) { describe_rule_key(key); });
  one_of({{"when", "message", "help"}, {"cases"}});
  json_.end_object();
  json_.key("case");
  json_.begin_object();
  object(kCaseKeys, [this](std::string_view key) { describe_rule_key(key); });
  json_.end_object();
  json_.key("relaxed");
  json_.begin_object();
  object(kRelaxedKeys,
         [this](std::string_view key) { key == "when" ? expression() : words(kSeverityWords); });
  json_.end_object();
  json_.key("example");
  json_.begin_object();
  object(kExampleKeys, [this](std::string_view key) { describe_example_key(key); });
  one_of({{"bad"}, {"good"}});
  json_.end_object();
  write_fix();
}

// Either a value for a key or items for a list.
void Writer::write_fix() {
  json_.key("fix");
  json_.begin_object();
  object(kFixKeys, [this](std::string_view key) {
    if (key == "to") {
      scalar();
    } else {
      text();
    }
  });
  json_.member("minProperties", std::int64_t{2});
  json_.member("maxProperties", std::int64_t{2});
  one_of({{"set", "to"}, {"extend", "with"}});
  json_.end_object();
}

void Writer::write() {
  json_.begin_object();
  json_.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  json_.member("title", "fedgate rule pack");
  json_.member("description", "a pack of rules over a federation spec");
  object(kPackKeys, [this](std::string_view key) {
    if (key == "rules") {
      items("rule");
    } else {
      text();
    }
  });
  json_.key("$defs");
  json_.begin_object();
  write_definitions();
  json_.end_object();
  json_.end_object();
}

}  // namespace

auto pack_json_schema() -> std::string {
  std::string out;
  Writer(out).write();
  out += '\n';
  return out;
}

}  // namespace fedgate::rules
