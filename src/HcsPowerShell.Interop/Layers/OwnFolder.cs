using System.IO;

namespace HcsPowerShell.Interop.Layers;

/// <summary>The folder in which a host keeps what containers own. Only administrators can enter it.</summary>
internal static class OwnFolder
{
    /// <summary>The folder of the records, a file for each container.</summary>
    public static string RecordsIn(string folder) => Path.Combine(folder, "containers");

    /// <summary>The folder of the scratches that containers own.</summary>
    public static string ScratchesIn(string folder) => Path.Combine(folder, "scratches");
}
