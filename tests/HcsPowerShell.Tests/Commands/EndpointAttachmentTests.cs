using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests Connect-HcsEndpoint and Disconnect-HcsEndpoint under both schemas.</summary>
public sealed class EndpointAttachmentTests : NetworkTests
{
    private const int AlreadyAttached = unchecked((int)0x803B0014);

    private readonly Guid _web;
    private readonly string _id;

    public EndpointAttachmentTests(Session session)
        : base(session)
    {
        Networks.Put("Network", """{"Name":"nat"}""");
        _web = Networks.Put("Endpoint", """{"Name":"web","Owner":"HcsPowerShell"}""");
        _id = session.NewRunning().Id;
    }

    private string[] OfContainers => [.. Networks.Changes.Where(call => call.StartsWith("ModifyContainer", StringComparison.Ordinal))];

    [Theory]
    [InlineData("Connect-HcsEndpoint web $id")]
    [InlineData("Connect-HcsEndpoint -Name web -Container $id")]
    [InlineData("Get-HcsEndpoint web | Connect-HcsEndpoint -Container $id")]
    [InlineData("Get-HcsContainer $id -HcsHost $h | Connect-HcsEndpoint web")]
    [InlineData("Connect-HcsEndpoint (Get-HcsEndpoint web) (Get-HcsContainer $id -HcsHost $h)")]
    [InlineData("$id | Connect-HcsEndpoint web")]
    public void A_container_of_schema_1_is_asked_itself(string command)
    {
        Session.Get(command, ("id", _id), ("h", Host));
        Assert.Equal(
            $$"""ModifyContainer {{_id}} {"ResourceType":"Network","Settings":"{{_web.ToString().ToUpperInvariant()}}","RequestType":"Add"}""",
            Assert.Single(OfContainers));
        Assert.Equal(_id, Session.Single("(Get-HcsEndpoint web).Containers[0]"));
    }

    [Fact]
    public void What_is_attached_already_is_not_attached_again()
    {
        Session.Get("Connect-HcsEndpoint web $id; Connect-HcsEndpoint web $id", ("id", _id));
        Assert.Single(OfContainers);
    }

    [Fact]
    public void The_answer_that_it_is_attached_already_is_a_success_when_it_is_the_same()
    {
        Networks.Refusal = call =>
        {
            if (!call.StartsWith("ModifyContainer", StringComparison.Ordinal))
            {
                return null;
            }

            Networks.Endpoint(_web.ToString())["Health"] =
                System.Text.Json.Nodes.JsonNode.Parse($$$"""{"Extra":{"SharedContainers":["{{{_id}}}"]}}""");
            return AlreadyAttached;
        };
        Assert.Equal("web", Session.Single("(Connect-HcsEndpoint web $id -PassThru).Name", ("id", _id)));
    }

    [Fact]
    public void An_endpoint_of_another_container_is_not_attached()
    {
        Networks.Endpoint(_web.ToString())["Health"] =
            System.Text.Json.Nodes.JsonNode.Parse("""{"Extra":{"SharedContainers":["other"]}}""");
        Networks.Refusal = call => call.StartsWith("ModifyContainer", StringComparison.Ordinal) ? AlreadyAttached : null;
        ErrorRecord error = Session.Run("Connect-HcsEndpoint web $id", ("id", _id))
            .RequireError("HcsEndpointAlreadyAttached", ErrorCategory.ResourceBusy);
        Assert.Contains("It is attached to container 'other'.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_in_a_namespace_gets_the_endpoint_by_it()
    {
        Guid space = Networks.Put("Namespace", $$$"""{"Resources":[{"Type":"Container","Data":{"Id":"{{{_id}}}"}}]}""");
        Session.Get("Connect-HcsEndpoint web $id", ("id", _id));
        string change = Assert.Single(Networks.Changes);
        Assert.StartsWith($"ModifyAsync HostComputeNamespace {space} ", change, StringComparison.Ordinal);
        Assert.Contains($"\"EndpointId\":\"{_web.ToString().ToUpperInvariant()}\"", change, StringComparison.Ordinal);
        Assert.Equal(space, Session.Single("(Get-HcsEndpoint web).NamespaceId"));
        Session.Get("Disconnect-HcsEndpoint web $id", ("id", _id));
        Assert.Contains("\"RequestType\":\"Remove\"", Networks.Changes[^1], StringComparison.Ordinal);
        Assert.Null(Session.Single("Get-HcsEndpoint web").NamespaceId);
        Assert.Empty(OfContainers);
    }

    [Fact]
    public void A_container_of_schema_2_without_a_namespace_is_refused()
    {
        string id = Session.NewId();
        Session.Get("$null = New-HcsContainer $id -SchemaVersion 2 -HcsHost $h -Start", ("id", id), ("h", Host));
        ErrorRecord error = Session.Run("Connect-HcsEndpoint web $id", ("id", id))
            .RequireError("HcsNoNetworkNamespace", ErrorCategory.ObjectNotFound);
        Assert.Contains($"Container '{id}' has schema 2", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Networks.Changes);
        Session.Get("Stop-HcsContainer $id -HcsHost $h -Force");
    }

    [Theory]
    [InlineData("Disconnect-HcsEndpoint web")]
    [InlineData("Disconnect-HcsEndpoint web $id")]
    [InlineData("Get-HcsContainer $id -HcsHost $h | Disconnect-HcsEndpoint web")]
    [InlineData("Get-HcsEndpoint web | Disconnect-HcsEndpoint")]
    public void An_endpoint_is_detached(string command)
    {
        Session.Get("Connect-HcsEndpoint web $id", ("id", _id), ("h", Host));
        Session.Get(command);
        Assert.Contains("\"RequestType\":\"Remove\"", OfContainers[^1], StringComparison.Ordinal);
        Assert.Empty((string[])Session.Single("Get-HcsEndpoint web").Containers);
    }

    [Fact]
    public void A_container_that_is_gone_needs_no_detaching()
    {
        Networks.Endpoint(_web.ToString())["Health"] =
            System.Text.Json.Nodes.JsonNode.Parse("""{"Extra":{"SharedContainers":["gone"]}}""");
        ScriptResult result = Session.Run("Disconnect-HcsEndpoint web -Verbose").RequireNoErrors();
        Assert.Contains(result.Verbose, line => line.Contains("needs no detaching", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Connect-HcsEndpoint nowhere $id", "HcsEndpointNotFound")]
    [InlineData("Connect-HcsEndpoint web nowhere", "HcsSystemNotFound")]
    [InlineData("Disconnect-HcsEndpoint nowhere", "HcsEndpointNotFound")]
    public void What_is_not_there_is_an_error(string command, string error)
    {
        Session.Run(command, ("id", _id)).RequireError(error, ErrorCategory.ObjectNotFound);
        Assert.DoesNotContain(Networks.Changes, call => !call.StartsWith("ModifyContainer", StringComparison.Ordinal));
    }

    [Fact]
    public void A_container_of_another_host_is_refused()
    {
        Session.Run("Connect-HcsEndpoint web (Get-HcsContainer $id)", ("id", _id))
            .RequireError("HcsHostMismatch", ErrorCategory.InvalidArgument);
        Assert.Empty(Networks.Changes);
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Session.Get("Connect-HcsEndpoint web $id -WhatIf; Disconnect-HcsEndpoint web $id -WhatIf", ("id", _id));
        Assert.Empty(Networks.Changes);
    }
}
