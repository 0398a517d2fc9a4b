#include "schema/value/nameprep.h"

#include <string>

#include <stringprep.h>

namespace fedgate::value {

auto is_stable_under_nameprep(const DnsName& name, Unassigned unassigned) -> bool {
  if (!name.has_unicode()) {
    return true;
  }
  // What does not fit is longer, so another name.
  std::string prepared = name.unicode();
  const auto flags =
      unassigned == Unassigned::refused ? STRINGPREP_NO_UNASSIGNED : Stringprep_profile_flags{};
  return stringprep(prepared.data(), prepared.size() + 1, flags, stringprep_nameprep) ==
             STRINGPREP_OK &&
         prepared == name.unicode();
}

}  // namespace fedgate::value
