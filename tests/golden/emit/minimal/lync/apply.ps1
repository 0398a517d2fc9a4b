# .SYNOPSIS
# Brings XMPP federation to the state that the spec of gateway lab-edge describes.
#
# .DESCRIPTION
# Compiled by fedgate: change the spec and compile again, not this file. Run it in the
# Lync Server Management Shell, first with -WhatIf. It may be run any number of times.
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param(
    # Remove the allowed partners that the spec does not list.
    [switch]$Prune,
    # Switch federation on where it is off. That opens it for SIP partners too.
    [switch]$EnableFederation
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Set-CsXmppGatewayConfiguration; times in seconds.
$gateway = @{
    ConnectionLimit = 1000
    PartnerConnectionLimit = 20
    KeepAliveInterval = 300
    StreamEstablishmentTimeout = 60
    StreamInactivityTimeout = 600
    SubscriptionRefreshInterval = 28800
    EnableLoggingAllMessageBodies = $false
}

# The XMPP domains that this gateway serves.
$domains = @('lab.contoso.com')

# One row for each partner; the keys are the parameters of the cmdlets.
$partners = @(
)

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

$steps = @(
    'Test from a Front End Server with Test-CsXmppIM; runbook.md has the commands of every step.'
)
Write-Host ''
Write-Host 'What is left to do, in this order:'
for ($i = 0; $i -lt $steps.Count; ++$i) {
    Write-Host ('{0}. {1}' -f ($i + 1), $steps[$i])
}
