using System;
using System.Linq;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests members that isolation Oci accepts but Linux has no equivalent for: a warning names them once, and they do
/// nothing.
/// </summary>
[WideStage]
public sealed class OciMemberTests : IDisposable
{
    private readonly string _host = "oci-" + Guid.NewGuid().ToString("N");
    private readonly Session? _session;

    public OciMemberTests()
    {
        OciMachine.SkipUnlessPossible();
        _session = Session.WithoutHost();
        _session.Connect($"-Isolation Oci -Name {_host}");
    }

    public void Dispose()
    {
        _session?.Run($"Disconnect-HcsHost {_host}");
        _session?.Dispose();
    }

    [Theory]
    [InlineData("-IgnoreFlushesDuringBoot", "IgnoreFlushesDuringBoot")]
    [InlineData("-Credentials S3CRET", "Credentials")]
    [InlineData("-HvPartition", "HvPartition")]
    [InlineData("-HvRuntime @{ ImagePath = '/u' }", "HvRuntime")]
    [InlineData("-HvRuntime @{ SkipTemplate = $true }", "HvRuntime")]
    [InlineData("-HvRuntime @{ LinuxInitrdFile = 'i' }", "HvRuntime")]
    [InlineData("-HvRuntime @{ LinuxKernelFile = 'k' }", "HvRuntime")]
    [InlineData("-HvRuntime @{ LinuxBootParameters = 'p' }", "HvRuntime")]
    [InlineData("-HvRuntime @{ BootSource = 'Vhd' }", "HvRuntime")]
    [InlineData("-HvRuntime @{ WritableBootSource = $true }", "HvRuntime")]
    [InlineData("-Servicing", "Servicing")]
    [InlineData("-AllowUnqualifiedDNSQuery", "AllowUnqualifiedDNSQuery")]
    public void A_member_of_ContainerConfig_is_warned_of(string parameter, string member)
    {
        ScriptResult result = _session!.Run($"$c = New-HcsContainer m {parameter} -Start").RequireNoErrors();
        Assert.Equal(
            [$"Container 'm': host '{_host}' (isolation Oci) does not enforce {member}."], result.Warnings);
        Assert.Equal("lives", (string)_session.Single("Invoke-HcsProcess $c 'echo lives'"));
    }

    [Theory]
    [InlineData("-CreateInUtilityVm", "CreateInUtilityVm")]
    [InlineData("-OCISpecification @{ process = @{ cwd = '/proc' } }", "OCISpecification beyond process.capabilities")]
    public void A_member_of_ProcessConfig_is_warned_of(string parameter, string member)
    {
        _session!.Get("$c = New-HcsContainer m -Start");
        ScriptResult result = _session.Run(
            $"$p = Start-HcsProcess $c -CommandArg sh, -c, pwd {parameter} -CreateStdOutPipe; Receive-HcsProcessOutput $p -Wait")
            .RequireNoErrors();
        Assert.Equal(
            [$"The process: host '{_host}' (isolation Oci) does not enforce {member}."], result.Warnings);
        Assert.Equal(["/"], result.Output.Select(line => $"{line}"));
    }

    [Fact]
    public void What_is_enforced_is_not_warned_of()
    {
        ScriptResult result = _session!.Run(
            "New-HcsContainer m -MemoryMaximumInMB 64 -ProcessorCount 1 -HostName h -MappedDirectory '/tmp:/in:ro' "
            + "-DNSSearchList a.example -StorageSandboxSize 8MB -TerminateOnLastHandleClosed").RequireNoErrors();
        Assert.Empty(result.Warnings);
    }
}
