using System;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Layers on Linux need no completion, so the test gives the layers that do.</summary>
public sealed class InitializeHcsLayerTests : LayerTests
{
    private readonly object _host;
    private readonly GivenLayers _layers;

    public InitializeHcsLayerTests(OciSession oci)
        : base(oci)
    {
        (_host, _layers) = ServiceProxy.HostOf<GivenLayers>(Session);
        _layers.Properties["Kind"] = "Base";
    }

    [Theory]
    [InlineData("Initialize-HcsLayer base -HcsHost $h")]
    [InlineData("Initialize-HcsLayer -LiteralPath base -HcsHost $h")]
    [InlineData("Initialize-HcsLayer ba* -HcsHost $h")]
    [InlineData("Get-Item base | Initialize-HcsLayer -HcsHost $h")]
    [InlineData("Get-HcsLayer base -HcsHost $h | Initialize-HcsLayer")]
    [InlineData("Initialize-HcsLayer (Get-HcsLayer base -HcsHost $h)")]
    [InlineData("Receive-Job -Wait -AutoRemoveJob (Initialize-HcsLayer base -AsJob -HcsHost $h)")]
    public void It_completes_what_was_named_and_says_nothing(string command)
    {
        Assert.Empty(Session.Get(command, ("h", _host)));
        Assert.Equal(["InitializeAsync " + At("base")], _layers.Changes);
    }

    [Fact]
    public void PassThru_tells_the_layer()
    {
        dynamic layer = Session.Single("Initialize-HcsLayer base -PassThru -HcsHost $h", ("h", _host));
        Assert.Equal(At("base"), (string)layer.Path);
        Assert.Equal("Base", layer.Kind.ToString());
    }

    [Fact]
    public void WhatIf_completes_nothing()
    {
        Session.Get("Initialize-HcsLayer base -WhatIf -PassThru -HcsHost $h", ("h", _host));
        Session.Run("Initialize-HcsLayer base -Confirm -HcsHost $h")
            .RequireError("HcsConfirmationRequired", ErrorCategory.OperationStopped);
        Assert.Empty(_layers.Changes);
    }

    [Fact]
    public void One_bad_path_is_one_error_and_the_rest_are_completed()
    {
        _layers.Problem =
            (method, path) => method == "InitializeAsync" && path == At("two") ? "AlreadyInitialized" : null;
        ErrorRecord error = RequireRefusal(
            "'one', 'two', 'three' | Initialize-HcsLayer -HcsHost $h",
            "HcsLayerAlreadyInitialized",
            ErrorCategory.InvalidOperation,
            At("two"),
            ("h", _host));
        Assert.StartsWith($"Cannot initialize layer '{At("two")}': ", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["InitializeAsync " + At("one"), "InitializeAsync " + At("three")], _layers.Changes);
    }

    [Fact]
    public void A_layer_on_Linux_is_complete_already_and_a_scratch_is_none()
    {
        Session.Get("$null = New-HcsLayer app base");
        ErrorRecord error = RequireRefusal(
            "Initialize-HcsLayer base", "HcsLayerAlreadyInitialized", ErrorCategory.InvalidOperation, At("base"));
        Assert.Equal("Use it as it is.", error.ErrorDetails.RecommendedAction);
        RequireRefusal("Initialize-HcsLayer app", "HcsNotALayer", ErrorCategory.InvalidType, At("app"));
        RequireRefusal("Initialize-HcsLayer nowhere", "HcsLayerNotFound", ErrorCategory.ObjectNotFound, At("nowhere"));
    }
}
