#include "schema/zonefile/reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "schema/diag/message.h"
#include "schema/zonefile/data.h"
#include "schema/zonefile/lexer.h"
#include "schema/zonefile/name.h"

namespace fedgate::zonefile {

namespace {

namespace messages = diag::messages;

constexpr std::array<std::string_view, 4> kClasses = {"IN", "CH", "HS", "CS"};
// RFC 2181, section 8.
constexpr std::int64_t kLongestTtl = 2'147'483'647;

auto upper(std::string_view text) -> std::string {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  return out;
}

auto is_class(std::string_view text) -> bool {
  return std::find(kClasses.begin(), kClasses.end(), upper(text)) != kClasses.end();
}

// Seconds, or numbers with units as BIND writes them: `3600`, `1h30m`. More than the most that a
// TTL may be gives that and one.
auto read_ttl(std::string_view text) -> std::optional<std::int64_t> {
  std::int64_t total = 0;
  while (!text.empty()) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end == text.data() || text[0] == '-') {
      return std::nullopt;
    }
    if (error != std::errc() || number > kLongestTtl) {
      number = kLongestTtl + 1;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    std::int64_t unit = 1;
    if (!text.empty()) {
      constexpr std::string_view kUnits = "smhdw";
      constexpr std::array<std::int64_t, 5> kSeconds = {1, 60, 3600, 86'400, 604'800};
      const std::size_t index =
          kUnits.find(static_cast<char>(std::tolower(static_cast<unsigned char>(text[0]))));
      if (index == std::string_view::npos) {
        return std::nullopt;
      }
      unit = kSeconds.at(index);
      text.remove_prefix(1);
    }
    total = std::min(total + number * unit, kLongestTtl + 1);
  }
  return total;
}

// A path, from a word or a quoted string.
auto unquote(const Token& token) -> std::string {
  std::string_view text = token.text;
  if (token.is_quoted()) {
    text = text.substr(1, text.size() - 2);
  }
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    i += text[i] == '\\' && i + 1 < text.size() ? 1U : 0U;
    out += text[i];
  }
  return out;
}

class Reader {
 public:
  Reader(const source::Sources& sources, const IncludedFiles& included, diag::Sink& sink,
         ZoneFile& zone)
      : sources_(&sources), included_(&included), sink_(&sink), zone_(&zone) {}

  void read_file(source::FileId file, std::string origin);

 private:
  // What a file's later entries take from its earlier ones.
  struct State {
    source::FileId file = source::kNoFile;
    std::string origin;
  };

  void read_directive(const Entry& entry, State& state);
  void include(const Entry& entry, const State& state);
  void read_record(const Entry& entry, const State& state);
  auto read_owner(const Entry& entry, const State& state) -> bool;
  [[nodiscard]] auto name(const Token& token, const State& state) -> std::optional<std::string>;
  // The number of tokens before the type, with TTL and class.
  [[nodiscard]] auto read_head(std::span<const Token> tokens, Record& record) -> std::size_t;
  void read_rest(std::span<const Token> tokens, const State& state, Record record);

  template <typename Message, typename... Args>
  void report(source::Span where, const Message& message, const Args&... args) {
    sink_->report(where, message, args...);
    zone_->complete = false;
  }

  const source::Sources* sources_;
  const IncludedFiles* included_;
  diag::Sink* sink_;
  ZoneFile* zone_;
  std::optional<std::int64_t> default_ttl_;
  std::optional<std::int64_t> last_ttl_;
  std::string last_owner_;
  bool is_last_owner_known_ = false;
  bool is_other_class_ = false;
  // From the zone's own file to the one that is being read.
  std::vector<source::FileId> open_;
  std::size_t includes_ = 0;
};

void Reader::read_file(source::FileId file, std::string origin) {
  State state{file, std::move(origin)};
  open_.push_back(file);
  Lexer lexer(file, (*sources_)[file].text, *sink_);
  while (const auto entry = lexer.next()) {
    zone_->complete = zone_->complete && lexer.is_sound();
    if (!entry->starts_blank && entry->tokens[0].text.starts_with('$')) {
      read_directive(*entry, state);
    } else {
      read_record(*entry, state);
    }
  }
  zone_->complete = zone_->complete && lexer.is_sound();
  open_.pop_back();
}

auto Reader::name(const Token& token, const State& state) -> std::optional<std::string> {
  const auto name = read_name(token.text, state.origin);
  if (!name) {
    report(token.where, messages::zone_name, std::string(token.text), name.error());
    return std::nullopt;
  }
  return *name;
}

void Reader::read_directive(const Entry& entry, State& state) {
  const std::string directive = upper(entry.tokens[0].text);
  const source::Span where = entry.tokens[0].where;
  if (directive == "$GENERATE") {
    sink_->report(where, messages::zone_generate);
    zone_->complete = false;
    return;
  }
  if (directive != "$ORIGIN" && directive != "$TTL" && directive != "$INCLUDE") {
    report(where, messages::zone_directive, std::string(entry.tokens[0].text));
    return;
  }
  const std::size_t most = directive == "$INCLUDE" ? 3 : 2;
  if (entry.tokens.size() < 2 || entry.tokens.size() > most) {
    report(where, messages::zone_operand, directive,
           directive == "$ORIGIN" ? "one name"
           : directive == "$TTL"  ? "one number of seconds"
                                  : "a file and perhaps an origin",
           fmt::format("{} word{} follow", entry.tokens.size() - 1,
                       entry.tokens.size() == 2 ? "" : "s"));
  } else if (directive == "$ORIGIN") {
    state.origin = name(entry.tokens[1], state).value_or(state.origin);
  } else if (directive == "$TTL") {
    const auto ttl = read_ttl(entry.tokens[1].text);
    if (!ttl || *ttl > kLongestTtl) {
      report(entry.tokens[1].where, messages::zone_operand, directive, "a number of seconds",
             fmt::format("`{}` follows", entry.tokens[1].text));
      return;
    }
    default_ttl_ = ttl;
  } else {
    include(entry, state);
  }
}

void Reader::include(const Entry& entry, const State& state) {
  const auto file = included_->find({state.file, unquote(entry.tokens[1])});
  if (file == included_->end()) {
    zone_->complete = false;
    return;
  }
  if (std::find(open_.begin(), open_.end(), file->second) != open_.end()) {
    report(entry.tokens[1].where, messages::zone_include_loop, file->first.second);
    return;
  }
  if (open_.size() > kDeepestInclude || ++includes_ > kMostIncludes) {
    report(entry.tokens[1].where, messages::zone_include_limit, kDeepestInclude, kMostIncludes);
    return;
  }
  std::optional<std::string> origin = state.origin;
  if (entry.tokens.size() > 2) {
    origin = name(entry.tokens[2], state);
  }
  if (origin) {
    // The origin of the included file ends with it (RFC 1035, section 5.1); so does its last owner.
    const auto owner = std::pair(last_owner_, is_last_owner_known_);
    read_file(file->second, *origin);
    std::tie(last_owner_, is_last_owner_known_) = owner;
  }
}

auto Reader::read_owner(const Entry& entry, const State& state) -> bool {
  if (entry.starts_blank) {
    // What went wrong before may have been the owner.
    if (!is_last_owner_known_ && zone_->complete) {
      report(entry.tokens[0].where, messages::zone_no_owner);
    }
    return is_last_owner_known_;
  }
  const auto owner = name(entry.tokens[0], state);
  is_last_owner_known_ = owner.has_value();
  last_owner_ = owner.value_or(std::string());
  return is_last_owner_known_;
}

auto Reader::read_head(std::span<const Token> tokens, Record& record) -> std::size_t {
  std::size_t count = 0;
  std::optional<std::int64_t> ttl;
  bool has_class = false;
  is_other_class_ = false;
  for (; count < tokens.size() && count < 2; ++count) {
    const std::string_view text = tokens[count].text;
    if (!has_class && is_class(text)) {
      has_class = true;
      is_other_class_ = upper(text) != "IN";
    } else if (const auto number = ttl ? std::nullopt : read_ttl(text)) {
      ttl = number;
    } else {
      break;
    }
  }
  if (ttl) {
    last_ttl_ = ttl;
  }
  // Without a $TTL, the last TTL that was given (RFC 1035, section 5.1).
  record.ttl = ttl ? *ttl : default_ttl_ ? *default_ttl_ : last_ttl_.value_or(0);
  return count;
}

void Reader::read_record(const Entry& entry, const State& state) {
  if (!read_owner(entry, state)) {
    return;
  }
  Record record;
  record.owner = last_owner_;
  record.where = entry.tokens.front().where;
  record.where.end = entry.tokens.back().where.end;
  std::span<const Token> rest = entry.tokens;
  record.owner_at = record.where;
  if (!entry.starts_blank) {
    record.owner_at = rest[0].where;
    rest = rest.subspan(1);
  }
  rest = rest.subspan(read_head(rest, record));
  if (rest.empty()) {
    report(record.where, messages::zone_no_type);
    return;
  }
  if (!is_other_class_) {
    read_rest(rest, state, std::move(record));
  }
}

void Reader::read_rest(std::span<const Token> tokens, const State& state, Record record) {
  record.type = read_type(tokens[0].text);
  for (const Token& token : tokens.subspan(1)) {
    record.data_at.push_back(token.where);
    record.written += record.written.empty() ? "" : " ";
    record.written += token.text;
  }
  if (record.type.empty()) {
    record.problem = fmt::format("`{}` is no record type", tokens[0].text);
    record.type = upper(tokens[0].text);
  } else if (record.ttl > kLongestTtl) {
    record.problem = fmt::format("its TTL is more than {} seconds", kLongestTtl);
  } else if (auto data = read_data(record.type, tokens.subspan(1), state.origin)) {
    record.data = *std::move(data);
  } else {
    record.problem = data.error();
  }
  // The TTL of what has none and stands behind the SOA is that of negative answers (BIND).
  if (record.type == "SOA" && !last_ttl_ && !default_ttl_ && tokens.size() == 8) {
    last_ttl_ = read_ttl(tokens[7].text);
    record.ttl = last_ttl_.value_or(0);
  }
  zone_->records.push_back(std::move(record));
}

}  // namespace

auto find_includes(source::FileId file, std::string_view text) -> std::vector<Include> {
  std::vector<Include> includes;
  diag::Sink ignored;
  Lexer lexer(file, text, ignored);
  while (const auto entry = lexer.next()) {
    if (!entry->starts_blank && entry->tokens.size() > 1 &&
        upper(entry->tokens[0].text) == "$INCLUDE") {
      includes.push_back({unquote(entry->tokens[1]), entry->tokens[1].where});
    }
  }
  return includes;
}

auto read_zone(const source::Sources& sources, source::FileId file, const value::DnsName& zone,
               const IncludedFiles& included, diag::Sink& sink) -> ZoneFile {
  ZoneFile result;
  result.file = file;
  Reader(sources, included, sink, result).read_file(file, zone.ascii());
  return result;
}

}  // namespace fedgate::zonefile
