#include "rules/cel/type.h"

#include <string_view>

#include "rules/cel/kind_name.h"
#include "rules/cel/record.h"

namespace fedgate::cel {

auto kind_name(Kind kind) -> std::string_view {
  switch (kind) {
    case Kind::dyn:
      return "dyn";
    case Kind::null:
      return "null_type";
    case Kind::boolean:
      return "bool";
    case Kind::integer:
      return "int";
    case Kind::uint:
      return "uint";
    case Kind::real:
      return "double";
    case Kind::string:
      return "string";
    case Kind::bytes:
      return "bytes";
    case Kind::timestamp:
      return "google.protobuf.Timestamp";
    case Kind::duration:
      return "google.protobuf.Duration";
    case Kind::type:
      return "type";
    case Kind::list:
      return "list";
    case Kind::map:
      return "map";
    case Kind::optional:
      return "optional_type";
    case Kind::record:
      return "record";
    case Kind::ip:
      return "net.IP";
    case Kind::cidr:
      return "net.CIDR";
    case Kind::error:
      return "error";
    case Kind::number:
      return "number";
    case Kind::param_a:
      return "A";
    case Kind::param_b:
      return "B";
  }
  return "";
}

auto to_string(const Type& type) -> std::string {
  const Kind kind = type.kind();
  if (kind == Kind::list) {
    return "list(" + to_string(type.inner()) + ")";
  }
  if (kind == Kind::optional) {
    return "optional(" + to_string(type.inner()) + ")";
  }
  if (kind == Kind::map) {
    return "map(" + to_string(type.key()) + ", " + to_string(type.inner()) + ")";
  }
  if (kind == Kind::record && type.record_type() != nullptr) {
    return type.record_type()->name;
  }
  if (kind == Kind::timestamp) {
    return "timestamp";
  }
  return std::string(kind == Kind::duration ? "duration" : kind_name(kind));
}

}  // namespace fedgate::cel
