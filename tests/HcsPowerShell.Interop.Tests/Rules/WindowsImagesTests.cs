using System;
using HcsPowerShell.Interop.Documents.Rules;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Rules;

/// <summary>Tests at each edge which image of Windows runs on which Windows.</summary>
public sealed class WindowsImagesTests
{
    /// <param name="host">The host.</param>
    /// <param name="image">The image.</param>
    /// <param name="isProcess">True when it runs without Hyper-V isolation.</param>
    /// <param name="isHyperV">True when it runs under Hyper-V isolation.</param>
    [Theory]
    [InlineData("10.0.14393", "10.0.14393", true, true)]
    [InlineData("10.0.17763", "10.0.17763", true, true)]
    [InlineData("10.0.17763", "10.0.17762", false, true)]
    [InlineData("10.0.17763", "10.0.17764", false, false)]
    [InlineData("10.0.17763", "10.0.20348", false, false)]
    [InlineData("10.0.19045", "10.0.19041", false, true)]
    [InlineData("10.0.20347", "10.0.20346", false, true)]
    [InlineData("10.0.20347", "10.0.20347", true, true)]
    [InlineData("10.0.20347", "10.0.20348", false, false)]
    [InlineData("10.0.20348", "10.0.17763", false, true)]
    [InlineData("10.0.20348", "10.0.20347", false, true)]
    [InlineData("10.0.20348", "10.0.20348", true, true)]
    [InlineData("10.0.20348", "10.0.20349", false, false)]
    [InlineData("10.0.20348", "10.0.25398", false, false)]
    [InlineData("10.0.25398", "10.0.20347", false, true)]
    [InlineData("10.0.25398", "10.0.20348", true, true)]
    [InlineData("10.0.25398", "10.0.25398", true, true)]
    [InlineData("10.0.25398", "10.0.26100", false, false)]
    [InlineData("10.0.26100", "10.0.20347", false, true)]
    [InlineData("10.0.26100", "10.0.20348", true, true)]
    [InlineData("10.0.26100", "10.0.25398", true, true)]
    [InlineData("10.0.26100", "10.0.26100", true, true)]
    [InlineData("10.0.26100", "10.0.26200", false, false)]
    [InlineData("10.0.26200", "10.0.17763", false, true)]
    [InlineData("10.0.26200", "10.0.20348", true, true)]
    [InlineData("10.0.26200", "10.0.26100", true, true)]
    [InlineData("10.0.26200", "10.0.26200", true, true)]
    [InlineData("10.0.20348.1", "10.0.20348.9999", true, true)]
    [InlineData("10.0.17763.9999", "10.0.17763.1", true, true)]
    [InlineData("10.0.20348", "6.3.20348", false, false)]
    [InlineData("10.0.20348", "10.1.20348", false, false)]
    [InlineData("10.0.20348", "6.3.9600", false, false)]
    [InlineData("10.0.20348", "10.0", true, true)]
    [InlineData("10.0.20348", null, true, true)]
    public void An_image_runs_by_its_build(string host, string? image, bool isProcess, bool isHyperV)
    {
        Version? version = image is null ? null : Version.Parse(image);
        WindowsImages process = new(Version.Parse(host), IsHyperV: false);
        WindowsImages hyperV = process with { IsHyperV = true };
        Assert.Equal((isProcess, isHyperV), (process.Take(version), hyperV.Take(version)));
        Assert.Equal(isHyperV && !isProcess, process.NeedHyperV(version));
        Assert.False(hyperV.NeedHyperV(version));
    }

    [Theory]
    [InlineData("10.0.17763", "build 17763", "builds up to 17763")]
    [InlineData("10.0.20348", "build 20348", "builds up to 20348")]
    [InlineData("10.0.26100", "builds 20348 to 26100", "builds up to 26100")]
    public void The_builds_are_named(string host, string process, string hyperV)
    {
        WindowsImages images = new(Version.Parse(host), IsHyperV: false);
        Assert.Equal((process, hyperV), (images.Builds, (images with { IsHyperV = true }).Builds));
    }
}
