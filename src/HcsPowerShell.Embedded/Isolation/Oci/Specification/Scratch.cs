using System.IO;

namespace HcsPowerShell.Embedded.Isolation.Oci.Specification;

/// <summary>The writable top of a container's files.</summary>
/// <param name="Upper">Folder that takes what the container writes.</param>
/// <param name="Work">Folder overlay needs beside it, on the same file system.</param>
internal sealed record Scratch(string Upper, string Work)
{
    /// <summary>Folders <c>upper</c> and <c>work</c> in a folder, which may hold them already.</summary>
    public static Scratch In(string folder)
    {
        Scratch scratch = new(Path.Combine(folder, "upper"), Path.Combine(folder, "work"));
        Directory.CreateDirectory(scratch.Upper);
        Directory.CreateDirectory(scratch.Work);
        return scratch;
    }
}
