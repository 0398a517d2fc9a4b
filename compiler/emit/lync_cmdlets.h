// What the artifacts for Lync Server 2013 and Skype for Business Server 2015 have in common.
#pragma once

#include <string>
#include <string_view>

#include "schema/spec.h"

namespace fedgate::emit {

// The uses of the external Edge certificate, as -Type takes them. The XMPP gateway presents the one
// of the Access Edge (Microsoft, "Configure XMPP gateway on Lync Server 2013").
inline constexpr std::string_view kExternalEdgeTypes =
    "'AccessEdgeExternal', 'DataEdgeExternal', 'AudioVideoAuthentication'";

// The port of server-to-server streams, which Lync's DNS, firewall and port tables fix (Microsoft,
// "Port summary - Extensible Messaging and Presence Protocol (XMPP) federation").
inline constexpr int kXmppPort = 5269;
// From the Front End Servers to the Edge Server's internal address (the same table).
inline constexpr int kInternalXmppPort = 23456;

// The shell that has the cmdlets.
[[nodiscard]] auto management_shell(spec::Platform platform) -> std::string_view;

// A script of comments and parameters, `head`, and statements, `body`. Windows PowerShell reads a
// file without byte order mark in the system's code page (about_Character_Encoding), in which bytes
// of UTF-8 may be quotes: so a script that is not ASCII starts with the mark, and before anything
// else makes sure that it is read as it was written.
[[nodiscard]] auto finish_script(std::string_view head, std::string_view body) -> std::string;

}  // namespace fedgate::emit
