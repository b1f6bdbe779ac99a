# The life of a container: create, start, run processes, measure, stop. Needs no Host Compute Service: elsewhere than on
# Windows the containers live in the embedded host inside this PowerShell process and end with it.

$ErrorActionPreference = 'Stop'

'--- Create a container from a document in the shape Docker sends, and start it'
$container = New-HcsContainer -Path "$PSScriptRoot/quickstart.json"
Start-HcsContainer $container
Get-HcsContainer | Out-Host

'--- Start two processes that stay: one works, one sleeps'
$worker = Start-HcsProcess $container 'sh -c "while :; do :; done"'
$sleeper = Start-HcsProcess $container 'sleep 300'
$worker, $sleeper | Out-Host

'--- Run a process that reads the pipeline; its output is the pipeline again'
'pear', 'apple', 'orange' | Invoke-HcsProcess $container 'sort' | Out-Host

''
'--- Run a process that fails: an exit code is data, not an error'
Invoke-HcsProcess $container 'sh -c "exit 3"' -PassThru | Out-Host

'--- List the processes'
Get-HcsProcess $container | Out-Host

'--- Take two samples, one second apart'
$samples = @(Get-HcsStatistics $container -Continuous -SampleCount 2)
$samples | Out-Host
'Share of one processor in between: {0:N0} %' -f $samples[1].CpuPercent

''
'--- Kill the sleeper'
Stop-HcsProcess $sleeper -PassThru | Out-Host

'--- Wait for the container in a job, and stop it meanwhile'
$job = Wait-HcsContainer $container -AsJob
Stop-HcsContainer $container
$job | Wait-Job | Receive-Job | Out-Host
Remove-Job $job

"The worker ended with the container: exit code $($worker.ExitCode)."
"Containers left: $(@(Get-HcsContainer).Count)"
