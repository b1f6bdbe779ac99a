using System;

namespace HcsPowerShell.Contract;

/// <summary>
/// A campaign of tests. A run of all tests uses the short form. The environment variable HCSPOWERSHELL_CAMPAIGN
/// requests the full form, as a multiple of the short form.
/// </summary>
internal static partial class Campaign
{
    /// <summary>The multiple of the short form; 1 by default.</summary>
    public static int Factor { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("HCSPOWERSHELL_CAMPAIGN"), out int factor) && factor > 1 ? factor : 1;

    public static bool IsFull => Factor > 1;

    /// <summary>Prints the result of a full form.</summary>
    public static void Tell(string what)
    {
        if (IsFull)
        {
            Console.WriteLine("campaign: " + what);
        }
    }
}
