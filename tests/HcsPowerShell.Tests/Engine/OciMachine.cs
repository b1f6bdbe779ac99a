using System;
using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Tells whether this machine has what isolation Oci needs.</summary>
internal static class OciMachine
{
    // The module itself knows its requirements.
    private static readonly Lazy<string?> s_lack = new(() =>
    {
        using Session session = Session.WithoutHost();
        ScriptResult result = session.Run(
            "Connect-HcsHost -Embedded -Isolation Oci -Name oci-probe -ErrorAction Stop; Disconnect-HcsHost oci-probe");
        return result.Errors.Count > 0 ? string.Join(' ', result.Errors) : null;
    });

    /// <summary>The reason why isolation Oci is not possible here; null when it is.</summary>
    public static string? Lack => s_lack.Value;

    public static void SkipUnlessPossible() => Assert.SkipWhen(Lack is not null, $"Needs isolation Oci: {Lack}");
}
