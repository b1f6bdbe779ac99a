using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace HcsPowerShell.Interop.Layers;

/// <summary>The folder in which a host keeps what containers own. Only administrators can enter it.</summary>
internal static class OwnFolder
{
    /// <summary>The folder of the records, a file for each container.</summary>
    public static string RecordsIn(string folder) => Path.Combine(folder, "containers");

    /// <summary>The folder of the scratches that containers own.</summary>
    public static string ScratchesIn(string folder) => Path.Combine(folder, "scratches");

    /// <summary>The scratches there whose names match a pattern; none where the folder does not exist.</summary>
    public static IReadOnlyList<string> FindScratches(string folder, string pattern = "*") =>
        ScratchesIn(folder) is var scratches && Directory.Exists(scratches) ? Directory.GetDirectories(scratches, pattern) : [];

    /// <summary>The folder of the notes of mounts, a file for each mounted scratch.</summary>
    public static string MountsIn(string folder) => Path.Combine(folder, "mounts");

    /// <summary>
    /// Returns the name of a file for an id or a path, in which case is ignored. Nobody can choose it, unlike the text.
    /// </summary>
    public static string FileOf(string text)
    {
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text.ToUpperInvariant()));
        return BitConverter.ToString(hash).Replace("-", string.Empty).ToLowerInvariant() + ".json";
    }
}
