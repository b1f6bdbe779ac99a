# What a user types to reach a container by a port of the host, served by the mocks of vmcompute.dll, computecore.dll and
# computenetwork.dll.
. "$PSScriptRoot\checks.ps1"
Connect-HcsHost -Local | Out-Null

Assert-That 'A network is made, with the first address of its prefix as the gateway' {
    $nat = New-HcsNetwork nat -AddressPrefix 172.30.0.0/24
    $nat.Type
    $nat.AddressPrefix
    $nat.Gateway
} 'NAT|172.30.0.0/24|172.30.0.1'
Assert-That 'It is there once, and the command that shows it is named' {
    $failure = Get-Failure { New-HcsNetwork nat -AddressPrefix 172.31.0.0/24 }
    $failure.Id
    "$($failure.Message) $($failure.Advice)" -match 'Get-HcsNetwork ''?nat'
} 'HcsNetworkAlreadyExists|True'
foreach ($schema in 1, 2) {
    Assert-That "A container of schema $schema gets an endpoint with a mapped port" {
        $web = New-HcsContainer web -SchemaVersion $schema -Network nat -PortMapping 8080:80 -Start
        $web.State
        $endpoint = Get-HcsEndpoint -Container web
        "$($endpoint.PortMapping)"
        $endpoint.Network
        "$($endpoint.IPAddress)" -match '^172\.30\.0\.'
    } 'Running|8080:80/tcp|nat|True'
    Assert-That "The same port again is refused, names its user, and leaves nothing (schema $schema)" {
        $failure = Get-Failure { New-HcsContainer other -SchemaVersion $schema -Network nat -PortMapping 8080:80 }
        $failure.Id
        $failure.Message -match "'web'"
        @(Get-HcsEndpoint).Count
    } 'HcsPortAlreadyMapped|True|1'
    Assert-That "A network with an endpoint is not removed, and the endpoint is named (schema $schema)" {
        $failure = Get-Failure { Remove-HcsNetwork nat }
        $failure.Id
        $failure.Message -match 'web'
    } 'HcsNetworkInUse|True'
    Assert-That "A second endpoint is connected and disconnected (schema $schema)" {
        $second = New-HcsEndpoint second -Network nat
        Connect-HcsEndpoint $second web
        @(Get-HcsEndpoint -Container web).Count
        Disconnect-HcsEndpoint $second web
        @(Get-HcsEndpoint -Container web).Name
        Remove-HcsEndpoint second
    } '2|web'
    Assert-That "The counters of the endpoint are those of the container (schema $schema)" {
        $null -ne (Get-HcsStatistics web).Network[0].BytesReceived
    } 'True'
    Assert-That "The endpoint goes with the container (schema $schema)" {
        Stop-HcsContainer web -Force -Confirm:$false
        @(Get-HcsEndpoint).Count
    } '0'
}

Assert-That 'What happens to networks is told while they are watched' {
    $job = Watch-HcsEvent -Network -AsJob
    $told = New-HcsNetwork told -Type Internal
    while ($job.ChildJobs[0].Output.Count -lt 1) { [Threading.Thread]::Sleep(20) }
    Remove-HcsNetwork $told
    while ($job.ChildJobs[0].Output.Count -lt 2) { [Threading.Thread]::Sleep(20) }
    Stop-Job $job
    $job | Receive-Job | ForEach-Object { "$($_.Type) $($_.Kind) $($_.Name)" }
} 'NetworkCreated Network told|NetworkDeleted Network told'

Assert-That 'Names that mean no network elsewhere are refused' {
    (Get-Failure { New-HcsContainer web -Network none }).Message -match 'reserved'
    (Get-Failure { New-HcsContainer web -Network host }).Message -match 'reserved'
    (Get-Failure { New-HcsContainer web -PortMapping 80 }).Message -match '-Network'
} 'True|True|True'
Assert-That 'The network is removed' {
    Remove-HcsNetwork nat
    @(Get-HcsNetwork).Count
} '0'

Complete-Check
