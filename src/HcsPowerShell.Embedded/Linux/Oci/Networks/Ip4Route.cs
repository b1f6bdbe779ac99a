namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>A route of a container.</summary>
/// <param name="Destination">Its destinations.</param>
/// <param name="NextHop">Address of the next router.</param>
/// <param name="Metric">Its metric; null leaves it to the kernel.</param>
internal sealed record Ip4Route(Ip4Prefix Destination, uint NextHop, ushort? Metric)
{
    /// <summary>The destination of a default route.</summary>
    public const string Everywhere = "0.0.0.0/0";

    public bool IsDefault => Destination.Length == 0;
}
