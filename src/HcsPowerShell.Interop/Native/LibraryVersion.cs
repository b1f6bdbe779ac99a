using System;
using System.Diagnostics;
using System.IO;

namespace HcsPowerShell.Interop.Native;

/// <summary>Describes a library of Windows by its name and file version.</summary>
internal static class LibraryVersion
{
    internal static string Describe(string library)
    {
        string path = Path.Combine(Environment.SystemDirectory, library);
        return File.Exists(path) ? library + " " + FileVersionInfo.GetVersionInfo(path).FileVersion : library;
    }
}
