namespace HcsPowerShell.Embedded.Contracts;

/// <summary>Programs as the kernel will find them where a process is started.</summary>
internal interface IProgramFiles
{
    /// <summary>There is something, and it is no folder.</summary>
    bool FileExists(string path);

    bool FolderExists(string path);

    /// <summary>True when it is a file that root may run.</summary>
    bool IsExecutable(string path);

    /// <summary>The first bytes of a file, as many as it has; null when it may be run and not be read.</summary>
    /// <exception cref="Interop.HcsException">What is there is no file.</exception>
    byte[]? ReadStart(string path, int length);
}
