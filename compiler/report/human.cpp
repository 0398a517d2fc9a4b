#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "compiler/report/locator.h"
#include "compiler/report/report.h"
#include "compiler/report/secret_text.h"

namespace fedgate::report {

namespace {

using source::Position;
using source::Span;

constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::array<std::string_view, 3> kSeverityColors = {"\x1b[1;36m", "\x1b[1;33m",
                                                             "\x1b[1;31m"};

// `text` without anything that a terminal would obey: control characters become U+FFFD, a tab one
// blank, so that columns stay what they are.
auto printable(std::string_view text) -> std::string {
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool is_c1 =
        byte == 0xC2U && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0U;
    // U+202A to U+202E and U+2066 to U+2069 reorder what stands around them.
    const bool is_bidi =
        byte == 0xE2U && i + 2 < text.size() &&
        ((text.substr(i, 2) == "\xE2\x80" && text[i + 2] >= '\xAA' && text[i + 2] <= '\xAE') ||
         (text.substr(i, 2) == "\xE2\x81" && text[i + 2] >= '\xA6' && text[i + 2] <= '\xA9'));
    if (byte == '\t') {
      safe += ' ';
    } else if (byte < 0x20U || byte == 0x7FU || is_c1 || is_bidi) {
      safe += "\uFFFD";
      i += is_c1 ? 1 : is_bidi ? 2 : 0;
    } else {
      safe += text[i];
    }
  }
  return safe;
}

constexpr std::string_view kCut = "\u2026";

class HumanReport {
 public:
  HumanReport(const Report& report, bool color)
      : report_(&report), color_(color), locator_(*report.sources) {
    for (const diag::Finding& finding : report.findings) {
      if (finding.hides_source) {
        secrets_.push_back(finding.where);
      }
    }
  }

  auto render() -> std::string;

 private:
  void render_finding(const diag::Finding& finding, const std::string* waived_because);
  void render_line(const Span& where);
  [[nodiscard]] auto place(const Span& where) -> std::string;
  [[nodiscard]] auto without_secrets(source::FileId file, std::uint32_t offset,
                                     std::string_view line) -> std::string;
  void closing();

  void paint(std::string_view style, std::string_view text) {
    if (color_) {
      out_ += style;
    }
    out_ += text;
    if (color_) {
      out_ += kReset;
    }
  }

  const Report* report_;
  bool color_;
  Locator locator_;
  std::vector<Span> secrets_;
  std::string out_;
};

auto HumanReport::place(const Span& where) -> std::string {
  if (!where.is_known()) {
    return "fedgate";
  }
  const Position position = locator_.lines(where.file).position(where.begin);
  return fmt::format("{}:{}:{}", printable((*report_->sources)[where.file].name), position.line,
                     position.column);
}

// `line`, which starts at `offset`, with every secret that a finding is about replaced by
// asterisks.
auto HumanReport::without_secrets(source::FileId file, std::uint32_t offset, std::string_view line)
    -> std::string {
  std::string shown(line);
  for (const Span& secret : secrets_) {
    if (secret.file == file) {
      for (std::uint32_t i = std::max(secret.begin, offset);
           i < std::min<std::size_t>(secret.end, offset + line.size()); ++i) {
        shown[i - offset] = '*';
      }
    }
  }
  hide_secret(shown);
  return shown;
}

// The part of a line that is shown, from one byte to another, so that the byte at `marked` is in
// it: all of a line that fits a wide terminal.
auto window(std::string_view line, std::size_t marked) -> std::pair<std::size_t, std::size_t> {
  constexpr std::size_t kBefore = 80;
  constexpr std::size_t kAfter = 120;
  // No character has more than four bytes.
  if (line.size() <= 4 * (kBefore + kAfter) &&
      source::count_code_points(line) <= kBefore + kAfter) {
    return {0, line.size()};
  }
  const auto continues = [&](std::size_t at) {
    return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U;
  };
  std::size_t first = marked;
  for (std::size_t i = 0; i < kBefore && first > 0; ++i) {
    do {
      --first;
    } while (first > 0 && continues(first));
  }
  std::size_t last = marked;
  for (std::size_t i = 0; i < kAfter && last < line.size(); ++i) {
    do {
      ++last;
    } while (continues(last));
  }
  return {first, last};
}

void HumanReport::render_line(const Span& where) {
  const source::LineTable& lines = locator_.lines(where.file);
  const Position begin = lines.position(where.begin);
  const std::string_view line = lines.line_text(begin.line);
  const std::uint32_t offset = lines.line_begin(begin.line);
  const std::size_t marked = std::min<std::size_t>(where.begin - offset, line.size());
  // A range over several lines is shown by its first one.
  const std::size_t marked_end = std::clamp<std::size_t>(where.end - offset, marked, line.size());
  const auto [first, last] = window(line, marked);
  // The key of a secret may stand anywhere in front of what is shown, so that all of it is looked
  // at; of a longer line nothing is shown.
  constexpr std::size_t kLongest = 1U << 14U;
  if (last > kLongest) {
    return;
  }
  const std::string shown = without_secrets(where.file, offset, line.substr(0, last)).substr(first);
  const std::string_view cut_before = first > 0 ? kCut : "";
  const std::string number = fmt::format("{:>5} | ", begin.line);
  paint(kDim, number);
  out_ += cut_before;
  out_ += printable(shown);
  out_ += last < line.size() ? kCut : "";
  out_ += '\n';
  paint(kDim, "      | ");
  const std::uint32_t indent = source::count_code_points(cut_before) +
                               source::count_code_points(line.substr(first, marked - first));
  out_.append(indent, ' ');
  const std::uint32_t width =
      source::count_code_points(line.substr(marked, std::min(marked_end, last) - marked));
  paint(kSeverityColors[2], "^" + std::string(width > 1 ? width - 1 : 0, '~'));
  out_ += '\n';
}

void HumanReport::render_finding(const diag::Finding& finding, const std::string* waived_because) {
  paint(kBold, place(finding.where));
  out_ += ": ";
  const std::string_view severity =
      waived_because == nullptr ? diag::severity_word(finding.severity) : "waived";
  paint(waived_because == nullptr ? kSeverityColors[static_cast<std::size_t>(finding.severity)]
                                  : kDim,
        severity);
  out_ += ": " + printable(finding.message);
  paint(kDim, fmt::format(" [{} {}]", finding.code, finding.name));
  out_ += '\n';
  if (waived_because != nullptr) {
    out_ += "      reason: " + printable(*waived_because) + "\n";
    return;
  }
  if (finding.where.is_known()) {
    render_line(finding.where);
  }
  for (const diag::Note& note : finding.related) {
    out_ += "      note: " + place(note.where) + ": " + printable(note.message) + "\n";
  }
  if (!finding.help.empty()) {
    out_ += "      help: " + printable(finding.help) + "\n";
  }
}

void HumanReport::closing() {
  const Counts counts = count(report_->findings);
  out_ += fmt::format("{}, {}, {}", counted(counts.errors, "error"),
                      counted(counts.warnings, "warning"), counted(counts.infos, "info"));
  if (!report_->waived.empty()) {
    out_ += fmt::format(", {} waived", report_->waived.size());
  }
  if (report_->has_baseline) {
    out_ +=
        fmt::format(", {} of the baseline known, {} gone", report_->known.size(), report_->gone);
  }
  out_ += fmt::format(" ({}, {}, {})\n", counted(report_->files, "file"),
                      counted(report_->partners, "partner"), counted(report_->rules, "rule"));
  if (const std::size_t open = report_->counts.size() - report_->rules; open != 0) {
    out_ += fmt::format("not evaluated in full: {}, for want of what could not be read\n",
                        counted(open, "rule"));
  } else if (report_->rules == 0 && counts.errors != 0) {
    out_ += "no rule was evaluated, because the spec could not be read\n";
  }
}

auto HumanReport::render() -> std::string {
  for (const diag::Finding& finding : report_->findings) {
    render_finding(finding, nullptr);
    out_ += '\n';
  }
  for (const rules::WaivedFinding& waived : report_->waived) {
    render_finding(waived.finding, &waived.reason);
    out_ += '\n';
  }
  closing();
  return std::move(out_);
}

}  // namespace

auto to_human(const Report& report, bool color) -> std::string {
  return HumanReport(report, color).render();
}

}  // namespace fedgate::report
