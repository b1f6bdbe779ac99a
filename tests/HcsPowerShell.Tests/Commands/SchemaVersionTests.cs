using System;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>
/// Tests New-HcsContainer -SchemaVersion with -WhatIf, which shows the document to send, on any host.
/// </summary>
public sealed class SchemaVersionTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("2", "\"SchemaVersion\":{\"Major\":2,\"Minor\":1}")]
    [InlineData("2.4", "\"SchemaVersion\":{\"Major\":2,\"Minor\":4}")]
    [InlineData("1", "\"SystemType\":\"Container\",\"Name\":\"c1\"")]
    public void The_document_is_of_the_schema_that_was_asked_for(string version, string expected)
    {
        ScriptResult result = _session.Run(
            $"New-HcsContainer c1 -MemoryMaximumInMB 512 -SchemaVersion {version} -WhatIf -Verbose").RequireNoErrors();
        Assert.Contains(result.Verbose, line => line.Contains(expected, StringComparison.Ordinal));
        Assert.Empty(_session.Get("Get-HcsContainer"));
    }

    [Fact]
    public void A_member_without_counterpart_is_refused_by_name()
    {
        ErrorRecord error = _session.Run("New-HcsContainer c1 -LayerFolderPath C:\\layers\\c1 -SchemaVersion 2")
            .RequireError("HcsMemberHasNoCounterpart", ErrorCategory.InvalidArgument);
        Assert.Contains("LayerFolderPath", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_session.Get("Get-HcsContainer"));
    }

    [Fact]
    public void A_whole_schema_2_document_is_known_by_its_schema_and_sent_as_it_is()
    {
        const string Document =
            """{"SchemaVersion":{"Major":2,"Minor":1},"Container":{"GuestOs":{"HostName":"h"},"HvSocket":{"Config":{}}}}""";
        ScriptResult result = _session.Run("New-HcsContainer -Configuration $document -Id c2 -WhatIf -Verbose", ("document", Document))
            .RequireNoErrors();
        Assert.Contains(result.Verbose, line => line.Contains("\"HvSocket\":{\"Config\":{}}", StringComparison.Ordinal)
            && line.Contains("\"Owner\":\"HcsPowerShell\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Additional_JSON_merges_into_the_document_that_is_sent()
    {
        ScriptResult result = _session.Run(
            "New-HcsContainer c3 -SchemaVersion 2 -AdditionalJson '{\"Container\":{\"Memory\":{\"SizeInMB\":77}}}' -WhatIf -Verbose")
            .RequireNoErrors();
        Assert.Contains(result.Verbose, line => line.Contains("\"Memory\":{\"SizeInMB\":77}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("New-HcsContainer c1 -SchemaVersion 2 -MemoryMaximumInMB 512 -HostName h -Start")]
    [InlineData("New-HcsContainer @{ SchemaVersion = @{ Major = 2; Minor = 1 }; Container = @{ GuestOs = @{ HostName = 'h' }; Memory = @{ SizeInMB = 512 } } } -Id c1 -Start")]
    public void The_embedded_host_takes_schema_2_and_names_what_it_does_not_enforce(string command)
    {
        ScriptResult result = _session.Run(command).RequireNoErrors();
        Assert.EndsWith(
            "does not enforce Container.GuestOs.HostName, Container.Memory.SizeInMB.",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
        Assert.Equal("out", (string)_session.Single("Invoke-HcsProcess c1 'echo out'"));
    }

    [Fact]
    public void The_embedded_host_has_no_virtual_machines()
    {
        ErrorRecord error = _session.Run(
            "New-HcsContainer @{ SchemaVersion = @{ Major = 2; Minor = 1 }; VirtualMachine = @{ } } -Id vm")
            .RequireError("HcsNotSupported", ErrorCategory.NotImplemented);
        Assert.Contains("VirtualMachine", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("two")]
    [InlineData("2.1.1")]
    public void What_is_no_schema_version_is_refused(string version) =>
        _session.Run($"New-HcsContainer c1 -SchemaVersion {version}")
            .RequireError("ParameterArgumentTransformationError", ErrorCategory.InvalidData);
}
