#include "rules/cel/parse.h"

#include <cctype>
#include <string>
#include <utility>

#include <tao/pegtl/contrib/limit_depth.hpp>

#include "rules/cel/builder.h"
#include "rules/cel/grammar.h"
#include "rules/cel/unicode.h"

namespace fedgate::cel {
namespace {

namespace pegtl = tao::pegtl;

// PEGTL wants the name `message`.
// NOLINTBEGIN(readability-identifier-naming)
// What was expected where a rule fails that nothing else could stand for.
struct Errors {
  template <typename Rule>
  static constexpr const char* message = nullptr;
};
template <>
constexpr const char* Errors::message<grammar::need_expression> = "an expression";
template <>
constexpr const char* Errors::message<grammar::need_member_operand> = "an operand";
template <>
constexpr const char* Errors::message<grammar::need_factor> = "an operand";
template <>
constexpr const char* Errors::message<grammar::need_term> = "an operand";
template <>
constexpr const char* Errors::message<grammar::need_relation_operand> = "an operand";
template <>
constexpr const char* Errors::message<grammar::need_conjunct> = "an operand";
template <>
constexpr const char* Errors::message<grammar::need_disjunct> = "an operand";
template <>
constexpr const char* Errors::message<grammar::need_consequence> = "an expression";
template <>
constexpr const char* Errors::message<grammar::conditional_colon> = "`:`";
template <>
constexpr const char* Errors::message<grammar::need_member> = "the name of a field or a method";
template <>
constexpr const char* Errors::message<grammar::need_field> = "the name of a field";
template <>
constexpr const char* Errors::message<grammar::need_root_name> = "a name";
template <>
constexpr const char* Errors::message<grammar::quoted_text> =
    "a name of letters, digits and `_./ -`";
template <>
constexpr const char* Errors::message<grammar::backtick_end> = "a backtick";
template <>
constexpr const char* Errors::message<grammar::list_close> = "`,` or `]`";
template <>
constexpr const char* Errors::message<grammar::index_close> = "`]`";
template <>
constexpr const char* Errors::message<grammar::map_colon> = "`:`";
template <>
constexpr const char* Errors::message<grammar::map_close> = "`,` or `}`";
template <>
constexpr const char* Errors::message<grammar::message_colon> = "`:`";
template <>
constexpr const char* Errors::message<grammar::message_close> = "`,` or `}`";
template <>
constexpr const char* Errors::message<grammar::paren_close> = "`)`";
template <>
constexpr const char* Errors::message<grammar::call_close> = "`,` or `)`";
template <>
constexpr const char* Errors::message<grammar::quote_end<'\''>> = "a closing `'`";
template <>
constexpr const char* Errors::message<grammar::quote_end<'"'>> = "a closing `\"`";
template <>
constexpr const char* Errors::message<grammar::triple_end<'\''>> = "a closing `'''`";
template <>
constexpr const char* Errors::message<grammar::triple_end<'"'>> = "a closing `\"\"\"`";
template <>
constexpr const char* Errors::message<grammar::end> = "an operator or the end";

// NOLINTEND(readability-identifier-naming)

template <typename Rule>
using Control = pegtl::must_if<Errors, pegtl::normal, false>::control<Rule>;

template <typename Rule>
struct action : pegtl::nothing<Rule> {};

// Like pegtl::limit_depth, with our own exception. Ends parsing before the recursion grows too deep
// for the stack.
template <>
struct action<grammar::expression> : pegtl::maybe_nothing {
  template <typename Rule, pegtl::apply_mode A, pegtl::rewind_mode M,
            template <typename...> class Action, template <typename...> class Control,
            typename Input>
  [[nodiscard]] static auto match(Input& input, AstBuilder& builder) -> bool {
    const pegtl::internal::depth_guard guard(input.private_depth);
    if (input.private_depth > kMaxParseDepth) {
      const auto at = static_cast<std::uint32_t>(input.position().byte);
      throw TooComplex{{at, at, "the expression is nested too deeply"}};
    }
    return pegtl::match<Rule, A, M, Action, Control>(input, builder);
  }
};

// The actions whose only difference is what they call.
#define FEDGATE_CEL_ACTION(rule, call)                           \
  template <>                                                    \
  struct action<grammar::rule> {                                 \
    template <typename Input>                                    \
    static void apply(const Input& input, AstBuilder& builder) { \
      [[maybe_unused]] const auto text = input.string_view();    \
      [[maybe_unused]] const Span span = builder.span_of(text);  \
      builder.call;                                              \
    }                                                            \
  }

FEDGATE_CEL_ACTION(text, text_literal(text, span));
FEDGATE_CEL_ACTION(number, number_literal(text, span));
FEDGATE_CEL_ACTION(literal_word, word_literal(text, span));
FEDGATE_CEL_ACTION(root_dot, root_dot(span));
FEDGATE_CEL_ACTION(root_name, open(text, span));
FEDGATE_CEL_ACTION(identifier_end, close_identifier());
FEDGATE_CEL_ACTION(call_end, close_call(span));
FEDGATE_CEL_ACTION(optional_dot, mark_next_optional());
FEDGATE_CEL_ACTION(field_name, open(text, span));
FEDGATE_CEL_ACTION(quoted_field, open(text, span));
FEDGATE_CEL_ACTION(select_end, close_select());
FEDGATE_CEL_ACTION(quoted_select_end, close_select());
FEDGATE_CEL_ACTION(method_end, close_method(span));
FEDGATE_CEL_ACTION(index_open, open(text, span));
FEDGATE_CEL_ACTION(index_optional, mark_optional());
FEDGATE_CEL_ACTION(index, close_index(span));
FEDGATE_CEL_ACTION(list_open, open(text, span));
FEDGATE_CEL_ACTION(map_open, open(text, span));
FEDGATE_CEL_ACTION(optional_mark, mark_optional());
FEDGATE_CEL_ACTION(list, close_list(span));
FEDGATE_CEL_ACTION(map, close_map(span));
FEDGATE_CEL_ACTION(message_name, open(text, span));
FEDGATE_CEL_ACTION(message, close_message(span));
FEDGATE_CEL_ACTION(paren, close_paren(span));
FEDGATE_CEL_ACTION(prefix_begin, open({}, span));
FEDGATE_CEL_ACTION(bang, add_prefix(text, span));
FEDGATE_CEL_ACTION(minus, add_prefix(text, span));
FEDGATE_CEL_ACTION(prefixed, close_prefixes());
FEDGATE_CEL_ACTION(product_operator, open(text, span));
FEDGATE_CEL_ACTION(product_tail, close_operation());
FEDGATE_CEL_ACTION(sum_operator, open(text, span));
FEDGATE_CEL_ACTION(sum_tail, close_operation());
FEDGATE_CEL_ACTION(relation_operator, open(text, span));
FEDGATE_CEL_ACTION(relation_tail, close_operation());
FEDGATE_CEL_ACTION(and_operator, open(text, span));
FEDGATE_CEL_ACTION(and_tail, close_logical(NodeKind::logical_and));
FEDGATE_CEL_ACTION(or_operator, open(text, span));
FEDGATE_CEL_ACTION(or_tail, close_logical(NodeKind::logical_or));
FEDGATE_CEL_ACTION(conditional_tail, close_conditional());

#undef FEDGATE_CEL_ACTION

auto is_word(char byte) -> bool {
  return byte == '_' || std::isalnum(static_cast<unsigned char>(byte)) != 0;
}

// What stands at `at`: a word or one character.
auto token_end(std::string_view text, std::size_t at) -> std::size_t {
  std::size_t end = at;
  while (end < text.size() && is_word(text[end])) {
    ++end;
  }
  return end == at ? at + utf8_size(text[at]) : end;
}

auto syntax_issue(std::string_view text, std::size_t at, const std::string& expected) -> Issue {
  const auto begin = static_cast<std::uint32_t>(at);
  if (at >= text.size()) {
    return {begin, begin, "expected " + expected + ", got the end of the expression"};
  }
  const std::size_t end = token_end(text, at);
  const auto seen = text.substr(at, end - at);
  const bool printable = static_cast<unsigned char>(seen.front()) >= 0x20 && seen != "`";
  return {begin, static_cast<std::uint32_t>(end),
          "expected " + expected + ", got " +
              (printable ? "`" + std::string(seen) + "`"
                         : std::string(seen == "`" ? "a backtick" : "a control character"))};
}

}  // namespace

auto parse(std::string_view expression, const Limits& limits) -> Expected<Ast, std::vector<Issue>> {
  if (expression.size() > limits.source_bytes) {
    return Unexpected{std::vector<Issue>{{0, 0, "the expression is too long"}}};
  }
  if (const auto invalid = find_invalid_utf8(expression)) {
    const auto at = static_cast<std::uint32_t>(*invalid);
    return Unexpected{std::vector<Issue>{{at, at + 1, "the expression is not valid UTF-8"}}};
  }
  AstBuilder builder(expression, limits);
  pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*> input(
      expression.data(), expression.data() + expression.size(), "expression");
  try {
    const bool matched = pegtl::parse<grammar::source, action, Control>(input, builder);
    FEDGATE_CHECK(matched, "every failure of the grammar has a message");
  } catch (const pegtl::parse_error& error) {
    builder.issues().push_back(
        syntax_issue(expression, error.positions().front().byte, std::string(error.message())));
  } catch (const TooComplex& error) {
    builder.issues().push_back(error.issue);
  }
  if (!builder.issues().empty()) {
    return Unexpected{std::move(builder.issues())};
  }
  return builder.finish();
}

}  // namespace fedgate::cel
