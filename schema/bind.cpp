#include "schema/bind.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "schema/base/suggest.h"
#include "schema/bind_traits.h"
#include "schema/diag/message.h"
#include "schema/edit/edit.h"
#include "schema/fields.h"
#include "schema/scalar.h"
#include "schema/value/describe.h"
#include "schema/yaml/core_type.h"
#include "schema/yaml/navigate.h"

namespace fedgate::spec {

namespace {

namespace messages = diag::messages;
using source::Span;
using yaml::Kind;
using yaml::Node;
using yaml::NodeId;

constexpr std::string_view kList = "a list";

auto describe(const Node& node) -> std::string {
  switch (node.kind) {
    case Kind::null:
      return "nothing";
    case Kind::sequence:
      return std::string(kList);
    case Kind::mapping:
      return "a mapping";
    case Kind::scalar:
    case Kind::alias:
      break;
  }
  return fmt::format("`{}`", node.text);
}

class Binder {
 public:
  Binder(const source::Sources& sources, diag::Sink& sink) : sources_(&sources), sink_(&sink) {}

  void bind_document(const Document& document, Spec& spec);
  void finish(Spec& spec, bool complete);

 private:
  [[nodiscard]] auto at(const Node& node) const -> Span { return tree_->span(node); }

  auto report_at(Span where, auto&&... arguments) -> diag::Sink::Draft {
    auto draft = sink_->report(where, std::forward<decltype(arguments)>(arguments)...);
    if (!subject_.kind.empty()) {
      draft.subject(subject_.kind, subject_.id);
    }
    return draft;
  }

  template <typename Struct>
  void bind_struct(const Node& node, Struct& out);
  template <typename Struct>
  void bind_pairs(const Node& node, Struct& out, std::vector<std::string_view>& seen);
  template <typename Struct>
  void bind_pair(const Node& mapping, NodeId key_id, Struct& out,
                 std::vector<std::string_view>& seen);
  template <typename Struct, typename T>
  void bind_field(const Field<Struct, T>& field, const Node& key, const Node& value,
                  Located<T>& out);
  template <typename Struct>
  void mark_misspelt(std::string_view key, bool is_given, Span where, Struct& out);
  template <typename T>
  void bind_list(std::string_view key, const About& about, const Node& node, std::vector<T>& out);
  template <typename T>
  auto bind_value(std::string_view key, const About& about, const Node& node, T& out) -> bool;
  template <typename T>
  auto bind_scalar(std::string_view key, const About& about, const Node& node, T& out) -> bool;
  template <typename T>
  auto is_within_bounds(std::string_view key, const About& about, const Node& node, const T& value)
      -> bool;
  // How often something went wrong that leaves its entity without a value that facts need.
  [[nodiscard]] auto faults() const -> std::size_t {
    return sink_->error_count() + lost_ - contained_;
  }
  template <typename T>
  void fill_default(const About& about, Span where, Located<T>& out);
  template <typename Struct>
  void fill_defaults(Struct& out);
  template <typename Struct>
  void require_keys(const Struct& out, const std::vector<std::string_view>& seen);
  auto mismatch(std::string_view key, std::string_view expected, const Node& node) -> bool;
  auto report_value_error(std::string_view key, const Node& node, const value::ValueError& error)
      -> diag::Sink::Draft;
  template <typename T>
  auto fix_value(const About& about, const Node& node, const value::Parsed<T>& parsed)
      -> std::optional<diag::Fix>;
  [[nodiscard]] auto may_be_reference(const Node& node) const -> bool;
  void report_literal_secret(std::string_view key, const Node& node);

  const source::Sources* sources_;
  diag::Sink* sink_;
  const yaml::Tree* tree_ = nullptr;
  diag::Subject subject_;
  // Values that could not be read and whose finding is not the binder's.
  std::size_t lost_ = 0;
  // Findings on values that are marked as unreadable, which is enough for who reads them.
  std::size_t contained_ = 0;
  // Of a partner in `defaults` nothing is required, and nothing is filled in.
  bool partial_ = false;
  std::vector<std::string_view> root_keys_;
  // No document was something else than a part of a spec, which may have held the rest.
  bool is_read_ = true;
  // No entity and no section was left out.
  bool is_whole_ = true;
};

auto Binder::mismatch(std::string_view key, std::string_view expected, const Node& node) -> bool {
  if (node.kind == Kind::null) {
    // An alias that leads nowhere stands as an empty value, and its reader has said so.
    if (sources_->text(at(node)).starts_with('*')) {
      ++lost_;
    } else {
      report_at(at(node), messages::empty_value, std::string(key));
    }
  } else {
    auto draft = report_at(at(node), messages::wrong_type, std::string(key), std::string(expected),
                           describe(node));
    const std::string_view written = sources_->text(at(node));
    if (expected == kList && node.kind == Kind::scalar &&
        written.find_first_of(",[]{}#\n") == std::string_view::npos) {
      draft.help(fmt::format("write `[{}]`", written));
    }
  }
  return false;
}

auto Binder::report_value_error(std::string_view key, const Node& node,
                                const value::ValueError& error) -> diag::Sink::Draft {
  Span where = at(node);
  // Inside a scalar that stands verbatim in the file, the wrong bytes themselves can be shown.
  const std::string_view written = sources_->text(where);
  const std::size_t quote = node.style == yaml::Style::plain ? 0 : 1;
  if (written.size() == node.text.size() + 2 * quote &&
      written.substr(quote, node.text.size()) == node.text && error.length > 0 &&
      error.offset + error.length <= node.text.size()) {
    where.begin += static_cast<std::uint32_t>(quote) + error.offset;
    where.end = where.begin + error.length;
  }
  auto draft = report_at(where, messages::invalid_value, std::string(key), error.message);
  if (!error.help.empty()) {
    draft.help(error.help);
  }
  return draft;
}

// The scalar as it should be written, where `parsed` tells that and the type then takes it; a value
// that is fine as it is only loses its quotes.
template <typename T>
auto Binder::fix_value(const About& about, const Node& node, const value::Parsed<T>& parsed)
    -> std::optional<diag::Fix> {
  constexpr bool kIsBare = std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t>;
  std::string text(node.text);
  if (!parsed) {
    if (!parsed.error().replacement || !Scalar<T>::parse(*parsed.error().replacement, about)) {
      return std::nullopt;
    }
    text = *parsed.error().replacement;
  }
  return edit::as_fix(fmt::format("write `{}`{}", text, parsed ? " without quotes" : ""),
                      edit::replace_scalar(*sources_, at(node), text,
                                           kIsBare ? edit::Form::bare : edit::Form::text));
}

// Whether the node names where a secret is kept, if perhaps with a misspelt key.
auto Binder::may_be_reference(const Node& node) const -> bool {
  if (node.kind != Kind::mapping) {
    return node.kind == Kind::null;
  }
  for (NodeId id = node.first_child; id != yaml::kNoNode;
       id = (*tree_)[(*tree_)[id].next_sibling].next_sibling) {
    if (nearest(tree_->resolve(id).text, kKeys<SecretReference>)) {
      return true;
    }
  }
  return node.size == 0;
}

void Binder::report_literal_secret(std::string_view key, const Node& node) {
  report_at(at(node), messages::literal_secret, std::string(key))
      .hide_source(std::string(node.text));
}

template <typename T>
auto Binder::is_within_bounds(std::string_view key, const About& about, const Node& node,
                              const T& value) -> bool {
  const auto refuse = [&](const std::string& seen, const std::string& bounds) {
    report_at(at(node), messages::out_of_bounds, std::string(key), seen, bounds);
    return false;
  };
  if constexpr (std::is_same_v<T, std::int64_t>) {
    if (about.one_of[0] != 0 &&
        std::find(about.one_of.begin(), about.one_of.end(), value) == about.one_of.end()) {
      return refuse(fmt::format("{}", value),
                    fmt::format("one of {}", fmt::join(about.one_of, ", ")));
    }
    if (value < about.minimum || value > about.maximum) {
      return refuse(fmt::format("{}", value),
                    about.minimum == about.maximum
                        ? fmt::format("{}", about.minimum)
                        : fmt::format("from {} to {}", about.minimum, about.maximum));
    }
  } else if constexpr (std::is_same_v<T, value::Duration>) {
    if (value.seconds() < about.minimum || value.seconds() > about.maximum) {
      return refuse(
          value.to_text(),
          fmt::format(
              "from {} to {}",
              value::Duration::from_seconds(std::max<std::int64_t>(0, about.minimum)).to_text(),
              value::Duration::from_seconds(about.maximum).to_text()));
    }
  } else if constexpr (std::is_same_v<T, value::Text>) {
    const std::uint32_t length = source::count_code_points(value.text());
    if (about.max_length != 0 && length > about.max_length) {
      return refuse(fmt::format("{} characters long", length),
                    fmt::format("at most {} characters", about.max_length));
    }
  }
  return true;
}

template <typename T>
auto Binder::bind_scalar(std::string_view key, const About& about, const Node& node, T& out)
    -> bool {
  using Type = Scalar<T>;
  if (node.kind != Kind::scalar) {
    return mismatch(key, Type::kPhrase, node);
  }
  constexpr bool kTakesPlainOnly = std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t>;
  if (kTakesPlainOnly && node.style != yaml::Style::plain) {
    auto draft = report_at(at(node), messages::wrong_type, std::string(key),
                           std::string(Type::kPhrase), fmt::format("the text \"{}\"", node.text));
    draft.help("write it without quotes")
        .fix(fix_value<T>(about, node, Type::parse(node.text, about)));
    return false;
  }
  auto parsed = Type::parse(node.text, about);
  if (!parsed) {
    report_value_error(key, node, parsed.error()).fix(fix_value<T>(about, node, parsed));
    return false;
  }
  if (!kTakesPlainOnly && node.style == yaml::Style::plain && yaml::is_core_non_string(node.text)) {
    auto draft = report_at(at(node), messages::wrong_type, std::string(key),
                           std::string(Type::kPhrase), describe(node));
    draft
        .help("YAML takes this for a number or a boolean; if it is meant as text, put it in quotes")
        .fix(edit::as_fix("put it in quotes", edit::replace_scalar(*sources_, at(node), node.text,
                                                                   edit::Form::quoted)));
    return false;
  }
  if (!is_within_bounds(key, about, node, *parsed)) {
    return false;
  }
  if constexpr (std::is_same_v<T, value::DnsName>) {
    if (parsed->had_upper_case()) {
      const std::string lower = value::to_lower(node.text);
      report_at(at(node), messages::upper_case_domain, std::string(key), std::string(node.text))
          .fix(edit::as_fix(fmt::format("write `{}`", lower),
                            edit::replace_scalar(*sources_, at(node), lower)));
    }
  }
  out = *std::move(parsed);
  return true;
}

// Reads `node` into `out`; false where nothing usable was read.
template <typename T>
auto Binder::bind_value(std::string_view key, const About& about, const Node& node, T& out)
    -> bool {
  if constexpr (IsScalar<T>) {
    return bind_scalar(key, about, node, out);
  } else if constexpr (IsVector<T>::value) {
    if (node.kind != Kind::sequence) {
      return mismatch(key, kList, node);
    }
    bind_list(key, about, node, out);
    return true;
  } else {
    if constexpr (std::is_same_v<T, SecretReference>) {
      if (!may_be_reference(node)) {
        report_literal_secret(key, node);
        return false;
      }
    }
    if (node.kind != Kind::mapping) {
      return mismatch(key, "a mapping", node);
    }
    bind_struct(node, out);
    return true;
  }
}

template <typename T>
void Binder::bind_list(std::string_view key, const About& about, const Node& node,
                       std::vector<T>& out) {
  if (node.size < about.min_items) {
    report_at(at(node), messages::out_of_bounds, std::string(key), std::string("empty"),
              fmt::format("a list of at least {}", about.min_items));
  }
  out.reserve(out.size() + node.size);
  for (NodeId id = node.first_child; id != yaml::kNoNode; id = (*tree_)[id].next_sibling) {
    const Node& item = tree_->resolve(id);
    if constexpr (IsLocated<T>::value) {
      T located;
      located.where = at((*tree_)[id]);
      located.origin = Origin::given;
      if (bind_value(key, about, item, located.value)) {
        out.push_back(std::move(located));
      }
    } else {
      T entity;
      if (bind_value(key, about, item, entity)) {
        out.push_back(std::move(entity));
      } else {
        is_whole_ = false;
      }
    }
  }
}

template <typename Struct, typename T>
void Binder::bind_field(const Field<Struct, T>& field, const Node& key, const Node& value,
                        Located<T>& out) {
  if (out.origin != Origin::absent && !field.about.joined) {
    report_at(at(key), messages::repeated_section, std::string(field.key))
        .note(out.where, "first given here");
    return;
  }
  const Span where = out.given() ? out.where : at(value);
  const std::size_t before = faults();
  const bool is_read = bind_value(field.key, field.about, value, out.value);
  const std::size_t found = faults() - before;
  const bool is_contained = field.about.stands_alone || (partial_ && !is_read);
  if (is_read && !(is_contained && found > 0)) {
    out.origin = Origin::given;
    out.where = where;
  } else if (field.about.joined) {
    is_whole_ = false;
  } else {
    out.origin = Origin::unreadable;
    out.where = where;
  }
  if (is_contained) {
    contained_ += found;
  }
}

// A misspelt key may have been meant for `key`, which then has no known value; where that one is
// given too, nothing is lost.
template <typename Struct>
void Binder::mark_misspelt(std::string_view key, bool is_given, Span where, Struct& out) {
  for_each_field<Struct>([&](const auto& field) {
    auto& meant = out.*field.member;
    constexpr bool kIsShared = std::is_same_v<decltype(meant.value), Defaults>;
    if (field.key != key ||
        !(field.about.stands_alone || kIsShared || (partial_ && !field.about.joined))) {
      return;
    }
    ++contained_;
    if (!is_given && meant.origin == Origin::absent) {
      meant.origin = Origin::unreadable;
      meant.where = where;
    }
  });
}

template <typename Struct>
void Binder::bind_pair(const Node& mapping, NodeId key_id, Struct& out,
                       std::vector<std::string_view>& seen) {
  const Node& key = tree_->resolve(key_id);
  const Node& value = tree_->resolve((*tree_)[key_id].next_sibling);
  bool known = false;
  for_each_field<Struct>([&](const auto& field) {
    if (!known && field.key == key.text) {
      known = true;
      seen.push_back(field.key);
      if (partial_ && field.about.required) {
        if constexpr (std::is_same_v<Struct, Partner>) {
          report_at(at(key), messages::required_default, std::string(field.key));
          ++contained_;
          return;
        }
      }
      bind_field(field, key, value, out.*field.member);
    }
  });
  if (known) {
    return;
  }
  is_whole_ = is_whole_ && !std::is_same_v<Struct, Spec> && !std::is_same_v<Struct, Dns>;
  auto draft = report_at(at(key), messages::unknown_key, std::string(key.text),
                         std::string(kEntity<Struct>.phrase));
  if (const auto near = nearest(key.text, kKeys<Struct>)) {
    draft.help(fmt::format("did you mean `{}`?", *near));
    const bool is_given = yaml::find(*tree_, mapping, *near) != yaml::kNoNode;
    mark_misspelt(*near, is_given, at(key), out);
    if (!is_given && has_one_near(key.text, kKeys<Struct>)) {
      draft.fix(edit::as_fix(fmt::format("rename it to `{}`", *near),
                             edit::replace_scalar(*sources_, at((*tree_)[key_id]), *near)));
    }
  } else {
    draft.help(fmt::format("its keys are {}", fmt::join(kKeys<Struct>, ", ")));
  }
}

template <typename Struct>
void Binder::bind_pairs(const Node& node, Struct& out, std::vector<std::string_view>& seen) {
  for (NodeId id = node.first_child; id != yaml::kNoNode;) {
    bind_pair(node, id, out, seen);
    id = (*tree_)[(*tree_)[id].next_sibling].next_sibling;
  }
}

template <typename Struct>
void Binder::bind_struct(const Node& node, Struct& out) {
  if (!out.where.is_known()) {
    out.where = at(node);
  }
  const diag::Subject outer = subject_;
  constexpr const EntityAbout& kAbout = kEntity<Struct>;
  if (!kAbout.id_key.empty()) {
    subject_ = {std::string(kAbout.kind), {}};
    for (NodeId id = node.first_child; id != yaml::kNoNode;) {
      const NodeId value = (*tree_)[id].next_sibling;
      if (tree_->resolve(id).text == kAbout.id_key) {
        subject_.id = tree_->resolve(value).text;
        break;
      }
      id = (*tree_)[value].next_sibling;
    }
  }
  const std::size_t before = faults();
  // What a partner's value consists of is as complete in `defaults` as it is anywhere.
  const bool was_partial = std::exchange(partial_, partial_ && std::is_same_v<Struct, Partner>);
  std::vector<std::string_view> seen;
  seen.reserve(kKeys<Struct>.size());
  bind_pairs(node, out, seen);
  if constexpr (!std::is_same_v<Struct, Dns>) {
    if (!partial_) {
      require_keys(out, seen);
      fill_defaults(out);
    }
  }
  if constexpr (HasSound<Struct>) {
    out.sound = out.sound && faults() == before;
  }
  partial_ = was_partial;
  subject_ = outer;
}

// The `defaults` section: the keys of its structures are all optional.
template <>
void Binder::bind_struct<Defaults>(const Node& node, Defaults& out) {
  out.where = at(node);
  partial_ = true;
  std::vector<std::string_view> seen;
  bind_pairs(node, out, seen);
  partial_ = false;
}

template <typename T>
void Binder::fill_default(const About& about, Span where, Located<T>& out) {
  if (out.present()) {
    return;
  }
  if (!out.is_known()) {
    Located<T> fallback;
    fill_default(about, where, fallback);
    out.value = std::move(fallback.value);
    return;
  }
  out.where = where;
  if constexpr (IsScalar<T>) {
    if (!about.fallback.empty()) {
      out.value = *Scalar<T>::parse(about.fallback, about);
      out.origin = Origin::defaulted;
    }
  } else if constexpr (IsVector<T>::value) {
    if constexpr (IsLocated<typename T::value_type>::value) {
      if (!about.fallback.empty()) {
        using Item = typename T::value_type;
        // A list's default is a flow sequence of one word.
        const std::string_view item = about.fallback.substr(1, about.fallback.size() - 2);
        out.value.push_back(
            Item{*Scalar<decltype(Item::value)>::parse(item, about), where, Origin::defaulted});
        out.origin = Origin::defaulted;
      }
    }
  } else if constexpr (kDefaultsItself<T>) {
    out.value.where = where;
    fill_defaults(out.value);
    out.origin = Origin::defaulted;
  }
}

template <typename Struct>
void Binder::fill_defaults(Struct& out) {
  for_each_field<Struct>(
      [&](const auto& field) { fill_default(field.about, out.where, out.*field.member); });
}

template <typename Struct>
void Binder::require_keys(const Struct& out, const std::vector<std::string_view>& seen) {
  for_each_field<Struct>([&](const auto& field) {
    if (field.about.required && std::find(seen.begin(), seen.end(), field.key) == seen.end()) {
      report_at(out.where, messages::missing_key, std::string(kEntity<Struct>.phrase),
                std::string(field.key))
          .help(fmt::format("add `{}`: {}", field.key, field.about.description));
    }
  });
}

void Binder::bind_document(const Document& document, Spec& spec) {
  tree_ = document.tree;
  const Node& root = tree_->resolve(document.root);
  if (root.kind != Kind::mapping) {
    is_read_ = false;
    report_at(at(root), messages::wrong_type, "spec", "a mapping", describe(root))
        .help("begin with keys of the spec, such as `gateway:` and `partners:`");
    return;
  }
  if (!spec.where.is_known()) {
    spec.where = {tree_->file, root.begin, root.begin};
  }
  bind_pairs(root, spec, root_keys_);
}

void Binder::finish(Spec& spec, bool complete) {
  spec.whole = complete && is_read_ && is_whole_;
  if (complete && is_read_) {
    require_keys(spec, root_keys_);
  }
}

}  // namespace

auto bind(const source::Sources& sources, std::span<const Document> documents, diag::Sink& sink,
          const BindOptions& options) -> Spec {
  Spec spec;
  Binder binder(sources, sink);
  for (const Document& document : documents) {
    binder.bind_document(document, spec);
  }
  binder.finish(spec, options.complete);
  return spec;
}

}  // namespace fedgate::spec
