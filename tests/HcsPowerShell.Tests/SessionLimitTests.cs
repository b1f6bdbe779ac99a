using System;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests a session without a free descriptor: it reports the error, loses no container, and goes on afterwards.
/// </summary>
public sealed class SessionLimitTests
{
    // The first use of a feature loads files, which needs a descriptor. The script therefore uses every feature before.
    private const string Script = """
        function Attempt($program, $id) {
            $failed = @()
            $null = Invoke-HcsProcess limits $program -ErrorAction SilentlyContinue -ErrorVariable +failed
            $null = Get-HcsProcess limits -ErrorAction SilentlyContinue -ErrorVariable +failed
            CREATE
            $failed | ForEach-Object { "$($_.FullyQualifiedErrorId.Split(',')[0]) $($_.ErrorDetails.Message -match 'ulimit -n')" }
        }
        $null = Connect-HcsHost limits -Embedded -Isolation ISOLATION
        $c = New-HcsContainer limits -Start
        $null = Attempt /no/such limits
        Invoke-HcsProcess limits 'echo before'
        $open = [Collections.Generic.List[IO.Stream]]::new()
        try { while ($true) { $open.Add([IO.File]::OpenRead('/dev/null')) } } catch { }
        $told = Attempt true more
        foreach ($file in $open) { $file.Dispose() }
        $told
        Invoke-HcsProcess limits 'echo after'
        Disconnect-HcsHost limits -Confirm:$false
        """;

    [Theory]
    [InlineData("Process")]
    [InlineData("Oci")]
    public void Without_descriptors(string isolation)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs Linux.");
        if (isolation == "Oci")
        {
            OciMachine.SkipUnlessPossible();
        }

        string create = isolation == "Oci"
            ? "$null = New-HcsContainer $id -ErrorAction SilentlyContinue -ErrorVariable +failed"
            : string.Empty;
        PwshResult result = Pwsh.Run(new PwshStart(
            "-Command",
            Script.Replace("ISOLATION", isolation, StringComparison.Ordinal).Replace("CREATE", create, StringComparison.Ordinal))
        {
            Launcher = ["/bin/sh", "-c", "ulimit -n 300; exec \"$@\"", "sh"],
        });
        string[] lines = [.. result.Output.Where(line => line.Length > 0)];
        Assert.True(lines is ["before", "HcsLimitReached True", .., "after"], result.All);
        Assert.All(lines[1..^1], line => Assert.Equal("HcsLimitReached True", line));
    }
}
