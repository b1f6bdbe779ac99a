using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace HcsPowerShell.Interop.Images;

/// <summary>Reads what images an archive has. Their layers are not read; that they are there is checked.</summary>
internal static class ImageArchive
{
    /// <param name="path">A folder or a file.</param>
    /// <param name="platform">What is chosen where an image is there for several platforms.</param>
    /// <param name="abandoned">Cancelled when nobody waits any longer.</param>
    /// <exception cref="ImageException">It is missing, no archive, or damaged.</exception>
    public static IReadOnlyList<ArchivedImage> Read(string path, ImagePlatform platform, CancellationToken abandoned)
    {
        if (Directory.Exists(path))
        {
            using FolderFiles folder = new(path);
            return new OciLayout(folder, ArchiveForm.LayoutFolder, platform, abandoned).Read() ?? throw NoArchive(path);
        }

        if (!File.Exists(path))
        {
            throw new ImageException(ImageProblem.NotFound, path, $"There is no file or folder '{path}'.");
        }

        // Docker writes the files of both forms into one archive. Its own have the whole names.
        using TarFiles file = TarFiles.Open(path, abandoned);
        return DockerSave.Read(file)
            ?? new OciLayout(file, ArchiveForm.LayoutFile, platform, abandoned).Read()
            ?? throw NoArchive(path);
    }

    private static ImageException NoArchive(string path) => new(
        ImageProblem.Unreadable,
        path,
        $"'{path}' is no image archive: it has neither '{OciLayout.IndexName}' nor '{DockerSave.ManifestName}'.");
}
