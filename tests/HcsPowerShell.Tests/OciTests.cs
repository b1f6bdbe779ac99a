using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests isolation Oci through the commands; lower-level tests cover its effect on a container.</summary>
[WideStage]
public sealed partial class OciTests
{
    private const string Connect = "Connect-HcsHost -Embedded -Isolation Oci; ";

    // A container does not see its name outside, but the process that made the container holds the lock of its host.
    private const string WriteHost = "(Get-ChildItem /proc/$PID/fd).LinkTarget -like '*/hcspowershell/*.lock'; ";

    [Theory]
    [InlineData("Process")]
    [InlineData("Oci")]
    public void The_quick_start_is_the_same_in_both_isolations(string isolation)
    {
        if (isolation == "Oci")
        {
            OciMachine.SkipUnlessPossible();
        }

        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of the quick start are those of Linux.");
        string script = Path.Combine(StagedModule.RepositoryRoot, "docs", "examples", "quickstart.ps1");
        (IReadOnlyList<string> output, string error) =
            Pwsh.Run($"Connect-HcsHost -Embedded -Isolation {isolation}; & '{script}'");
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
        OciMachine.SkipUnlessPossible();
        using var session = new Session();
        dynamic host = session.Connect("-Isolation Oci");
        Assert.Equal("embedded-oci", (string)host.Name);
        Assert.Equal("Oci", (string)session.Single("(Get-HcsHost).Isolation"));
        Assert.Null((string?)host.IsolationLack);
        session.Run("Connect-HcsHost -Embedded -Name embedded-oci -Isolation Process")
            .RequireError("HcsHostNotFound", ErrorCategory.ObjectNotFound);
        session.Get("Disconnect-HcsHost embedded-oci");
    }

    [Fact]
    public void A_process_that_has_started_is_listed_with_its_own_image()
    {
        OciMachine.SkipUnlessPossible();
        (IReadOnlyList<string> output, string error) = Pwsh.Run(
            Connect + "$c = New-HcsContainer web -Start; "
            + "foreach ($i in 1..40) { $p = Start-HcsProcess $c 'sleep 100'; "
            + "(Get-HcsProcess $c | Where-Object ProcessId -eq $p.ProcessId).ImageName; Stop-HcsProcess $p }");
        Assert.Equal(string.Empty, error);
        Assert.Equal(Enumerable.Repeat("sleep", 40), output.Where(line => !line.StartsWith("WARNING", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_process_the_kernel_kills_for_its_memory_says_so()
    {
        OciMachine.SkipUnlessPossible();
        (IReadOnlyList<string> output, string error) = Pwsh.Run(
            Connect + "$c = New-HcsContainer web -MemoryMaximumInMB 32 -Start; "
            + "$r = Invoke-HcsProcess $c 'dd if=/dev/zero of=/dev/null bs=200M count=1' -PassThru; "
            + "\"$($r.ExitCode) $($r.IsOutOfMemory)\"");
        Assert.True(output.Contains("137 True"), error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_PowerShell_that_ends_or_is_killed_leaves_no_container_behind(bool isKilled)
    {
        OciMachine.SkipUnlessPossible();
        using var host = new Pwsh(
            Connect + "$c = New-HcsContainer web -Start; " + WriteHost
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

    [Fact]
    public void Two_PowerShells_side_by_side_have_containers_of_the_same_id()
    {
        OciMachine.SkipUnlessPossible();
        using Pwsh one = Begin("one");
        using Pwsh other = Begin("other");
        string[] names = [ReadName(one, "one"), ReadName(other, "other")];
        one.Kill();
        Poll.Until(() => Left(names[0]).Length == 0, "nothing is left of the one");
        Assert.Contains(
            Left(names[1]).Where(Directory.Exists).Select(folder => Path.Combine(folder, "cgroup.procs")).Where(File.Exists),
            file => File.ReadAllLines(file).Length > 1);
        other.Kill();
        Poll.Until(() => Left(names[1]).Length == 0, "nothing is left of the other");

        static Pwsh Begin(string hostName) => new(
            Connect + $"$c = New-HcsContainer web -HostName {hostName} -Start; $null = Start-HcsProcess $c 'sleep 1000'; "
            + "Invoke-HcsProcess $c 'cat /proc/sys/kernel/hostname'; " + WriteHost + "'ready'; Invoke-HcsProcess $c 'sleep 1000'");

        static string ReadName(Pwsh host, string hostName)
        {
            Assert.Equal(hostName, host.ReadLine());
            string groups = string.Empty;
            for (string? line = host.ReadLine(); line is not (null or "ready"); line = host.ReadLine())
            {
                groups += line + "\n";
            }

            return Host().Match(groups).Groups[1].Value;
        }
    }

    [Fact]
    public void Running_out_of_time_is_an_error_that_ends_nothing()
    {
        OciMachine.SkipUnlessPossible();
        string name = "oci-" + Guid.NewGuid().ToString("N");
        using Session session = Session.WithoutHost();
        session.Connect($"-Isolation Oci -Name {name}");
        try
        {
            session.Get("$c = New-HcsContainer -Start; $p = Start-HcsProcess $c 'sleep 1000'");
            session.Run("Wait-HcsContainer $c -TimeoutSec 0").RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
            session.Run("Wait-HcsProcess $p -TimeoutSec 0").RequireError("HcsOperationTimeout", ErrorCategory.OperationTimeout);
            Assert.Equal("sleep", (string)session.Single("(Get-HcsProcess $c).ImageName"));
            Assert.Equal("Running", (string)session.Single("(Get-HcsContainer).State"));
        }
        finally
        {
            session.Get($"Disconnect-HcsHost {name}");
        }
    }

    private static string[] Left(string name) =>
    [
        .. new[] { "/sys/fs/cgroup" }.Concat(Directory.GetDirectories("/sys/fs/cgroup"))
            .SelectMany(folder => Directory.GetDirectories(folder, $"hcs-{name}-*")),
        .. Directory.Exists("/var/lib/hcspowershell")
            ? Directory.GetFileSystemEntries("/var/lib/hcspowershell", name + "*")
            : [],
    ];

    [GeneratedRegex("/hcspowershell/([0-9a-f]+)[.]lock")]
    private static partial Regex Host();
}
