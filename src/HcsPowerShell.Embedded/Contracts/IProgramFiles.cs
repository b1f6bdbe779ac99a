namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The program files as the kernel finds them at the place where a process starts.</summary>
internal interface IProgramFiles
{
    /// <summary>True when the path exists and is not a folder.</summary>
    bool FileExists(string path);

    bool FolderExists(string path);

    /// <summary>True when the path is a file that root may run.</summary>
    bool IsExecutable(string path);

    /// <summary>
    /// Reads the first bytes of a file, at most the given length; null when the file may be run but not read.
    /// </summary>
    /// <exception cref="Interop.HcsException">The path is not a file.</exception>
    byte[]? ReadStart(string path, int length);
}
