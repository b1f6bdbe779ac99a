using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HcsPowerShell.Embedded.Linux.Oci;

/// <summary>What runc, the control groups and the file system see instead of an id, which may be any text.</summary>
internal static class ContainerName
{
    private const int HashLength = 16;

    /// <param name="host">Name of the host.</param>
    /// <param name="number">How many containers the host had before.</param>
    /// <param name="id">Id of the container; compared without case.</param>
    public static string Of(string host, int number, string id)
    {
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(id.ToUpperInvariant()));
        string hex = BitConverter.ToString(hash).Replace("-", string.Empty).ToLowerInvariant();
        return string.Format(CultureInfo.InvariantCulture, "{0}-{1}-{2}", host, number, hex.Substring(0, HashLength));
    }
}
