// lync/apply.ps1: brings Lync Server 2013 or Skype for Business Server 2015 to the state that the
// spec describes.
#pragma once

#include <string>

#include "compiler/plan.h"

namespace fedgate::emit {

// A script in the syntax of PowerShell 3 that may be run any number of times: it creates partners
// or changes them, always with all negotiation settings, sets the gateway's limits, and names what
// else the deployment lacks. -WhatIf and -Confirm are its own; -Prune removes partners that the
// spec does not list; -EnableFederation switches federation on. Cmdlets and parameters are those of
// the reference (Microsoft, New-, Set-, Get-, Remove-CsXmppAllowedPartner,
// Set-CsXmppGatewayConfiguration, Get-, Set-CsAccessEdgeConfiguration, Get-CsExternalAccessPolicy,
// Get-CsSipDomain).
[[nodiscard]] auto emit_lync(const compiler::Plan& plan) -> std::string;

}  // namespace fedgate::emit
