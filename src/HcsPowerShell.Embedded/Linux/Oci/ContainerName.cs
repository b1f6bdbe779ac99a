using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HcsPowerShell.Embedded.Linux.Oci;

/// <summary>
/// Creates the name that runc, the control groups and the file system use for a container. An id may be any text.
/// </summary>
internal static class ContainerName
{
    private const int HashLength = 16;

    /// <param name="host">Name of the host.</param>
    /// <param name="number">The number of the container on its host, from 1.</param>
    /// <param name="id">Id of the container; case does not matter.</param>
    public static string Of(string host, int number, string id)
    {
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(id.ToUpperInvariant()));
        string hex = BitConverter.ToString(hash).Replace("-", string.Empty).ToLowerInvariant();
        return string.Format(CultureInfo.InvariantCulture, "{0}-{1}-{2}", host, number, hex.Substring(0, HashLength));
    }
}
