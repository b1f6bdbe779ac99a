using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class SetHcsContainerTests(Session session) : SessionTests(session)
{
    private const string AddEndpoint = "-ResourceType Network -RequestType Add -Settings 'e-1'";

    [Fact]
    public void The_request_of_schema_1_is_written_as_hcsshim_writes_it() =>
        Assert.Contains(
            """Document: {"ResourceType":"Network","Settings":"e-1","RequestType":"Add"}""",
            Session.Run($"$c | Set-HcsContainer {AddEndpoint} -WhatIf -Verbose", ("c", Session.NewRunning())).RequireNoErrors().Verbose);

    [Fact]
    public void Settings_take_a_hashtable() =>
        Assert.Contains(
            """Document: {"ResourceType":"MappedVirtualDisk","Settings":{"HostPath":"d.vhdx"},"RequestType":"Remove"}""",
            Session.Run(
                "Set-HcsContainer $c -ResourceType MappedVirtualDisk -RequestType Remove -Settings @{ HostPath = 'd.vhdx' } -WhatIf -Verbose",
                ("c", Session.NewRunning())).RequireNoErrors().Verbose);

    [Theory]
    [InlineData("""'{"ResourcePath":"Container/Memory/SizeInMB","RequestType":"Update","Settings":512}'""")]
    [InlineData("@{ Settings = 512; RequestType = 'Update'; ResourcePath = 'Container/Memory/SizeInMB' }")]
    public void A_whole_request_of_schema_2_is_sent(string request) =>
        Assert.Contains(
            """Document: {"ResourcePath":"Container/Memory/SizeInMB","RequestType":"Update","Settings":512}""",
            Session.Run($"Set-HcsContainer $c -Request {request} -WhatIf -Verbose", ("c", Session.NewRunning())).RequireNoErrors().Verbose);

    [Theory]
    [InlineData("", "ResourceType")]
    [InlineData("-ResourceType Network -Settings x", "RequestType")]
    [InlineData("-ResourceType Network -RequestType Add", "Settings")]
    [InlineData("-Request '{'", "not valid JSON")]
    [InlineData("-Request @{ Settings = 1 }", "ResourcePath")]
    [InlineData("-Request @{ ResourcePth = 'x' }", "ResourcePth")]
    [InlineData("-ResourceType Network -Request @{ ResourcePath = 'x' }", "do not go with it")]
    public void A_request_that_is_not_whole_is_refused_by_name(string arguments, string named)
    {
        ErrorRecord error = Session.Run("Set-HcsContainer $c " + arguments, ("c", Session.NewRunning()))
            .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_embedded_host_refuses_each_container()
    {
        ScriptResult result = Session.Run(
            $"$a, $b | Set-HcsContainer {AddEndpoint} -PassThru", ("a", Session.NewRunning()), ("b", Session.NewRunning()));
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, e => Assert.Equal("HcsNotSupported", e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_bad_target_is_an_error_of_its_own()
    {
        ScriptResult result = Session.Run($"Set-HcsContainer -Id nobody, $c.Id {AddEndpoint}", ("c", Session.NewRunning()));
        Assert.Equal(
            ["HcsSystemNotFound", "HcsNotSupported"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void AsJob_fails_as_the_command_does_and_another_host_is_refused()
    {
        using var other = new Session();
        object container = Session.NewRunning();
        Assert.Equal("Failed", Session.Single($"(Set-HcsContainer $c {AddEndpoint} -AsJob | Wait-Job).State.ToString()", ("c", container)));
        Session.Run($"Set-HcsContainer $c {AddEndpoint} -HcsHost $h", ("h", other.HostName))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
    }
}
