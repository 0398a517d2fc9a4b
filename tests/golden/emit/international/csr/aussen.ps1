# Requests certificate aussen of gateway zuerich-edge. Compiled by fedgate: change the spec, not this file.
#
# Run it on the Edge Server, in the Skype for Business Server Management Shell, as an administrator.
# The cmdlet takes the common name from the topology, which has to give zugang.xn--bcher-kva.example.

# In another encoding than UTF-8 this file would say something else than its spec.
if ('ü' -cne [string][char]0xFC) {
    throw 'This file was read in the wrong encoding; it has lost its UTF-8 byte order mark.'
}

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# As a full path, because the cmdlet does not know the shell's current folder.
$output = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath('aussen.req')
$request = @{
    New = $true
    Type = 'AccessEdgeExternal', 'DataEdgeExternal', 'AudioVideoAuthentication'
    DomainName = 'zugang.xn--bcher-kva.example,sip.xn--bcher-kva.example,xn--bcher-kva.example'
    Organization = 'Bücher "& Söhne"; Zürich #1'
    OU = '${ENV::HOME}, 100 %'
    Country = 'CH'
    FriendlyName = 'Außen | 100 %'
    KeyAlg = 'ECDH_P384'
    PrivateKeyExportable = $true
    ClientEKU = $true
    Template = 'Web-Server'
    Output = $output
}
Request-CsCertificate @request
Write-Host "The request is in $output; send it to the certificate authority."
