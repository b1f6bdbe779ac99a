using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Isolation Oci through the commands; what it does to a container is tested below them.</summary>
public sealed partial class OciTests
{
    private const string Connect = "Connect-HcsHost -Embedded -Isolation Oci; ";

    [Theory]
    [InlineData("Process")]
    [InlineData("Oci")]
    public void The_quick_start_is_the_same_in_both_isolations(string isolation)
    {
        if (isolation == "Oci")
        {
            SkipUnlessPossible();
        }

        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of the quick start are those of Linux.");
        string script = Path.Combine(StagedModule.RepositoryRoot, "docs", "examples", "quickstart.ps1");
        (IReadOnlyList<string> output, string error) =
            ConsoleHost.Run($"Connect-HcsHost -Embedded -Isolation {isolation}; & '{script}'");
        Assert.Equal(string.Empty, error);
        Assert.Equal(["apple", "orange", "pear"], output.Where(line => line is "apple" or "orange" or "pear"));
        Assert.Contains("The worker ended with the container: exit code 143.", output);
        Assert.Contains("Containers left: 0", output);
        string warning = string.Join(' ', output.SkipWhile(line => !line.StartsWith("WARNING", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0));
        Assert.Equal(isolation == "Oci", !warning.Contains("MemoryMaximumInMB", StringComparison.Ordinal));
        Assert.Contains("IgnoreFlushesDuringBoot", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_host_says_which_isolation_it_has_and_keeps_it()
    {
        SkipUnlessPossible();
        using var session = new Session();
        dynamic host = session.Single("Connect-HcsHost -Embedded -Isolation Oci -PassThru");
        Assert.Equal("embedded-oci", (string)host.Name);
        Assert.Equal("Oci", (string)session.Single("(Get-HcsHost).Isolation"));
        Assert.Null((string?)host.IsolationLack);
        session.Run("Connect-HcsHost -Embedded -Name embedded-oci -Isolation Process")
            .RequireError("HcsHostNotFound", System.Management.Automation.ErrorCategory.ObjectNotFound);
        session.Get("Disconnect-HcsHost embedded-oci");
    }

    [Fact]
    public void A_process_the_kernel_kills_for_its_memory_says_so()
    {
        SkipUnlessPossible();
        (IReadOnlyList<string> output, _) = ConsoleHost.Run(
            Connect + "$c = New-HcsContainer web -MemoryMaximumInMB 32 -Start; "
            + "$r = Invoke-HcsProcess $c 'dd if=/dev/zero of=/dev/null bs=200M count=1' -PassThru; "
            + "\"$($r.ExitCode) $($r.IsOutOfMemory)\"");
        Assert.Contains("137 True", output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_PowerShell_that_ends_or_is_killed_leaves_no_container_behind(bool isKilled)
    {
        SkipUnlessPossible();
        using var host = new ConsoleHost(
            Connect + "$c = New-HcsContainer web -Start; Invoke-HcsProcess $c 'cat /proc/self/cgroup'; "
            + "$null = Start-HcsProcess $c 'sleep 1000'; 'ready'; " + (isKilled ? "Invoke-HcsProcess $c 'sleep 1000'" : "exit"));
        string groups = string.Empty;
        for (string? line = host.ReadLine(); line is not (null or "ready"); line = host.ReadLine())
        {
            groups += line + "\n";
        }

        string name = Host().Match(groups).Groups[1].Value;
        Assert.NotEmpty(name);
        if (isKilled)
        {
            Assert.NotEmpty(Left(name));
            host.Kill();
        }

        Poll.Until(() => Left(name).Length == 0, "nothing is left");
    }

    private static string[] Left(string name) =>
    [
        .. new[] { "/sys/fs/cgroup" }.Concat(Directory.GetDirectories("/sys/fs/cgroup"))
            .SelectMany(folder => Directory.GetDirectories(folder, $"hcs-{name}-*")),
        .. Directory.Exists("/var/lib/hcspowershell")
            ? Directory.GetFileSystemEntries("/var/lib/hcspowershell", name + "*")
            : [],
    ];

    // The module itself knows what it needs.
    private static void SkipUnlessPossible()
    {
        using Session session = Session.WithoutHost();
        ScriptResult result = session.Run("Connect-HcsHost -Embedded -Isolation Oci");
        Assert.SkipWhen(result.Errors.Count > 0, $"Needs isolation Oci: {string.Join(' ', result.Errors)}");
    }

    [GeneratedRegex("hcs-([0-9a-f]+)-")]
    private static partial Regex Host();
}
