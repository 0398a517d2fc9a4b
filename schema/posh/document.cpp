#include "schema/posh/document.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "schema/value/describe.h"
#include "schema/yaml/navigate.h"
#include "schema/yaml/reader.h"

namespace fedgate::posh {

namespace {

using yaml::Kind;
using yaml::Node;

auto is_text(const Node& node) -> bool {
  return node.kind == Kind::scalar && node.style == yaml::Style::double_quoted;
}

// A whole number that is not negative; none for anything else.
auto read_seconds(const Node& node) -> std::optional<std::int64_t> {
  std::int64_t seconds = -1;
  const auto [end, error] =
      std::from_chars(node.text.data(), node.text.data() + node.text.size(), seconds);
  const bool is_number = node.kind == Kind::scalar && !is_text(node) && error == std::errc() &&
                         end == node.text.data() + node.text.size();
  return is_number && seconds >= 0 ? std::optional(seconds) : std::nullopt;
}

// The Base64 form (RFC 4648, section 4) of 32 octets.
auto is_sha256(std::string_view text) -> bool {
  constexpr std::size_t kLength = 44;
  return text.size() == kLength && text.back() == '=' &&
         std::all_of(text.begin(), text.end() - 1, [](char c) {
           return value::is_letter(c) || value::is_digit(c) || c == '+' || c == '/';
         });
}

class Reader {
 public:
  Reader(const yaml::Tree& tree, Document& document) : tree_(&tree), document_(&document) {}

  void read();

 private:
  [[nodiscard]] auto member(std::string_view key) const -> const Node* {
    const yaml::NodeId id = yaml::find(*tree_, tree_->root(), key);
    return id == yaml::kNoNode ? nullptr : &tree_->resolve(id);
  }
  void read_expires();
  void read_reference(const Node& url);
  void read_fingerprints(const Node& list);
  void read_descriptor(const Node& descriptor);
  // The first problem stands for all.
  void refuse(const Node& node, std::string problem) {
    if (document_->problem.empty()) {
      document_->problem = std::move(problem);
      document_->problem_at = tree_->span(node);
    }
  }

  const yaml::Tree* tree_;
  Document* document_;
};

void Reader::read() {
  const Node& root = tree_->root();
  document_->where = tree_->span(root);
  document_->expires_at = document_->where;
  document_->fingerprints_at = document_->where;
  if (root.kind != Kind::mapping) {
    refuse(root, "it is not a JSON object");
    return;
  }
  const Node* url = member(kUrl);
  const Node* fingerprints = member(kFingerprints);
  if ((url == nullptr) == (fingerprints == nullptr)) {
    refuse(root, fmt::format("it has {} `{}` {} `{}`, and must have one of the two",
                             url == nullptr ? "neither" : "both", kFingerprints,
                             url == nullptr ? "nor" : "and", kUrl));
    return;
  }
  read_expires();
  if (url != nullptr) {
    read_reference(*url);
  } else {
    read_fingerprints(*fingerprints);
  }
}

void Reader::read_expires() {
  if (const Node* expires = member(kExpires)) {
    document_->expires = read_seconds(*expires);
    document_->expires_at = tree_->span(*expires);
    if (!document_->expires) {
      refuse(*expires, fmt::format("`{}` is not a whole number of seconds", kExpires));
    }
  }
}

void Reader::read_reference(const Node& url) {
  constexpr std::string_view kScheme = "https://";
  if (!is_text(url) || !value::to_lower(url.text).starts_with(kScheme) ||
      url.text.size() == kScheme.size()) {
    refuse(url, fmt::format("`{}` is not an address that begins with `{}`", kUrl, kScheme));
    return;
  }
  document_->reference = value::shown(url.text);
}

void Reader::read_fingerprints(const Node& list) {
  document_->fingerprints_at = tree_->span(list);
  if (list.kind != Kind::sequence || list.size == 0) {
    refuse(list, fmt::format("`{}` is not a list of at least one certificate", kFingerprints));
    return;
  }
  for (const yaml::NodeId id : yaml::children(*tree_, list)) {
    read_descriptor(tree_->resolve(id));
  }
}

// One certificate: digests by the name of their hash function.
void Reader::read_descriptor(const Node& descriptor) {
  if (descriptor.kind != Kind::mapping || descriptor.size == 0) {
    refuse(descriptor, fmt::format("an item of `{}` is not an object with the digests of one "
                                   "certificate",
                                   kFingerprints));
    return;
  }
  const yaml::NodeId id = yaml::find(*tree_, descriptor, kSha256);
  if (id == yaml::kNoNode) {
    document_->lacks_sha256 = true;
    return;
  }
  const Node& digest = tree_->resolve(id);
  if (!is_text(digest) || !is_sha256(digest.text)) {
    refuse(digest, fmt::format("`{}` is not the Base64 form of a SHA-256 digest, which has 44 "
                               "characters",
                               kSha256));
    return;
  }
  document_->digests.emplace_back(digest.text);
}

}  // namespace

auto read_document(const source::Sources& sources, source::FileId file, diag::Sink& sink)
    -> std::optional<Document> {
  constexpr yaml::Limits kLimits{.depth = 16};
  const yaml::Tree tree = yaml::read_json(sources, file, sink, kLimits);
  if (tree.empty()) {
    return std::nullopt;
  }
  Document document;
  Reader(tree, document).read();
  return document;
}

}  // namespace fedgate::posh
