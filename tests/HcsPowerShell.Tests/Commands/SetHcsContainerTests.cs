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
            """Document: {"ResourceType":"Network","Settings":"***","RequestType":"Add"}""",
            Session.Run($"$c | Set-HcsContainer {AddEndpoint} -WhatIf -Verbose", ("c", Session.NewRunning())).RequireNoErrors().Verbose);

    [Fact]
    public void Settings_take_a_hashtable() =>
        Assert.Contains(
            """Document: {"ResourceType":"MappedVirtualDisk","Settings":{"HostPath":"***"},"RequestType":"Remove"}""",
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
    public void Each_container_is_changed_and_what_is_not_enforced_is_a_warning()
    {
        ScriptResult result = Session.Run(
            $"$a, $b | Set-HcsContainer {AddEndpoint} -PassThru", ("a", Session.NewRunning()), ("b", Session.NewRunning()))
            .RequireNoErrors();
        Assert.Equal(2, result.Output.Count);
        Assert.Equal(2, result.Warnings.Count);
        Assert.All(result.Warnings, w => Assert.EndsWith("does not enforce Network.", w, StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_is_seen_and_refused_a_second_time()
    {
        const string Change =
            "Set-HcsContainer $c -ResourceType MappedVirtualDisk -RequestType Add -Settings @{ HostPath = 'd'; ContainerPath = '/d' }";
        object container = Session.NewRunning();
        Session.Run(Change, ("c", container)).RequireNoErrors();
        Assert.Equal("/d", (string)Session.Single("Get-HcsMappedVirtualDisk $c").ContainerPath);
        ErrorRecord error = Session.Run(Change).RequireError("HcsInvalidArgument", ErrorCategory.InvalidArgument);
        Assert.Contains("already", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_of_schema_2_takes_a_whole_request()
    {
        object container = Session.Single("New-HcsContainer $id -SchemaVersion 2 -Start", ("id", Session.NewId()));
        ScriptResult result = Session.Run(
            "Set-HcsContainer $c -Request @{ ResourcePath = 'Container/Memory/SizeInMB'; RequestType = 'Update'; Settings = 512 }",
            ("c", container)).RequireNoErrors();
        Assert.Contains("does not enforce Container/Memory/SizeInMB.", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Session.Run($"Set-HcsContainer $c {AddEndpoint}").RequireError("HcsInvalidJson", ErrorCategory.InvalidData);
    }

    [Fact]
    public void A_bad_target_is_an_error_of_its_own()
    {
        ScriptResult result = Session.Run($"Set-HcsContainer -Id nobody, $c.Id {AddEndpoint}", ("c", Session.NewRunning()));
        Assert.Equal(
            ["HcsSystemNotFound"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Session.Run($"Set-HcsContainer $c {AddEndpoint}").RequireError("HcsInvalidArgument", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void AsJob_fails_as_the_command_does_and_another_host_is_refused()
    {
        using var other = new Session();
        object container = Session.NewRunning();
        foreach (string state in (string[])["Completed", "Failed"])
        {
            Assert.Equal(
                state, Session.Single($"(Set-HcsContainer $c {AddEndpoint} -AsJob | Wait-Job).State.ToString()", ("c", container)));
        }

        Session.Run($"Set-HcsContainer $c {AddEndpoint} -HcsHost $h", ("h", other.HostName))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
    }
}
