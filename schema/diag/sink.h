// Collects the findings of a phase. Phases report everything they see and never print.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "schema/diag/finding.h"
#include "schema/diag/message.h"

namespace fedgate::diag {

class Sink {
 public:
  // Completes the finding just reported. Valid until the next report to the same sink.
  class Draft {
   public:
    explicit Draft(Finding& finding) : finding_(&finding) {}

    auto note(source::Span where, std::string message) -> Draft& {
      finding_->related.push_back(Note{where, std::move(message)});
      return *this;
    }
    auto subject(std::string kind, std::string id) -> Draft& {
      finding_->subject = Subject{std::move(kind), std::move(id)};
      return *this;
    }
    // Replaces the help of the code by one for this very case.
    auto help(std::string text) -> Draft& {
      finding_->help = std::move(text);
      return *this;
    }
    // The edits that mend it; none where there is no certain answer.
    auto fix(std::optional<Fix> mending) -> Draft& {
      finding_->fix = std::move(mending);
      return *this;
    }
    // No report quotes the place, nor `secret`, which is what it means.
    auto hide_source(std::string secret) -> Draft& {
      finding_->hides_source = true;
      finding_->secret = std::move(secret);
      return *this;
    }

   private:
    Finding* finding_;
  };

  template <typename... Args>
  auto report(source::Span where, const Message<Args...>& message,
              const std::type_identity_t<Args>&... args) -> Draft {
    return add(Finding{std::string(message.info.code),
                       std::string(message.info.name),
                       message.info.severity,
                       fmt::format(message.format, args...),
                       where,
                       {},
                       std::string(message.info.help),
                       std::string(message.info.source),
                       {},
                       false});
  }
  auto add(Finding finding) -> Draft;

  // Appends all findings of `other`, in its order.
  void merge(Sink&& other);

  [[nodiscard]] auto has_errors() const -> bool { return errors_ != 0; }
  [[nodiscard]] auto error_count() const -> std::size_t { return errors_; }
  [[nodiscard]] auto findings() const -> const std::vector<Finding>& { return findings_; }
  // Hands over the findings, sorted by file, position and code; the sink is empty afterwards.
  [[nodiscard]] auto take_sorted() -> std::vector<Finding>;

 private:
  std::vector<Finding> findings_;
  std::size_t errors_ = 0;
};

}  // namespace fedgate::diag
