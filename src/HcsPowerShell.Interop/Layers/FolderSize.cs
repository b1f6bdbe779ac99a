using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace HcsPowerShell.Interop.Layers;

/// <summary>Counts the bytes of the files in a folder. No link is followed.</summary>
internal static class FolderSize
{
    /// <summary>Returns the bytes; null when a part of the folder cannot be read.</summary>
    public static long? Of(string path, CancellationToken abandoned)
    {
        long size = 0;
        var folders = new Stack<DirectoryInfo>();
        folders.Push(new DirectoryInfo(path));
        try
        {
            while (folders.Count > 0)
            {
                foreach (FileSystemInfo entry in folders.Pop().EnumerateFileSystemInfos())
                {
                    abandoned.ThrowIfCancellationRequested();
                    if ((entry.Attributes & FileAttributes.ReparsePoint) != 0)
                    {
                        continue;
                    }

                    if (entry is DirectoryInfo folder)
                    {
                        folders.Push(folder);
                    }
                    else
                    {
                        size += ((FileInfo)entry).Length;
                    }
                }
            }

            return size;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
