# A Windows whose computecore.dll lacks the functions asked for.
. "$PSScriptRoot\checks.ps1"

Assert-That 'A missing function has an error of its own, which names it' {
    $failure = Get-Failure { Get-HcsContainer }
    $failure.Id
    $failure.Code
    $failure.Message -match 'Hcs\w+: ' | ForEach-Object { $Matches[0] }
} 'HcsApiNotSupported|0x8007007F|HcsEnumerateComputeSystems: '

Complete-Check
