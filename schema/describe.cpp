#include "schema/describe.h"

#include <iterator>
#include <string_view>
#include <type_traits>
#include <vector>

#include <fmt/format.h>

#include "schema/base/json_writer.h"
#include "schema/fields.h"
#include "schema/scalar.h"

namespace fedgate::spec {

namespace {

template <typename T>
struct ListOf : std::false_type {};
template <typename T>
struct ListOf<std::vector<T>> : std::true_type {
  using Item = T;
};
template <typename T>
struct ListOf<std::vector<Located<T>>> : std::true_type {
  using Item = T;
};

template <typename T>
constexpr bool kIsInteger = std::is_same_v<T, std::int64_t>;

// The name of a structure's definition in the schema: its key in the table of keys.
template <typename Struct>
auto definition_name() -> std::string {
  std::string name(kEntity<Struct>.phrase);
  // "the Access Edge", "a partner" → access_edge, partner.
  name.erase(0, name.find(' ') + 1);
  for (char& c : name) {
    c = c == ' ' || c == '\'' ? '_' : static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  }
  return name;
}

class SchemaWriter {
 public:
  explicit SchemaWriter(std::string& out) : json_(out) {}

  void write();

 private:
  template <typename Struct>
  void write_struct(bool is_complete);
  template <typename Struct>
  void write_definition() {
    json_.key(definition_name<Struct>());
    write_struct<Struct>(true);
  }
  template <typename T>
  void write_type(const About& about);
  template <typename T>
  void write_scalar(const About& about);
  template <typename T>
  void write_value(const About& about, std::string_view text);
  template <typename T>
  void write_field(std::string_view key, const About& about, bool is_complete);

  JsonWriter json_;
};

// A default or an example: scalars in their JSON type; what is written in brackets only as text.
template <typename T>
void SchemaWriter::write_value(const About& about, std::string_view text) {
  if constexpr (std::is_same_v<T, bool>) {
    json_.boolean(text == "true");
  } else if constexpr (kIsInteger<T>) {
    json_.integer(*Scalar<T>::parse(text, about));
  } else if constexpr (ListOf<T>::value) {
    json_.begin_array();
    if constexpr (IsScalar<typename ListOf<T>::Item>) {
      std::string_view rest = text.substr(1, text.size() - 2);
      while (!rest.empty()) {
        const std::size_t comma = rest.find(", ");
        std::string_view item = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 2);
        if (item.front() == '"') {
          item = item.substr(1, item.size() - 2);
        }
        write_value<typename ListOf<T>::Item>(about, item);
      }
    }
    json_.end_array();
  } else {
    if (text.size() > 1 && text.front() == '\'') {
      text = text.substr(1, text.size() - 2);
    }
    json_.string(text);
  }
}

template <typename T>
void SchemaWriter::write_scalar(const About& about) {
  using Type = Scalar<T>;
  json_.member("type", Type::kJsonType);
  if constexpr (std::is_enum_v<T>) {
    json_.key("enum");
    json_.begin_array();
    for (const Word& one : kWords<T>) {
      json_.string(one.text);
    }
    json_.end_array();
    json_.key("markdownEnumDescriptions");
    json_.begin_array();
    for (const Word& one : kWords<T>) {
      json_.string(one.description);
    }
    json_.end_array();
  }
  if (!Type::kPattern.empty()) {
    json_.member("pattern", Type::kPattern);
  }
  if constexpr (kIsInteger<T>) {
    if (about.one_of[0] != 0) {
      json_.key("enum");
      json_.begin_array();
      for (const std::int64_t one : about.one_of) {
        json_.integer(one);
      }
      json_.end_array();
    } else {
      json_.member("minimum", about.minimum);
      json_.member("maximum", about.maximum);
    }
  }
  if constexpr (std::is_same_v<T, value::Text>) {
    json_.member("minLength", std::int64_t{1});
    if (about.max_length != 0) {
      json_.member("maxLength", std::int64_t{about.max_length});
    }
  }
}

template <typename T>
void SchemaWriter::write_type(const About& about) {
  if constexpr (IsScalar<T>) {
    write_scalar<T>(about);
  } else if constexpr (ListOf<T>::value) {
    json_.member("type", "array");
    if (about.min_items != 0) {
      json_.member("minItems", std::int64_t{about.min_items});
    }
    json_.key("items");
    json_.begin_object();
    write_type<typename ListOf<T>::Item>(about);
    json_.end_object();
  } else {
    json_.member("$ref", "#/$defs/" + definition_name<T>());
  }
}

template <typename T>
void SchemaWriter::write_field(std::string_view key, const About& about, bool is_complete) {
  json_.key(key);
  json_.begin_object();
  json_.member("description", about.description);
  write_type<T>(about);
  if (is_complete && !about.fallback.empty()) {
    json_.key("default");
    write_value<T>(about, about.fallback);
  }
  constexpr bool kShowsExample = IsScalar<T> || (ListOf<T>::value && requires {
                                   requires IsScalar<typename ListOf<T>::Item>;
                                 });
  if (kShowsExample && !about.example.empty()) {
    json_.key("examples");
    json_.begin_array();
    write_value<T>(about, about.example);
    json_.end_array();
  }
  json_.end_object();
}

// `is_complete`: keys that are required of the structure are required here.
template <typename Struct>
void SchemaWriter::write_struct(bool is_complete) {
  json_.begin_object();
  json_.member("type", "object");
  json_.member("additionalProperties", false);
  json_.key("properties");
  json_.begin_object();
  for_each_field<Struct>([&](const auto& field) {
    using T = std::remove_cvref_t<decltype((std::declval<Struct>().*field.member).value)>;
    if (is_complete || !field.about.required) {
      write_field<T>(field.key, field.about, is_complete);
    }
  });
  json_.end_object();
  bool has_required = false;
  for_each_field<Struct>([&](const auto& field) {
    if (is_complete && field.about.required) {
      if (!has_required) {
        json_.key("required");
        json_.begin_array();
        has_required = true;
      }
      json_.string(field.key);
    }
  });
  if (has_required) {
    json_.end_array();
  }
  if constexpr (std::is_same_v<Struct, SecretReference>) {
    json_.member("minProperties", std::int64_t{1});
    json_.member("maxProperties", std::int64_t{1});
  }
  json_.end_object();
}

void SchemaWriter::write() {
  json_.begin_object();
  json_.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  json_.member("title", "fedgate spec");
  json_.member("description", "one file of a federation spec, version 1 of the language");
  json_.member("type", "object");
  json_.member("additionalProperties", false);
  json_.key("properties");
  json_.begin_object();
  for_each_field<Spec>([&](const auto& field) {
    using T = std::remove_cvref_t<decltype((std::declval<Spec>().*field.member).value)>;
    write_field<T>(field.key, field.about, true);
  });
  json_.end_object();
  json_.key("$defs");
  json_.begin_object();
  write_definition<Gateway>();
  write_definition<AccessEdge>();
  write_definition<WebConferencingEdge>();
  write_definition<SecretReference>();
  json_.key(definition_name<Defaults>());
  json_.begin_object();
  json_.member("type", "object");
  json_.member("additionalProperties", false);
  json_.key("properties");
  json_.begin_object();
  json_.key("partner");
  write_struct<Partner>(false);
  json_.end_object();
  json_.end_object();
  write_definition<Partner>();
  write_definition<Peer>();
  write_definition<Waiver>();
  write_definition<Certificate>();
  write_definition<Issuer>();
  write_definition<DistinguishedName>();
  write_definition<Key>();
  write_definition<Dns>();
  write_definition<Zone>();
  write_definition<CaaProperty>();
  json_.end_object();
  json_.end_object();
}

// What stands in the type column of the reference page.
template <typename T>
auto type_text() -> std::string {
  if constexpr (std::is_enum_v<T>) {
    std::string text;
    for (const Word& one : kWords<T>) {
      text += fmt::format("{}`{}`", text.empty() ? "" : ", ", one.text);
    }
    return text;
  } else if constexpr (IsScalar<T>) {
    return std::string(Scalar<T>::kPhrase);
  } else if constexpr (ListOf<T>::value) {
    return "list: " + type_text<typename ListOf<T>::Item>();
  } else {
    return fmt::format("see [{0}](#{0})", definition_name<T>());
  }
}

template <typename T>
auto bounds_text(const About& about) -> std::string {
  if (about.one_of[0] != 0) {
    return fmt::format(" ({})", fmt::join(about.one_of, ", "));
  }
  if (about.max_length != 0) {
    return fmt::format(" (at most {} characters)", about.max_length);
  }
  if constexpr (kIsInteger<T>) {
    return fmt::format(" ({} to {})", about.minimum, about.maximum);
  }
  return {};
}

template <typename Struct>
void append_reference(std::string& out, std::string_view title) {
  fmt::format_to(std::back_inserter(out),
                 "\n## {}\n\n| key | value | default | meaning |\n|---|---|---|---|\n", title);
  for_each_field<Struct>([&](const auto& field) {
    using T = std::remove_cvref_t<decltype((std::declval<Struct>().*field.member).value)>;
    const About& about = field.about;
    const std::string fallback = about.required            ? "**required**"
                                 : !about.fallback.empty() ? fmt::format("`{}`", about.fallback)
                                                           : std::string(about.derived_default);
    const std::string example =
        about.example.empty() ? std::string{} : fmt::format("; e.g. `{}`", about.example);
    fmt::format_to(std::back_inserter(out), "| `{}` | {}{} | {} | {}{} |\n", field.key,
                   type_text<T>(), bounds_text<T>(about), fallback, about.description, example);
  });
}

}  // namespace

auto spec_json_schema() -> std::string {
  std::string out;
  SchemaWriter(out).write();
  out += '\n';
  return out;
}

auto spec_reference() -> std::string {
  std::string out =
      "# Keys of the spec\n\nWritten by `fedgate schema spec --reference` from the field "
      "table in [fields.h](fields.h).\n";
  append_reference<Spec>(out, "spec");
  const auto append = [&]<typename Struct>(const Struct*) {
    append_reference<Struct>(out, definition_name<Struct>());
  };
  append(static_cast<const Gateway*>(nullptr));
  append(static_cast<const AccessEdge*>(nullptr));
  append(static_cast<const WebConferencingEdge*>(nullptr));
  append(static_cast<const SecretReference*>(nullptr));
  append(static_cast<const Defaults*>(nullptr));
  append(static_cast<const Partner*>(nullptr));
  append(static_cast<const Peer*>(nullptr));
  append(static_cast<const Waiver*>(nullptr));
  append(static_cast<const Certificate*>(nullptr));
  append(static_cast<const Issuer*>(nullptr));
  append(static_cast<const DistinguishedName*>(nullptr));
  append(static_cast<const Key*>(nullptr));
  append(static_cast<const Dns*>(nullptr));
  append(static_cast<const Zone*>(nullptr));
  append(static_cast<const CaaProperty*>(nullptr));
  return out;
}

}  // namespace fedgate::spec
