// Hands the findings of one zone file, with what it includes, to a sink: the first ones, and how
// many more there are. Texts of the file become safe to show here. Private to the reader.
#pragma once

#include <string>
#include <type_traits>

#include "schema/diag/message.h"
#include "schema/diag/sink.h"
#include "schema/value/describe.h"

namespace fedgate::zonefile {

class Reporter {
 public:
  // The most findings of one zone file that are reported one by one.
  static constexpr std::size_t kMost = 100;

  explicit Reporter(diag::Sink& sink) : sink_(&sink) {}

  template <typename... Args>
  void report(source::Span where, const diag::Message<Args...>& message,
              const std::type_identity_t<Args>&... args) {
    if (count_++ < kMost) {
      sink_->report(where, message, safe(args)...);
    } else if (!first_omitted_.is_known()) {
      first_omitted_ = where;
    }
  }

  // To be called once, behind the last report.
  void finish() {
    if (count_ > kMost) {
      sink_->report(first_omitted_, diag::messages::zone_more, kMost, count_ - kMost);
    }
  }

 private:
  template <typename T>
  static auto safe(const T& argument) -> T {
    if constexpr (std::is_same_v<T, std::string>) {
      return value::shown(argument);
    } else {
      return argument;
    }
  }

  diag::Sink* sink_;
  std::size_t count_ = 0;
  source::Span first_omitted_;
};

}  // namespace fedgate::zonefile
