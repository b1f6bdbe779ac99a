using System;

namespace HcsPowerShell.Contract;

/// <summary>
/// A campaign: a short form in a run of all tests, the full form where the environment variable HCSPOWERSHELL_CAMPAIGN says
/// how many times as much.
/// </summary>
internal static partial class Campaign
{
    /// <summary>How many times the short form; 1 unless asked.</summary>
    public static int Factor { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("HCSPOWERSHELL_CAMPAIGN"), out int factor) && factor > 1 ? factor : 1;

    public static bool IsFull => Factor > 1;

    /// <summary>Prints what a full form has done.</summary>
    public static void Tell(string what)
    {
        if (IsFull)
        {
            Console.WriteLine("campaign: " + what);
        }
    }
}
