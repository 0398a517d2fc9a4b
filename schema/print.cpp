#include "schema/print.h"

#include <array>
#include <iterator>
#include <map>
#include <string_view>
#include <type_traits>

#include <fmt/format.h>

#include "schema/fields.h"
#include "schema/scalar.h"

namespace fedgate::spec {

namespace {

constexpr std::array<std::string_view, 4> kOrigins = {"absent", "defaulted", "inherited", "given"};

template <typename T>
auto scalar_text(const T& item) -> std::string {
  if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t>) {
    return fmt::format("{}", item);
  } else if constexpr (std::is_enum_v<T>) {
    return std::string(word(item));
  } else if constexpr (std::is_same_v<T, value::DnsName> || std::is_same_v<T, value::DnsPattern>) {
    return item.ascii();
  } else if constexpr (requires { item.to_text(); }) {
    return item.to_text();
  } else {
    return item.text();
  }
}

class Printer {
 public:
  explicit Printer(const source::Sources& sources) : sources_(&sources) {}

  template <typename Struct>
  void print_struct(const std::string& path, const Struct& item) {
    for_each_field<Struct>([&](const auto& field) {
      const auto& located = item.*field.member;
      if (located.present()) {
        print_value(path.empty() ? std::string(field.key) : fmt::format("{}.{}", path, field.key),
                    located);
      }
    });
  }

  auto take() -> std::string { return std::move(out_); }

 private:
  template <typename T>
  void print_value(const std::string& path, const Located<T>& located) {
    if constexpr (IsScalar<T>) {
      fmt::format_to(std::back_inserter(out_), "{} = {} ({}{})\n", path, scalar_text(located.value),
                     kOrigins[static_cast<std::size_t>(located.origin)], place(located.where));
    } else {
      print_inner(path, located.value);
    }
  }

  template <typename T>
  void print_inner(const std::string& path, const T& item) {
    print_struct(path, item);
  }
  template <typename T>
  void print_inner(const std::string& path, const std::vector<T>& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      print_struct(fmt::format("{}[{}]", path, i), items[i]);
    }
  }
  template <typename T>
  void print_inner(const std::string& path, const List<T>& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      print_value(fmt::format("{}[{}]", path, i), items[i]);
    }
  }

  auto place(const source::Span& where) -> std::string {
    if (!where.is_known()) {
      return {};
    }
    const auto& table = tables_.try_emplace(where.file, (*sources_)[where.file].text).first->second;
    const source::Position position = table.position(where.begin);
    return fmt::format(" {}:{}", position.line, position.column);
  }

  const source::Sources* sources_;
  std::map<source::FileId, source::LineTable> tables_;
  std::string out_;
};

}  // namespace

auto print_spec(const source::Sources& sources, const Spec& spec) -> std::string {
  Printer printer(sources);
  printer.print_struct({}, spec);
  return printer.take();
}

}  // namespace fedgate::spec
