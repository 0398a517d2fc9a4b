#include "rules/cel/program.h"

#include <algorithm>
#include <set>
#include <utility>

#include "rules/cel/check.h"
#include "rules/cel/code.h"
#include "rules/cel/lower.h"
#include "rules/cel/parse.h"

namespace fedgate::cel {
namespace {

auto sorted(std::vector<Issue> issues) -> Unexpected<std::vector<Issue>> {
  std::stable_sort(issues.begin(), issues.end(), [](const Issue& left, const Issue& right) {
    return std::pair(left.begin, left.end) < std::pair(right.begin, right.end);
  });
  return Unexpected{std::move(issues)};
}

}  // namespace

Program::Program(std::unique_ptr<const Code> code) : code_(std::move(code)) {}
Program::Program(Program&&) noexcept = default;
auto Program::operator=(Program&&) noexcept -> Program& = default;
Program::~Program() = default;

auto Program::result_type() const -> Type { return code_->result; }

auto Program::selection_path() const -> std::optional<SelectionPath> {
  SelectionPath path;
  const CodeNode* node = &code_->nodes[code_->root];
  while (node->op == Op::field) {
    path.steps.push_back({node->record, node->index});
    node = &code_->nodes[code_->children[node->first]];
  }
  if (node->op == Op::variable_field) {
    path.steps.push_back({node->record, node->index});
    path.slot = node->slot;
  } else if (node->op == Op::variable) {
    path.slot = node->index;
  } else {
    return std::nullopt;
  }
  std::reverse(path.steps.begin(), path.steps.end());
  return path;
}

auto Program::variables_read() const -> std::vector<std::size_t> {
  std::set<std::size_t> slots;
  for (const CodeNode& node : code_->nodes) {
    if (node.op == Op::variable) {
      slots.insert(node.index);
    } else if (node.op == Op::variable_field) {
      slots.insert(node.slot);
    }
  }
  return {slots.begin(), slots.end()};
}

auto compile(std::string_view expression, const Environment& environment, const Type& expected)
    -> Expected<Program, std::vector<Issue>> {
  const auto ast = parse(expression, environment.limits());
  if (!ast) {
    return sorted(ast.error());
  }
  const auto checked = check(*ast, environment, expected);
  if (!checked) {
    return sorted(checked.error());
  }
  auto code = lower(*ast, *checked, environment);
  if (!code) {
    return sorted(code.error());
  }
  return Program(*std::move(code));
}

}  // namespace fedgate::cel
