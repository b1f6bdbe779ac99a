using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Interop.Layers;

/// <summary>
/// Notes of the scratches that this module has mounted, a file with the path for each: Windows cannot list them.
/// </summary>
/// <remarks>
/// A note is written before the mount, and outlives one that ends with the machine. So the service is asked about each.
/// </remarks>
/// <param name="folder">The folder of the host that only administrators can enter, so that its content is trusted.</param>
internal sealed class MountNotes(string folder)
{
    private readonly string _folder = OwnFolder.MountsIn(folder);

    /// <summary>Writes the note of a scratch.</summary>
    /// <returns>False when there is one already.</returns>
    public bool Add(string path)
    {
        Directory.CreateDirectory(_folder);
        bool isNew = !File.Exists(FileOf(path));
        File.WriteAllText(FileOf(path), path);
        return isNew;
    }

    /// <summary>Deletes the note of a scratch, if there is one.</summary>
    public void Remove(string path)
    {
        if (Directory.Exists(_folder))
        {
            File.Delete(FileOf(path));
        }
    }

    /// <summary>The paths of all notes whose folders exist.</summary>
    public IReadOnlyList<string> Read() => Directory.Exists(_folder)
        ? [.. Directory.GetFiles(_folder).Select(ReadNote).Where(path => LayerPath.IsAbsolute(path) && Directory.Exists(path))]
        : [];

    private static string ReadNote(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (FileNotFoundException)
        {
            // Another session has dismounted the scratch meanwhile.
            return string.Empty;
        }
    }

    private string FileOf(string path) => Path.Combine(_folder, OwnFolder.FileOf(path));
}
