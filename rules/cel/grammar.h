// The grammar of CEL for PEGTL. Private to parse.cpp and to the test that analyzes it.
//
// Every rule decides by its first tokens and never takes back an action: where a choice needs more
// than one token, `at<>` looks ahead, in which actions are off. Whitespace is consumed after each
// token. Rules whose failure ends parsing have a message in parse.cpp.
#pragma once

#include <tao/pegtl.hpp>

namespace fedgate::cel::grammar {

namespace pegtl = tao::pegtl;

// Rules are named like those of PEGTL.
// NOLINTBEGIN(readability-identifier-naming)
// clang-format off
struct comment : pegtl::seq<pegtl::string<'/', '/'>, pegtl::star<pegtl::not_one<'\n'>>> {};
struct space : pegtl::star<pegtl::sor<pegtl::one<' ', '\t', '\n', '\r', '\f'>, comment>> {};
template <typename... Rules>
struct token : pegtl::seq<Rules..., space> {};

template <char... Word>
struct keyword : pegtl::seq<pegtl::string<Word...>, pegtl::not_at<pegtl::identifier_other>> {};
struct word_true : keyword<'t', 'r', 'u', 'e'> {};
struct word_false : keyword<'f', 'a', 'l', 's', 'e'> {};
struct word_null : keyword<'n', 'u', 'l', 'l'> {};
struct word_in : keyword<'i', 'n'> {};
// The words that are no names anywhere; reserved words are told apart after parsing.
struct name : pegtl::seq<
    pegtl::not_at<pegtl::sor<word_true, word_false, word_null, word_in>>, pegtl::identifier> {};

// Numbers.
struct exponent : pegtl::seq<pegtl::one<'e', 'E'>, pegtl::opt<pegtl::one<'+', '-'>>,
                             pegtl::plus<pegtl::digit>> {};
struct real_digits : pegtl::sor<
    pegtl::seq<pegtl::plus<pegtl::digit>, pegtl::one<'.'>, pegtl::plus<pegtl::digit>,
               pegtl::opt<exponent>>,
    pegtl::seq<pegtl::plus<pegtl::digit>, exponent>,
    pegtl::seq<pegtl::one<'.'>, pegtl::plus<pegtl::digit>, pegtl::opt<exponent>>> {};
struct whole_digits : pegtl::sor<
    pegtl::seq<pegtl::string<'0', 'x'>, pegtl::plus<pegtl::xdigit>>, pegtl::plus<pegtl::digit>> {};
struct unsigned_mark : pegtl::one<'u', 'U'> {};
// A minus directly before an int or a double belongs to the number.
struct negative_number : pegtl::seq<
    pegtl::one<'-'>, space,
    pegtl::sor<real_digits, pegtl::seq<whole_digits, pegtl::not_at<unsigned_mark>>>> {};
struct number : pegtl::sor<
    negative_number, real_digits, pegtl::seq<whole_digits, pegtl::opt<unsigned_mark>>> {};

// Strings and bytes, as they stand; literal.cpp decodes them.
template <char Quote>
struct triple : pegtl::string<Quote, Quote, Quote> {};
template <char Quote>
struct triple_end : triple<Quote> {};
template <char Quote>
struct quote_end : pegtl::one<Quote> {};
struct escape : pegtl::seq<pegtl::one<'\\'>, pegtl::not_one<'\n', '\r'>> {};
struct escape_any : pegtl::seq<pegtl::one<'\\'>, pegtl::any> {};
template <char Quote>
struct escaped_text : pegtl::sor<
    pegtl::seq<triple<Quote>,
               pegtl::star<pegtl::not_at<triple<Quote>>, pegtl::sor<escape_any, pegtl::any>>,
               triple_end<Quote>>,
    pegtl::seq<pegtl::one<Quote>,
               pegtl::star<pegtl::sor<escape, pegtl::not_one<Quote, '\\', '\n', '\r'>>>,
               quote_end<Quote>>> {};
template <char Quote>
struct raw_text : pegtl::sor<
    pegtl::seq<triple<Quote>, pegtl::star<pegtl::not_at<triple<Quote>>, pegtl::any>,
               triple_end<Quote>>,
    pegtl::seq<pegtl::one<Quote>, pegtl::star<pegtl::not_one<Quote, '\n', '\r'>>,
               quote_end<Quote>>> {};
struct any_quote : pegtl::one<'\'', '"'> {};
struct raw_prefix : pegtl::one<'r', 'R'> {};
struct bytes_prefix : pegtl::one<'b', 'B'> {};
struct text : pegtl::sor<
    pegtl::seq<pegtl::at<pegtl::opt<bytes_prefix>, raw_prefix, any_quote>,
               pegtl::opt<bytes_prefix>, raw_prefix, pegtl::sor<raw_text<'\''>, raw_text<'"'>>>,
    pegtl::seq<pegtl::at<pegtl::opt<bytes_prefix>, any_quote>, pegtl::opt<bytes_prefix>,
               pegtl::sor<escaped_text<'\''>, escaped_text<'"'>>>> {};

struct expression;
struct need_expression : pegtl::seq<expression> {};
struct optional_mark : pegtl::one<'?'> {};

// Brackets.
struct list_open : pegtl::one<'['> {};
struct list_close : pegtl::one<']'> {};
struct comma : pegtl::one<','> {};
struct list_element : pegtl::sor<
    pegtl::seq<token<optional_mark>, need_expression>, expression> {};
struct list : pegtl::seq<
    token<list_open>,
    pegtl::opt<list_element, pegtl::star<token<comma>, list_element>>,
    pegtl::opt<token<comma>>, list_close> {};

struct map_open : pegtl::one<'{'> {};
struct map_close : pegtl::one<'}'> {};
struct map_colon : pegtl::one<':'> {};
struct map_key : pegtl::sor<pegtl::seq<token<optional_mark>, need_expression>, expression> {};
struct map_entry : pegtl::seq<map_key, token<map_colon>, need_expression> {};
struct map : pegtl::seq<
    token<map_open>,
    pegtl::opt<map_entry, pegtl::star<token<comma>, map_entry>>,
    pegtl::opt<token<comma>>, map_close> {};

struct paren_open : pegtl::one<'('> {};
struct paren_close : pegtl::one<')'> {};
struct paren : pegtl::seq<token<paren_open>, need_expression, paren_close> {};

// Names and calls. A frame for the name is opened by the name and closed by one of the ends.
struct quoted_text : pegtl::plus<pegtl::sor<pegtl::alnum, pegtl::one<'_', '.', '/', ' ', '-'>>> {};
struct backtick : pegtl::one<'`'> {};
struct backtick_end : pegtl::one<'`'> {};
struct quoted_name : pegtl::seq<backtick, quoted_text, backtick_end> {};

struct call_open : pegtl::one<'('> {};
struct call_close : pegtl::one<')'> {};
struct arguments : pegtl::opt<expression, pegtl::star<token<comma>, need_expression>> {};

struct root_dot : pegtl::one<'.'> {};
struct message_open : pegtl::one<'{'> {};
struct message_close : pegtl::one<'}'> {};
struct message_colon : pegtl::one<':'> {};
struct message_field_name : pegtl::sor<name, quoted_name> {};
struct message_field : pegtl::seq<
    pegtl::opt<token<optional_mark>>, token<message_field_name>, token<message_colon>,
    need_expression> {};
struct message_name : pegtl::seq<
    pegtl::opt<token<root_dot>>, name, pegtl::star<space, pegtl::one<'.'>, space, name>> {};
struct message : pegtl::seq<
    pegtl::at<message_name, space, message_open>, message_name, space, token<message_open>,
    pegtl::opt<message_field, pegtl::star<token<comma>, message_field>>,
    pegtl::opt<token<comma>>, message_close> {};

struct root_name : pegtl::seq<name> {};
struct need_root_name : pegtl::seq<root_name> {};
struct identifier_end : pegtl::success {};
struct call_end : pegtl::seq<token<call_open>, arguments, call_close> {};
struct name_or_call : pegtl::seq<
    pegtl::sor<pegtl::seq<token<root_dot>, need_root_name>, root_name>,
    pegtl::sor<pegtl::seq<pegtl::at<space, call_open>, space, call_end>, identifier_end>> {};

struct literal_word : pegtl::sor<word_true, word_false, word_null> {};
struct primary : pegtl::sor<
    text, number, literal_word, list, map, paren, message, name_or_call> {};

// What follows a primary.
struct dot : pegtl::one<'.'> {};
struct field_name : pegtl::seq<name> {};
struct quoted_field : pegtl::seq<quoted_name> {};
struct optional_dot : pegtl::one<'?'> {};
struct need_field : pegtl::sor<field_name, quoted_field> {};
struct select_end : pegtl::success {};
struct quoted_select_end : pegtl::success {};
struct method_end : pegtl::seq<token<call_open>, arguments, call_close> {};
struct named_member : pegtl::seq<
    field_name,
    pegtl::sor<pegtl::seq<pegtl::at<space, call_open>, space, method_end>, select_end>> {};
struct optional_member : pegtl::seq<token<optional_dot>, need_field, select_end> {};
struct quoted_member : pegtl::seq<quoted_field, quoted_select_end> {};
struct need_member : pegtl::sor<optional_member, named_member, quoted_member> {};
struct index_open : pegtl::one<'['> {};
struct index_close : pegtl::one<']'> {};
struct index_optional : pegtl::one<'?'> {};
struct index : pegtl::seq<
    token<index_open>, pegtl::opt<token<index_optional>>, need_expression, index_close> {};
struct postfix : pegtl::sor<pegtl::seq<token<dot>, need_member>, index> {};
struct member : pegtl::seq<primary, space, pegtl::star<postfix, space>> {};
struct need_member_operand : pegtl::seq<member> {};

// Operators, from the tightest to the loosest.
struct bang : pegtl::one<'!'> {};
struct minus : pegtl::seq<pegtl::not_at<negative_number>, pegtl::one<'-'>> {};
struct prefix_begin : pegtl::success {};
struct prefixed : pegtl::sor<
    pegtl::seq<pegtl::at<bang>, prefix_begin, pegtl::plus<token<bang>>, need_member_operand>,
    pegtl::seq<pegtl::at<minus>, prefix_begin, pegtl::plus<token<minus>>, need_member_operand>> {};
struct unary : pegtl::sor<prefixed, member> {};

struct product_operator : pegtl::one<'*', '/', '%'> {};
struct need_factor : pegtl::seq<unary> {};
struct product_tail : pegtl::seq<token<product_operator>, need_factor> {};
struct product : pegtl::seq<unary, pegtl::star<product_tail>> {};

struct sum_operator : pegtl::one<'+', '-'> {};
struct need_term : pegtl::seq<product> {};
struct sum_tail : pegtl::seq<token<sum_operator>, need_term> {};
struct sum : pegtl::seq<product, pegtl::star<sum_tail>> {};

struct relation_operator : pegtl::sor<
    pegtl::string<'=', '='>, pegtl::string<'!', '='>, pegtl::string<'<', '='>,
    pegtl::string<'>', '='>, pegtl::one<'<'>, pegtl::one<'>'>, word_in> {};
struct need_relation_operand : pegtl::seq<sum> {};
struct relation_tail : pegtl::seq<token<relation_operator>, need_relation_operand> {};
struct relation : pegtl::seq<sum, pegtl::star<relation_tail>> {};

struct and_operator : pegtl::string<'&', '&'> {};
struct need_conjunct : pegtl::seq<relation> {};
struct and_tail : pegtl::seq<token<and_operator>, need_conjunct> {};
struct conjunction : pegtl::seq<relation, pegtl::star<and_tail>> {};

struct or_operator : pegtl::string<'|', '|'> {};
struct need_disjunct : pegtl::seq<conjunction> {};
struct or_tail : pegtl::seq<token<or_operator>, need_disjunct> {};
struct disjunction : pegtl::seq<conjunction, pegtl::star<or_tail>> {};

struct question : pegtl::one<'?'> {};
struct conditional_colon : pegtl::one<':'> {};
struct need_consequence : pegtl::seq<disjunction> {};
struct conditional_tail : pegtl::seq<
    token<question>, need_consequence, token<conditional_colon>, need_expression> {};
struct expression : pegtl::seq<disjunction, pegtl::opt<conditional_tail>> {};

struct end : pegtl::eof {};
struct source : pegtl::seq<space, need_expression, end> {};
// clang-format on
// NOLINTEND(readability-identifier-naming)

}  // namespace fedgate::cel::grammar
