using System.IO;

namespace HcsPowerShell.Interop.Images;

/// <summary>The files of an archive that is a folder.</summary>
/// <param name="path">The folder.</param>
internal sealed class FolderFiles(string path) : IImageFiles
{
    public string Path => path;

    public long? SizeOf(string name)
    {
        FileInfo file = new(PathOf(name));
        return file.Exists ? file.Length : null;
    }

    public byte[]? Read(string name)
    {
        try
        {
            using FileStream stream = new(
                PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            ImageFileLimit.Require(path, name, stream.Length);

            // A file of the kernel has more bytes than its length says.
            using MemoryStream content = new();
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
            {
                content.Write(buffer, 0, read);
                ImageFileLimit.Require(path, name, content.Length);
            }

            return content.ToArray();
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Dispose()
    {
    }

    private string PathOf(string name) => System.IO.Path.Combine(path, System.IO.Path.Combine(name.Split('/')));
}
