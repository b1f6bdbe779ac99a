using HcsPowerShell.Embedded.Isolation.Oci;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>What the tests of isolation Oci need of the machine.</summary>
internal static class OciMachine
{
    public static void SkipUnlessPossible() =>
        Assert.SkipWhen(OciRequirements.Lack() is not null, $"Needs isolation Oci: {OciRequirements.Lack()}.");
}
