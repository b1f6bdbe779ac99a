using System;
using System.Collections.Generic;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The files of a sandbox as its processes see them, and the variables a process starts with there.</summary>
internal interface ISandboxFiles : IDisposable
{
    bool FileExists(string path);

    bool FolderExists(string path);

    /// <param name="user">User the process runs as; null is the default.</param>
    /// <exception cref="Interop.HcsException">There is no such user.</exception>
    IReadOnlyDictionary<string, string> DefaultEnvironment(string? user);
}
