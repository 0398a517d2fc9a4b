#include "compiler/emit/server_name.h"

#include "schema/value/nameprep.h"

namespace fedgate::emit {

auto keeps_unicode(spec::Platform server, const value::DnsName& name) -> bool {
  return value::is_stable_under_nameprep(name, server == spec::Platform::ejabberd
                                                   ? value::Unassigned::refused
                                                   : value::Unassigned::allowed);
}

auto server_name(spec::Platform server, const value::DnsName& name) -> const std::string& {
  return keeps_unicode(server, name) ? name.unicode() : name.ascii();
}

}  // namespace fedgate::emit
