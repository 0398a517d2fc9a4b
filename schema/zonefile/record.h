// A master file as plain records (RFC 1035, section 5). Read by reader.h; the facts compare them
// with what the gateway needs.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "schema/source/span.h"
#include "schema/value/address.h"

namespace fedgate::zonefile {

// Domain names here are absolute, without the final dot, in lower case, with every octet that is no
// letter, digit, hyphen, underscore or asterisk as `\DDD`; the root is `.`. Two are the same name
// exactly when the texts are.

// RFC 2782.
struct Srv {
  std::int64_t priority = 0;
  std::int64_t weight = 0;
  std::int64_t port = 0;
  std::string target;

  friend auto operator==(const Srv&, const Srv&) -> bool = default;
};

// The one name that a CNAME, DNAME or NS record has.
struct NameData {
  std::string name;

  friend auto operator==(const NameData&, const NameData&) -> bool = default;
};

// RFC 8659, section 4.1; the tag in lower case.
struct Caa {
  std::int64_t flags = 0;
  std::string tag;
  std::string value;

  friend auto operator==(const Caa&, const Caa&) -> bool = default;
};

// RFC 6698, section 2.1; the association in lower-case hexadecimal.
struct Tlsa {
  std::int64_t usage = 0;
  std::int64_t selector = 0;
  std::int64_t matching = 0;
  std::string association;

  friend auto operator==(const Tlsa&, const Tlsa&) -> bool = default;
};

// None: a type whose data nobody asks for, or data that cannot be read (Record::problem).
using Data = std::variant<std::monostate, Srv, value::Address, NameData, Caa, Tlsa>;

struct Record {
  std::string owner;
  // The mnemonic in upper case, also of a record written as `TYPE33`; what is no type as written,
  // safe to show.
  std::string type;
  bool is_type = true;
  std::int64_t ttl = 0;
  Data data;
  // The data as the file has it, in one line, safe to show (value::shown). Empty for a type whose
  // data nobody asks for.
  std::string written;
  // Why the data cannot be read, safe to show; empty otherwise.
  std::string problem;
  // From the first token to the last one: of several lines where parentheses join them.
  source::Span where;
  // The owner as written; the whole record where it is that of the record before.
  source::Span owner_at;
  // The first tokens of the data, as many as its type has fields; `where` ends with the last one.
  std::vector<source::Span> data_at;
};

struct ZoneFile {
  source::FileId file = source::kNoFile;
  // In the order of the file, those of included files in their place. Only class IN.
  std::vector<Record> records;
  // Everything was understood, so that a record that is not here does not exist.
  bool complete = true;
};

}  // namespace fedgate::zonefile
