namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>The types of networks that there are on Linux.</summary>
internal enum NetworkType
{
    /// <summary>The endpoints reach the host and, with its address, all others.</summary>
    NAT,

    /// <summary>The endpoints reach the host and each other.</summary>
    Internal,

    /// <summary>The endpoints reach each other.</summary>
    Private,
}
