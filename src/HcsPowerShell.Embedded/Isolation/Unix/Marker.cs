namespace HcsPowerShell.Embedded.Isolation.Unix;

/// <summary>The environment variable that says whose a process is, inherited by what it starts.</summary>
internal static class Marker
{
    public const string Variable = "HCS_CONTAINER";

    /// <summary>What the markers of all sandboxes of an isolation begin with, as in an environment block.</summary>
    public static string Prefix(string isolation) => $"{Variable}={isolation}-";
}
