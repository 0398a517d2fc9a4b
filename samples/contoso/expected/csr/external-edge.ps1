# Requests certificate external-edge of gateway contoso-edge. Compiled by fedgate: change the spec, not this file.
#
# Run it on the Edge Server, in the Lync Server Management Shell, as an administrator.
# The cmdlet takes the common name from the topology, which has to give sip.contoso.com.

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# As a full path, because the cmdlet does not know the shell's current folder.
$output = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath('c:\cert_external_edge.cer')
$request = @{
    New = $true
    Type = 'AccessEdgeExternal', 'DataEdgeExternal', 'AudioVideoAuthentication'
    DomainName = 'sip.contoso.com,webcon.contoso.com,contoso.com'
    Organization = 'Contoso'
    City = 'Redmond'
    State = 'Washington'
    Country = 'US'
    FriendlyName = 'Lync external edge'
    KeyAlg = 'RSA'
    KeySize = 2048
    PrivateKeyExportable = $true
    ClientEKU = $false
    Template = 'WebServer'
    Output = $output
}
Request-CsCertificate @request
Write-Host "The request is in $output; send it to the certificate authority."
