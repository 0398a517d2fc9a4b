#include "rules/cel/environment.h"

#include <utility>

#include "rules/cel/functions/library.h"
#include "schema/base/check.h"

namespace fedgate::cel {

Environment::Environment() {
  add_operators(*this);
  add_conversions(*this);
  add_collections(*this);
  add_times(*this);
  add_strings(*this);
  add_math(*this);
  add_encoders(*this);
  add_optionals(*this);
  add_network(*this);
}

auto Environment::declare(std::string name, Type type) -> std::size_t {
  const std::size_t slot = variables_.size();
  const bool added = variable_index_.emplace(name, slot).second;
  FEDGATE_CHECK(added, "a variable is declared twice");
  variables_.push_back({std::move(name), type, slot});
  return slot;
}

void Environment::add_function(std::string_view name, CallStyle style,
                               std::vector<Overload> overloads) {
  Index& index = function_index_[static_cast<std::size_t>(style)];
  const auto found = index.find(name);
  if (found == index.end()) {
    index.emplace(name, functions_.size());
    functions_.push_back({std::string(name), style, std::move(overloads)});
    return;
  }
  auto& known = functions_[found->second].overloads;
  for (Overload& overload : overloads) {
    known.push_back(std::move(overload));
  }
}

auto Environment::find_variable(std::string_view name) const -> const Variable* {
  const auto found = variable_index_.find(name);
  return found == variable_index_.end() ? nullptr : &variables_[found->second];
}

auto Environment::find_function(std::string_view name, CallStyle style) const -> const Function* {
  const Index& index = function_index_[static_cast<std::size_t>(style)];
  const auto found = index.find(name);
  return found == index.end() ? nullptr : &functions_[found->second];
}

}  // namespace fedgate::cel
