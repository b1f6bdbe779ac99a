using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class SetHcsContainerTests(Session session) : SessionTests(session)
{
    private const string AddEndpoint = "-ResourceType Network -RequestType Add -Settings 'e-1'";
    private const string AddDisk =
        "-ResourceType MappedVirtualDisk -RequestType Add -Settings @{ HostPath = 'd'; ContainerPath = '/d' }";

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
        ScriptResult result = Session.Run($"Set-HcsContainer -Id nobody, $c.Id {AddDisk}", ("c", Session.NewRunning()));
        Assert.Equal(
            ["HcsSystemNotFound"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Session.Run($"Set-HcsContainer $c {AddDisk}").RequireError("HcsInvalidArgument", ErrorCategory.InvalidArgument);
    }

    [Fact]
    public void An_endpoint_that_the_container_has_is_added_again_without_an_error() => Session.Run(
        $"1..2 | ForEach-Object {{ Set-HcsContainer $c {AddEndpoint} }}", ("c", Session.NewRunning())).RequireNoErrors();

    [Fact]
    public void AsJob_fails_as_the_command_does_and_another_host_is_refused()
    {
        using var other = new Session();
        object container = Session.NewRunning();
        foreach (string state in (string[])["Completed", "Failed"])
        {
            Assert.Equal(
                state, Session.Single($"(Set-HcsContainer $c {AddDisk} -AsJob | Wait-Job).State.ToString()", ("c", container)));
        }

        Session.Run($"Set-HcsContainer $c {AddEndpoint} -HcsHost $h", ("h", other.HostName))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
    }

    [Theory]
    [InlineData("-MemoryMaximumInMB 64", """{"ResourcePath":"Container/Memory/SizeInMB","RequestType":"Update","Settings":64}""")]
    [InlineData("-ProcessorMaximum 5000", """{"ResourcePath":"Container/Processor","RequestType":"Update","Settings":{"Maximum":5000}}""")]
    [InlineData("-ProcessorWeight 100", """{"ResourcePath":"Container/Processor","RequestType":"Update","Settings":{"Weight":100}}""")]
    [InlineData("-MappedDirectory /tmp:/x:ro", """{"ResourcePath":"Container/MappedDirectories","RequestType":"Add","Settings":{"HostPath":"/tmp","ContainerPath":"/x","ReadOnly":true}}""")]
    [InlineData("-MappedDirectory /tmp:/x -Remove", """{"ResourcePath":"Container/MappedDirectories","RequestType":"Remove","Settings":{"HostPath":"/tmp","ContainerPath":"/x"}}""")]
    [InlineData("-MappedPipe /run/a.sock:b", """{"ResourcePath":"Container/MappedPipes","RequestType":"Add","Settings":{"ContainerPipeName":"b","HostPath":"/run/a.sock"}}""")]
    [InlineData("-EndpointId e1", """{"ResourceType":"Network","Settings":"e1","RequestType":"Add"}""")]
    [InlineData("-EndpointId e1 -Remove", """{"ResourceType":"Network","Settings":"e1","RequestType":"Remove"}""")]
    public void A_parameter_of_a_resource_is_the_request_for_it(string parameters, string request)
    {
        string schema = parameters.Contains("Endpoint", StringComparison.Ordinal) ? "1" : "2";
        dynamic container = Session.Single($"New-HcsContainer -SchemaVersion {schema} 3>$null");
        ScriptResult result = Session.Run($"Set-HcsContainer $c {parameters} -WhatIf -Verbose", ("c", (object)container));
        Assert.Equal($"Document: {Masked(request)}", result.RequireNoErrors() is { } ? Assert.Single(result.Verbose) : null);

        static string Masked(string text) => text.Replace("\"e1\"", "\"***\"", StringComparison.Ordinal)
            .Replace("\"/tmp\"", "\"***\"", StringComparison.Ordinal).Replace("\"/x\"", "\"***\"", StringComparison.Ordinal)
            .Replace("\"b\"", "\"***\"", StringComparison.Ordinal).Replace("\"/run/a.sock\"", "\"***\"", StringComparison.Ordinal);
    }

    [Fact]
    public void Resources_are_changed_one_after_the_other()
    {
        Session.Get("$c = New-HcsContainer -SchemaVersion 2 -Start 3>$null");
        Session.Get("Set-HcsContainer $c -MappedDirectory /tmp:/x, /usr:/y:ro -ProcessorWeight 100 3>$null");
        Session.Run("Set-HcsContainer $c -MappedDirectory /usr:/y 3>$null").RequireError("HcsInvalidArgument", ErrorCategory.InvalidArgument);
        Session.Get("Set-HcsContainer $c -MappedDirectory /tmp:/x, /usr:/y -Remove 3>$null");
        Session.Run("Set-HcsContainer $c -MappedDirectory /usr:/y -Remove 3>$null").RequireError("HcsElementNotFound", ErrorCategory.ObjectNotFound);
    }

    [Theory]
    [InlineData("1", "-MemoryMaximumInMB 64", "Container/Memory/SizeInMB: a container of schema 1 cannot change it; create the container with -SchemaVersion 2")]
    [InlineData("2", "-EndpointId e", "Network: a container of schema 2 cannot change it; create the container with -SchemaVersion 1")]
    [InlineData("2", "-Remove", "Remove: it removes what")]
    [InlineData("2", "-MemoryMaximumInMB 64 -Remove", "Remove: it removes what")]
    [InlineData("2", "-MemoryMaximumInMB 64 -Request @{ ResourcePath = 'x' }", "Request: a whole request does not go with")]
    [InlineData("1", "-EndpointId e -ResourceType Network -RequestType Add -Settings x", "ResourceType: a whole request does not go with")]
    [InlineData("2", "-ProcessorMaximum 1 -ProcessorWeight 1", "Processor")]
    [InlineData("2", "-MappedDirectory @{ HostPath = '/a' }", "MappedDirectories[0].ContainerPath")]
    public void What_does_not_go_together_is_refused_by_name(string schema, string parameters, string reason)
    {
        dynamic container = Session.Single($"New-HcsContainer -SchemaVersion {schema} -Start 3>$null");
        ScriptResult result = Session.Run($"Set-HcsContainer $c {parameters} 3>$null", ("c", (object)container));
        Assert.Contains(reason, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }
}
