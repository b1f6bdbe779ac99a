using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Whether this machine has what isolation Oci needs.</summary>
internal static class OciMachine
{
    // The module itself knows what it needs.
    public static void SkipUnlessPossible()
    {
        using Session session = Session.WithoutHost();
        ScriptResult result = session.Run("Connect-HcsHost -Embedded -Isolation Oci");
        Assert.SkipWhen(result.Errors.Count > 0, $"Needs isolation Oci: {string.Join(' ', result.Errors)}");
    }
}
