#include "rules/example_files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "rules/pack_keys.h"
#include "schema/base/seconds.h"
#include "schema/x509/writer.h"
#include "schema/yaml/navigate.h"

namespace fedgate::rules {

namespace {

using Name = std::vector<std::pair<std::string, std::string>>;

constexpr std::int64_t kDaysBefore = 10;
constexpr std::int64_t kLifetime = 90;
// An authority of an example lives longer than any of its certificates.
constexpr std::int64_t kAuthorityLifetime = 7300;

constexpr std::array<std::string_view, 15> kKeys = {
    "names", "srv",       "xmpp",  "usage", "common_name", "organizational_unit",
    "key",   "given_key", "from",  "days",  "digest",      "authority",
    "crl",   "chain",     "signed"};
constexpr std::array<std::string_view, 7> kKeyKinds = {"p256",    "p384",    "p521",   "rsa1024",
                                                       "rsa2048", "rsa3072", "rsa4096"};
constexpr std::array<std::string_view, 9> kChains = {"ordered",   "lone",   "reversed",
                                                     "unordered", "broken", "excessive",
                                                     "repeated",  "forged", "self_signed"};
constexpr std::array<std::string_view, 4> kDigests = {"sha256", "sha384", "sha512", "sha1"};
constexpr std::array<std::string_view, 2> kGivenKeys = {"same", "other"};

// Keys are made once for each kind and use.
auto key_for(std::string_view use, std::string_view kind) -> const x509::PrivateKey& {
  static std::map<std::string, x509::PrivateKey> keys;
  const std::string name = fmt::format("{} {}", use, kind);
  auto found = keys.find(name);
  if (found == keys.end()) {
    x509::KeyKind wanted;
    wanted.is_ecdsa = kind.starts_with('p');
    if (wanted.is_ecdsa) {
      wanted.curve = kind;
    } else {
      std::from_chars(kind.data() + 3, kind.data() + kind.size(), wanted.bits);
    }
    found = keys.emplace(name, x509::make_private_key(wanted)).first;
  }
  return found->second;
}

class Description {
 public:
  Description(const yaml::Tree& tree, const yaml::Node& node) : tree_(&tree), node_(&node) {
    const std::vector<yaml::NodeId> pairs = yaml::children(tree, node);
    for (std::size_t i = 0; i < pairs.size(); i += 2) {
      const std::string_view key = tree.resolve(pairs[i]).text;
      if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
        problem_ = fmt::format("`{}` says nothing about a certificate or request", key);
      }
    }
  }

  [[nodiscard]] auto has(std::string_view key) const -> bool {
    return yaml::find(*tree_, *node_, key) != yaml::kNoNode;
  }
  [[nodiscard]] auto text(std::string_view key) const -> std::string {
    return std::string(yaml::find_text(*tree_, *node_, key));
  }
  [[nodiscard]] auto texts(std::string_view key) const -> std::vector<std::string> {
    std::vector<std::string> all;
    if (has(key)) {
      const yaml::Node& list = tree_->resolve(yaml::find(*tree_, *node_, key));
      for (const yaml::NodeId id : yaml::children(*tree_, list)) {
        all.emplace_back(tree_->resolve(id).text);
      }
    }
    return all;
  }
  // One of the words; the first where the key is absent.
  template <std::size_t Size>
  [[nodiscard]] auto word(std::string_view key, const std::array<std::string_view, Size>& words)
      -> std::string {
    if (!has(key)) {
      return std::string(words.front());
    }
    std::string found = text(key);
    if (std::find(words.begin(), words.end(), found) == words.end()) {
      problem_ = fmt::format("`{}` must be one of {}", key, fmt::join(words, ", "));
    }
    return found;
  }
  [[nodiscard]] auto days(std::string_view key, std::int64_t fallback) -> std::int64_t {
    const std::string written = text(key);
    std::int64_t number = fallback;
    if (has(key) && std::from_chars(written.data(), written.data() + written.size(), number).ec !=
                        std::errc()) {
      problem_ = fmt::format("`{}` must be a number of days", key);
    }
    return number;
  }
  [[nodiscard]] auto date(std::string_view key, value::Date fallback) -> value::Date {
    const auto parsed =
        has(key) ? value::Date::parse(text(key)) : value::Parsed<value::Date>(fallback);
    if (!parsed) {
      problem_ = fmt::format("`{}` must be a date such as `2027-06-30`", key);
    }
    return parsed ? *parsed : fallback;
  }
  [[nodiscard]] auto problem() const -> const std::optional<std::string>& { return problem_; }

 private:
  const yaml::Tree* tree_;
  const yaml::Node* node_;
  std::optional<std::string> problem_;
};

auto content_of(const Description& it) -> x509::RequestContent {
  x509::RequestContent content;
  content.dns = it.texts("names");
  content.srv = it.texts("srv");
  content.xmpp = it.texts("xmpp");
  content.extended_key_usage =
      it.has("usage") ? it.texts("usage") : std::vector<std::string>{"server_auth"};
  if (it.has("organizational_unit")) {
    content.subject.emplace_back("OU", it.text("organizational_unit"));
  }
  const std::string common_name = it.has("common_name") ? it.text("common_name")
                                  : content.dns.empty() ? std::string{}
                                                        : content.dns.front();
  if (!common_name.empty()) {
    content.subject.emplace_back("CN", common_name);
  }
  return content;
}

auto authority(const std::string& name, const x509::PrivateKey& key, const x509::Signer& issuer,
               std::int64_t begin) -> std::string {
  x509::CertificateContent content;
  content.content.subject = {{"CN", name}};
  content.is_authority = true;
  content.not_before = begin;
  content.not_after = begin + kAuthorityLifetime * kSecondsPerDay;
  return x509::make_certificate(content, key, issuer);
}

auto make_certificates(Description& it, const x509::PrivateKey& key, value::Date day)
    -> std::string {
  const std::string chain = it.word("chain", kChains);
  const std::int64_t days = it.days("days", kLifetime);
  const value::Date from =
      it.date("from", value::Date::from_days_since_epoch(day.days_since_epoch() - kDaysBefore));
  x509::CertificateContent leaf;
  leaf.content = content_of(it);
  leaf.digest = it.word("digest", kDigests);
  leaf.not_before = from.days_since_epoch() * kSecondsPerDay;
  leaf.not_after = leaf.not_before + days * kSecondsPerDay - 1;
  leaf.is_authority = it.word("authority", kBooleans) == "true";
  leaf.has_crl_distribution_point = !it.has("crl") || it.word("crl", kBooleans) == "true";
  if (it.problem()) {
    return {};
  }
  const x509::PrivateKey& root_key = key_for("root", "p256");
  const x509::PrivateKey& issuer_key = key_for("issuer", "p256");
  const x509::Signer root{{{"CN", "Example Root"}}, &root_key};
  const x509::Signer issuer{{{"CN", "Example Issuer"}}, &issuer_key};
  if (chain == "self_signed") {
    return x509::make_certificate(leaf, key, {leaf.content.subject, &key});
  }
  if (chain == "forged") {
    return x509::make_certificate(leaf, key, {issuer.name, &root_key}) +
           authority("Example Issuer", issuer_key, root, leaf.not_before);
  }
  std::string first = x509::make_certificate(leaf, key, issuer);
  if (chain == "lone") {
    return first;
  }
  const std::string second = authority("Example Issuer", issuer_key, root, leaf.not_before);
  const std::string third = authority("Example Root", root_key, root, leaf.not_before);
  const x509::Signer stranger{{{"CN", "Example Stranger"}}, &key_for("stranger", "p256")};
  const std::map<std::string_view, std::string> chains = {
      {"ordered", first + second},
      {"reversed", second + first},
      {"unordered", first + third + second},
      {"broken", first + third},
      {"excessive",
       first + second + authority("Example Stranger", *stranger.key, stranger, leaf.not_before)},
      {"repeated", first + first + second}};
  return chains.at(chain);
}

}  // namespace

auto make_example_file(const yaml::Tree& tree, const yaml::Node& description, value::Date day)
    -> Expected<ExampleFile, std::string> {
  const yaml::NodeId certificate = yaml::find(tree, description, "certificate");
  const yaml::NodeId request = yaml::find(tree, description, "request");
  if ((certificate == yaml::kNoNode) == (request == yaml::kNoNode) || description.size != 1) {
    return Unexpected{
        std::string("a file is a text, or a mapping with either `certificate` or `request`")};
  }
  const bool is_request = request != yaml::kNoNode;
  Description it(tree, tree.resolve(is_request ? request : certificate));
  const std::string kind = it.word("key", kKeyKinds);
  const std::string given = it.word("given_key", kGivenKeys);
  const bool is_signed = !it.has("signed") || it.word("signed", kBooleans) == "true";
  if (it.problem()) {
    return Unexpected{*it.problem()};
  }
  const x509::PrivateKey& key = key_for("subject", kind);
  ExampleFile file;
  file.bytes = is_request ? x509::make_request(content_of(it), key,
                                               is_signed ? nullptr : &key_for("other", kind))
                          : make_certificates(it, key, day);
  if (it.problem()) {
    return Unexpected{*it.problem()};
  }
  if (it.has("given_key")) {
    file.given_key = (given == "same" ? key : key_for("other", "p256")).description().digest;
  }
  return file;
}

}  // namespace fedgate::rules
