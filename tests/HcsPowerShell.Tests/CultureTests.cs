using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests that names, owners, ids and values compare alike in every culture.</summary>
public sealed class CultureTests
{
    // In Turkish i and I are two letters.
    private const string Compare = """
        [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = [cultureinfo]'tr-TR'
        if ('i' -ieq 'I' -and [string]::Compare('i', 'I', $true) -eq 0) { 'no culture' }
        Import-Module HcsPowerShell
        Connect-HcsHost culture -Embedded -Isolation Process
        $null = New-HcsContainer MIXid -Owner OWNERi -Start
        function Require($what, $condition) { if (-not $condition) { $what } }
        Require 'name' (Get-HcsContainer -Name mIXID)
        Require 'pattern of a name' (Get-HcsContainer -Name 'mix?D')
        Require 'owner' (Get-HcsContainer -Owner owneri)
        Require 'pattern of an owner' (Get-HcsContainer -Owner 'ownerI*')
        Require 'id' (Get-HcsContainer mixID)
        Require 'pattern of an id' (Get-HcsContainer 'mixI*')
        Require 'pattern of an id that acts' (Suspend-HcsContainer 'mixI*' -PassThru)
        Require 'type and state' (Get-HcsContainer -Type CONTAINER, virtualmachine -State PAUSED)
        Require 'host' (Get-HcsContainer -HcsHost CULTURE)
        Resume-HcsContainer mixid
        $job = Wait-HcsContainer mixid -AsJob
        $job.Name = 'WAITing'
        Require 'job by name' (Get-Job 'waitI*')
        Require 'type of a document' ('{"id":"x"}' | ConvertFrom-HcsJson -As LAYER)
        Require 'member of a document' ((ConvertTo-HcsJson @{ HVPARTITION = $true }) -like '*"HvPartition":true*')
        Require 'encoding' ("$(Invoke-HcsProcess mixid 'echo x' -Encoding ASCII)" -eq 'x')
        Stop-HcsContainer MIXID -Force -Confirm:$false
        Require 'what has ended' ((Stop-HcsContainer mixid -Verbose 4>&1) -like '*already exited*')
        """;

    [Fact]
    public void Without_case_means_the_same_in_Turkish()
    {
        PwshResult result = Pwsh.Run(Compare);
        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(string.Empty, string.Concat(result.Output));
    }
}
