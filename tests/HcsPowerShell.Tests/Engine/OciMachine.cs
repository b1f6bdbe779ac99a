using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Tells whether this machine has what isolation Oci needs.</summary>
internal static class OciMachine
{
    // The module itself knows its requirements.
    public static void SkipUnlessPossible()
    {
        using Session session = Session.WithoutHost();
        ScriptResult result = session.Run("Connect-HcsHost -Embedded -Isolation Oci");
        Assert.SkipWhen(result.Errors.Count > 0, $"Needs isolation Oci: {string.Join(' ', result.Errors)}");
    }
}
