using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>
/// Tests that an image or a layer that does not run on the host is refused before anything is made, under -WhatIf too.
/// </summary>
public sealed class ImageFitTests : SessionTests
{
    private const string FromImage = "-Image busybox";
    private const string FromLayers = "-Layer /l/top, /l/base";

    private readonly object _host;
    private readonly GivenLayers _layers;

    public ImageFitTests(Session session)
        : base(session)
    {
        (_host, _layers) = ServiceProxy.HostOf<GivenLayers>(session);
        _layers.Properties["Kind"] = "ReadOnly";
        _layers.ImageOf["Layers"] = new[] { "/l/top", "/l/base" };
        _layers.Of["/l/top"] = [];
        _layers.Of["/l/base"] = [];
        GivenWindows.Pretend(_host, "10.0.20348");
    }

    private ScriptResult New(string parameters) =>
        Session.Run($"New-HcsContainer {parameters} -HcsHost $h -Verbose", ("h", _host));

    private string RequireRefusal(string parameters, string id, ErrorCategory category = ErrorCategory.InvalidType)
    {
        string[] messages =
        [
            .. new[] { string.Empty, " -WhatIf" }.Select(whatIf =>
            {
                ScriptResult result = New(parameters + whatIf);
                Assert.Empty(result.Output);
                Assert.DoesNotContain(result.Verbose, line => line.StartsWith("Document:", StringComparison.Ordinal));
                return result.RequireError(id, category).ToString();
            }),
        ];
        Assert.Empty(_layers.Changes);
        return Assert.Single(messages.Distinct());
    }

    private string RequireDocument(string parameters)
    {
        ScriptResult result = New(parameters + " -WhatIf").RequireNoErrors();
        return result.Verbose.Single(line => line.StartsWith("Document:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10.0.26100.1742", "", "runs build 20348 without Hyper-V isolation", "or a newer host")]
    [InlineData("10.0.17763.1", "", "runs build 20348 without Hyper-V isolation", "(-HvPartition)")]
    [InlineData("10.0.26100.1742", " -HvPartition", "runs builds up to 20348 under Hyper-V isolation", "or a newer host")]
    public void An_image_of_another_version_is_refused_with_both_builds_and_advice(
        string version, string parameter, string told, string advice)
    {
        _layers.ImageOf["OSVersion"] = Version.Parse(version);
        _layers.Of["/l/top"]["HasUtilityVM"] = true;
        string message = RequireRefusal(FromImage + parameter, "HcsImageOfOtherVersion");
        foreach (string part in new[] { "busybox:latest", version, "10.0.20348", told, advice })
        {
            Assert.Contains(part, message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("10.0.26100", "10.0.20348", "")]
    [InlineData("10.0.20348", "10.0.20348", "")]
    [InlineData("10.0.20348", "10.0.17763", " -HvPartition")]
    [InlineData("10.0.20348", null, "")]
    [InlineData(null, "10.0.17763", "")]
    public void An_image_that_fits_or_that_nobody_can_tell_is_used(string? host, string? image, string parameter)
    {
        GivenWindows.Pretend(_host, host);
        _layers.ImageOf["OSVersion"] = image is null ? null : Version.Parse(image);
        _layers.Of["/l/top"]["HasUtilityVM"] = true;
        RequireDocument(FromImage + parameter);
    }

    [Theory]
    [InlineData(FromImage)]
    [InlineData(FromLayers)]
    public void The_layers_tell_what_the_configuration_of_the_image_does_not(string from)
    {
        _layers.Of["/l/base"]["OSVersion"] = new Version(10, 0, 17763, 1);
        Assert.Contains("'/l/base'", RequireRefusal(from, "HcsLayerOfOtherVersion"), StringComparison.Ordinal);
        _layers.Of["/l/top"]["OSVersion"] = new Version(10, 0, 20348, 1);
        RequireDocument(from);
    }

    [Fact]
    public void The_configuration_of_a_stored_image_tells_for_its_newest_layer_only()
    {
        _layers.Of["/l/top"]["OSVersion"] = new Version(10, 0, 20348, 1);
        _layers.Of["/l/base"]["OSVersion"] = new Version(10, 0, 20348, 1);
        _layers.ImageOf["OSVersion"] = new Version(10, 0, 17763, 1);
        Assert.Contains("10.0.17763.1", RequireRefusal(FromLayers, "HcsLayerOfOtherVersion"), StringComparison.Ordinal);
        RequireDocument("-Layer /l/base");
        Assert.Equal(
            ["10.0.17763.1", "10.0.20348.1"],
            Session.Get("(Get-HcsLayer /l/top, /l/base -HcsHost $h).OSVersion", ("h", _host)).Select(version => version.ToString()));
    }

    [Fact]
    public void A_layer_tells_its_version_when_the_store_of_images_cannot_be_read()
    {
        _layers.Of["/l/top"]["OSVersion"] = new Version(10, 0, 20348, 1);
        _layers.Failure = path => path.Length == 0 ? new UnauthorizedAccessException("closed") : null;
        Assert.Equal(
            new Version(10, 0, 20348, 1), (Version)Session.Single("Get-HcsLayer /l/top -HcsHost $h", ("h", _host)).OSVersion);
    }

    [Theory]
    [InlineData("windows", "linux", "")]
    [InlineData("linux", "windows", "")]
    [InlineData("linux", "windows", " -HvPartition")]
    public void An_image_of_another_system_is_refused(string host, string image, string parameter)
    {
        GivenWindows.Pretend(_host, host == "windows" ? "10.0.20348" : null, host);
        _layers.ImageOf["OS"] = image;
        string message = RequireRefusal(FromImage + parameter, "HcsImageOfOtherPlatform");
        Assert.Contains($"is for {image}; host '{Session.HostName}' runs images for {host}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_of_Linux_runs_in_a_virtual_machine_on_Windows()
    {
        _layers.ImageOf["OS"] = "linux";
        RequireDocument(FromImage + " -HvPartition -ContainerType Linux -HvRuntime @{ ImagePath = '/kernel' }");
    }

    [Theory]
    [InlineData(false, true, "/l/base/UtilityVM")]
    [InlineData(true, true, "/l/top/UtilityVM")]
    [InlineData(true, false, "/l/top/UtilityVM")]
    public void The_newest_utility_virtual_machine_is_used(bool hasTop, bool hasBase, string path)
    {
        _layers.Of["/l/top"]["HasUtilityVM"] = hasTop;
        _layers.Of["/l/base"]["HasUtilityVM"] = hasBase;
        foreach (string from in new[] { FromImage, FromLayers })
        {
            Assert.Contains($"\"ImagePath\":\"{path}\"", RequireDocument(from + " -HvPartition"), StringComparison.Ordinal);
            Assert.DoesNotContain("ImagePath", RequireDocument(from), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Hyper_V_isolation_without_a_utility_virtual_machine_is_refused()
    {
        foreach (string from in new[] { FromImage, FromLayers })
        {
            string message = RequireRefusal(from + " -HvPartition", "HcsNoUtilityVM", ErrorCategory.ObjectNotFound);
            Assert.Contains("'/l/top'", message, StringComparison.Ordinal);
            RequireDocument(from + " -HvPartition -HvRuntime @{ ImagePath = '/utility' }");
        }
    }

    [Fact]
    public void A_host_of_Linux_needs_no_utility_virtual_machine()
    {
        GivenWindows.Pretend(_host, null, "linux");
        Assert.DoesNotContain("ImagePath", RequireDocument(FromLayers + " -HvPartition"), StringComparison.Ordinal);
    }
}
