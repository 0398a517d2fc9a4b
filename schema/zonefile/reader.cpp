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
#include "schema/value/describe.h"
#include "schema/zonefile/data.h"
#include "schema/zonefile/lexer.h"
#include "schema/zonefile/name.h"
#include "schema/zonefile/reporter.h"

namespace fedgate::zonefile {

namespace {

namespace messages = diag::messages;

// RFC 1035, section 3.2.4.
constexpr std::array<std::string_view, 4> kClasses = {"IN", "CS", "CH", "HS"};
constexpr unsigned kInternet = 1;
// RFC 2181, section 8.
constexpr std::int64_t kLongestTtl = 2'147'483'647;

auto upper(std::string_view text) -> std::string {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  return out;
}

// The number of a class.
auto read_class(std::string_view text) -> std::optional<unsigned> {
  const auto* const known = std::find(kClasses.begin(), kClasses.end(), upper(text));
  return known != kClasses.end() ? kInternet + static_cast<unsigned>(known - kClasses.begin())
                                 : std::optional<unsigned>(read_generic("class", text));
}

// Seconds, or numbers with a unit each as BIND writes them: `3600`, `1h30m`. More than the most
// that a TTL may be gives that and one.
auto read_ttl(std::string_view text) -> std::optional<std::int64_t> {
  const bool is_seconds = std::all_of(text.begin(), text.end(), value::is_digit);
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
    if (!is_seconds) {
      constexpr std::string_view kUnits = "smhdw";
      constexpr std::array<std::int64_t, 5> kSeconds = {1, 60, 3600, 86'400, 604'800};
      const std::size_t index =
          text.empty()
              ? std::string_view::npos
              : kUnits.find(static_cast<char>(std::tolower(static_cast<unsigned char>(text[0]))));
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

// The data as it is shown, and the places of its first `fields` tokens.
void keep_written(std::span<const Token> tokens, std::size_t fields, Record& record) {
  std::string written;
  for (const Token& token : tokens) {
    written += written.empty() ? "" : " ";
    written += token.text;
    if (record.data_at.size() < fields) {
      record.data_at.push_back(token.where);
    }
  }
  record.written = value::shown(written, std::string::npos);
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
  Reader(const Input& input, Reporter& reporter, ZoneFile& zone)
      : input_(&input), reporter_(&reporter), zone_(&zone) {}

  void read_file(source::FileId file, std::string origin);

 private:
  // What a file's later entries take from its earlier ones.
  struct State {
    source::FileId file = source::kNoFile;
    std::string origin;
  };

  void stop(source::Span where, const std::string& most);
  void read_directive(const Entry& entry, State& state);
  void include(const Entry& entry, const State& state);
  void read_record(const Entry& entry, const State& state);
  auto read_owner(const Entry& entry, const State& state) -> bool;
  [[nodiscard]] auto name(const Token& token, const State& state) -> std::optional<std::string>;
  // The tokens before the type: TTL and class.
  struct Head {
    std::size_t count = 0;
    bool is_internet = true;
  };
  [[nodiscard]] auto read_head(std::span<const Token> tokens, Record& record) -> Head;
  void read_rest(std::span<const Token> tokens, const State& state, Record record);

  template <typename Message, typename... Args>
  void report(source::Span where, const Message& message, const Args&... args) {
    reporter_->report(where, message, args...);
    zone_->complete = false;
  }

  const Input* input_;
  Reporter* reporter_;
  ZoneFile* zone_;
  std::optional<std::int64_t> default_ttl_;
  std::optional<std::int64_t> last_ttl_;
  std::string last_owner_;
  bool is_last_owner_known_ = false;
  // From the zone's own file to the one that is being read.
  std::vector<source::FileId> open_;
  std::size_t includes_ = 0;
  // The budget is at its end.
  bool is_over_ = false;
};

void Reader::read_file(source::FileId file, std::string origin) {
  State state{file, std::move(origin)};
  const std::string& text = (*input_->sources)[file].text;
  if (text.size() > input_->budget->bytes) {
    stop({file, 0, 0}, fmt::format("{} MiB", kMostBytes >> 20U));
    return;
  }
  input_->budget->bytes -= text.size();
  open_.push_back(file);
  Lexer lexer(file, text, *reporter_);
  for (auto entry = lexer.next(); entry && !is_over_; entry = lexer.next()) {
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

// Reads nothing more: this zone file holds one more than `most`.
void Reader::stop(source::Span where, const std::string& most) {
  report(where, messages::zone_limit, most);
  is_over_ = true;
}

auto Reader::name(const Token& token, const State& state) -> std::optional<std::string> {
  if (token.is_quoted()) {
    report(token.where, messages::zone_name, std::string(token.text),
           "is in quotes, which only texts may be");
    return std::nullopt;
  }
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
    report(where, messages::zone_generate);
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
  const auto file = input_->included->find({state.file, unquote(entry.tokens[1])});
  if (file == input_->included->end()) {
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

auto Reader::read_head(std::span<const Token> tokens, Record& record) -> Head {
  std::size_t count = 0;
  std::optional<std::int64_t> ttl;
  std::optional<unsigned> its_class;
  for (; count < tokens.size() && count < 2; ++count) {
    const std::string_view text = tokens[count].text;
    if (const auto named = its_class ? std::nullopt : read_class(text)) {
      its_class = named;
      if (*named != kInternet) {
        reporter_->report(tokens[count].where, messages::zone_class, std::string(text));
      }
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
  return {count, its_class.value_or(kInternet) == kInternet};
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
  const Head head = read_head(rest, record);
  rest = rest.subspan(head.count);
  if (rest.empty()) {
    report(record.where, messages::zone_no_type);
    return;
  }
  if (head.is_internet) {
    read_rest(rest, state, std::move(record));
  }
}

void Reader::read_rest(std::span<const Token> tokens, const State& state, Record record) {
  if (input_->budget->records == 0) {
    stop(record.where, fmt::format("{} records", kMostRecords));
    return;
  }
  --input_->budget->records;
  record.type = read_type(tokens[0].text);
  record.is_type = !record.type.empty();
  if (!record.is_type) {
    record.problem = fmt::format("`{}` is no record type", value::shown(tokens[0].text));
    record.type = value::shown(upper(tokens[0].text));
  } else if (record.ttl > kLongestTtl) {
    record.problem = fmt::format("its TTL is more than {} seconds", kLongestTtl);
  }
  const std::size_t fields = count_fields(record.type);
  if (fields != 0 || !record.is_type) {
    keep_written(tokens.subspan(1), std::max<std::size_t>(fields, 1), record);
  }
  if (fields != 0 && record.problem.empty()) {
    if (auto data = read_data(record.type, tokens.subspan(1), state.origin)) {
      record.data = *std::move(data);
    } else {
      record.problem = value::shown(data.error());
    }
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
  Reporter reporter(ignored);
  Lexer lexer(file, text, reporter);
  while (const auto entry = lexer.next()) {
    if (!entry->starts_blank && entry->tokens.size() > 1 &&
        upper(entry->tokens[0].text) == "$INCLUDE") {
      includes.push_back({unquote(entry->tokens[1]), entry->tokens[1].where});
    }
  }
  return includes;
}

auto read_zone(const Input& input, source::FileId file, const value::DnsName& zone,
               diag::Sink& sink) -> ZoneFile {
  ZoneFile result;
  result.file = file;
  Reporter reporter(sink);
  Reader(input, reporter, result).read_file(file, zone.ascii());
  reporter.finish();
  return result;
}

}  // namespace fedgate::zonefile
