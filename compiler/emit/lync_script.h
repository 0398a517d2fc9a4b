// The statements of lync/apply.ps1 that do not depend on the spec. Private to lync.cpp.
#pragma once

#include <string_view>

namespace fedgate::emit::script {

// {0}: gateway, {1}: shell.
inline constexpr std::string_view kHead =
    R"(# .SYNOPSIS
# Brings XMPP federation to the state that the spec of gateway {0} describes.
#
# .DESCRIPTION
# Compiled by fedgate: change the spec and compile again, not this file. Run it in the
# {1}, first with -WhatIf. It may be run any number of times.
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param(
    # Remove the allowed partners that the spec does not list.
    [switch]$Prune,
    # Switch federation on where it is off. That opens it for SIP partners too.
    [switch]$EnableFederation
)
)";

inline constexpr std::string_view kPrologue = R"(Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

)";

// {0}: the name of the variable, quoted.
inline constexpr std::string_view kPassphraseFromVariable = R"(
# The dialback passphrase is read where it is kept, and never printed.
$variable = {0}
$passphrase = [Environment]::GetEnvironmentVariable($variable)
if ([string]::IsNullOrEmpty($passphrase)) {{
    throw "The environment variable $variable, which should hold the dialback passphrase, is not set."
}}
$gateway['DialbackPassphrase'] = $passphrase
)";

// {0}: the path, quoted.
inline constexpr std::string_view kPassphraseFromFile = R"(
# The dialback passphrase is read where it is kept, and never printed.
$file = {0}
if (-not (Test-Path -LiteralPath $file -PathType Leaf)) {{
    throw "The file $file, which should hold the dialback passphrase, does not exist."
}}
$lines = @(Get-Content -LiteralPath $file -Encoding UTF8)
if ($lines.Count -ne 1 -or [string]::IsNullOrEmpty($lines[0])) {{
    throw "The file $file must hold the dialback passphrase on its one line."
}}
$gateway['DialbackPassphrase'] = [string]$lines[0]
)";

// Identities are compared without case in every culture. Partners are removed first, then changed,
// then created, so that a domain is free before another partner takes it.
inline constexpr std::string_view kApply = R"(
if (-not (Get-Command -Name Get-CsXmppAllowedPartner -ErrorAction SilentlyContinue)) {
    throw 'The cmdlets for XMPP partners are missing; run this in the management shell of the server.'
}

$existing = New-Object -TypeName System.Collections.Hashtable -ArgumentList ([StringComparer]::OrdinalIgnoreCase)
foreach ($partner in @(Get-CsXmppAllowedPartner)) {
    $existing[[string]$partner.Identity] = $partner
}
$listed = New-Object -TypeName System.Collections.Hashtable -ArgumentList ([StringComparer]::OrdinalIgnoreCase)
foreach ($partner in $partners) {
    $listed[$partner['Identity']] = $true
}

if ($PSCmdlet.ShouldProcess('XMPP gateway', 'Set-CsXmppGatewayConfiguration')) {
    Set-CsXmppGatewayConfiguration @gateway -Confirm:$false
}

# Not by $existing.Keys, which would be the partner of that name.
foreach ($identity in @($existing.GetEnumerator() | ForEach-Object { [string]$_.Key } | Sort-Object)) {
    if ($listed.ContainsKey($identity)) {
        continue
    }
    if (-not $Prune) {
        Write-Warning "Partner $identity is allowed, but not in the spec; -Prune removes it."
    }
    elseif ($PSCmdlet.ShouldProcess($identity, 'Remove-CsXmppAllowedPartner')) {
        Remove-CsXmppAllowedPartner -Identity $identity -Confirm:$false
    }
}

foreach ($partner in $partners) {
    $identity = $partner['Identity']
    if (-not $existing.ContainsKey($identity)) {
        continue
    }
    $settings = $partner.Clone()
    # The spec has the whole list, and what it leaves out is emptied where the partner has it.
    $settings['AdditionalDomains'] = $null
    if ($partner.ContainsKey('AdditionalDomains')) {
        $settings['AdditionalDomains'] = @{ Replace = $partner['AdditionalDomains'] }
    }
    foreach ($name in @('ProxyFqdn', 'Description')) {
        $current = $existing[$identity].PSObject.Properties[$name]
        if (-not $partner.ContainsKey($name) -and $current -and $current.Value) {
            $settings[$name] = $null
        }
    }
    if ($PSCmdlet.ShouldProcess($identity, 'Set-CsXmppAllowedPartner')) {
        Set-CsXmppAllowedPartner @settings -Confirm:$false
    }
}

foreach ($partner in $partners) {
    $identity = $partner['Identity']
    if ($existing.ContainsKey($identity)) {
        continue
    }
    if ($PSCmdlet.ShouldProcess($identity, 'New-CsXmppAllowedPartner')) {
        New-CsXmppAllowedPartner @partner -Confirm:$false | Out-Null
    }
}

if (-not (Get-CsAccessEdgeConfiguration).AllowFederatedUsers) {
    if (-not $EnableFederation) {
        Write-Warning ('Federation is switched off, so no partner can be reached. This opens it as a ' +
            'whole, for SIP partners too: Set-CsAccessEdgeConfiguration -AllowFederatedUsers $true ' +
            '(or run this script with -EnableFederation).')
    }
    elseif ($PSCmdlet.ShouldProcess('Access Edge', 'Set-CsAccessEdgeConfiguration -AllowFederatedUsers $true')) {
        Set-CsAccessEdgeConfiguration -AllowFederatedUsers $true -Confirm:$false
    }
}

$sipDomains = @(Get-CsSipDomain | ForEach-Object { [string]$_.Identity })
foreach ($domain in $domains) {
    if ($sipDomains -notcontains $domain) {
        Write-Warning "$domain is no SIP domain of this deployment, so no user can federate under it."
    }
}

foreach ($policy in @(Get-CsExternalAccessPolicy)) {
    if (-not ($policy.EnableFederationAccess -and $policy.EnableXmppAccess)) {
        $identity = "'" + ([string]$policy.Identity).Replace("'", "''") + "'"
        Write-Warning ("External access policy $identity keeps its users from XMPP partners. To let them: " +
            "Set-CsExternalAccessPolicy -Identity $identity" + ' -EnableFederationAccess $true -EnableXmppAccess $true')
    }
}
)";

inline constexpr std::string_view kPrintSteps = R"(Write-Host ''
Write-Host 'What is left to do, in this order:'
for ($i = 0; $i -lt $steps.Count; ++$i) {
    Write-Host ('{0}. {1}' -f ($i + 1), $steps[$i])
}
)";

}  // namespace fedgate::emit::script
